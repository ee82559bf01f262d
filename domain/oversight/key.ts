import { dateOf, endOfDay } from '../calendar/dates.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { Target } from '../case/events.js'
import { type Moment, morningOf, spanBefore, workingDayBefore } from '../case/moment.js'
import type { CaseState, KeyMark } from '../case/state.js'
import type { Rules } from '../context.js'
import { answersFor } from '../people/chairs.js'
import { permitted } from '../permission/command.js'
import { isRefusal, refuse } from '../refusal.js'
import type { PlainDate } from '../words.js'
import { unaccounted } from './observers.js'

/** The day a key case or node falls due, while it is still to be done; undefined: nothing to inspect before. */
export const keyDay = (state: CaseState, target: Target): PlainDate | undefined => {
  if (!state.handover || state.closedAt) return undefined
  if (target === 'case') return state.deadline?.due
  if (target === 'immediate')
    return state.deadline?.immediateConfirmedAt ? undefined : state.deadline?.immediateBy
  const node = state.nodes[Number(target.slice('node:'.length))]
  return node && !node.completedAt ? node.date : undefined
}

/** 重点任务、重要节点 (HH-14): marked, with the reason. */
export const markKey = ({ rules, state, command, actor, at }: Asked<'mark-key'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!rules.policy.keyChecks) return refuse('invalid', 'HH-14', '本市规则没有写明重点任务提前多久督查')
  if (state.key?.some(({ target }) => target === command.target))
    return refuse('conflict', 'HH-14', '已列为重点')
  if (keyDay(state, command.target) === undefined)
    return refuse('invalid', 'HH-14', '只有已交办、有时限、尚未完成的任务或节点可以列为重点')
  return command.reason.trim()
    ? done(seat, actor, { type: 'key-marked', target: command.target, reason: command.reason })
    : refuse('invalid', 'HH-14', '请写明列为重点的理由')
}

export const unmarkKey = ({ rules, state, command, actor, at }: Asked<'unmark-key'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.key?.some(({ target }) => target === command.target))
    return refuse('invalid', 'HH-14', '没有列为重点')
  return command.reason.trim()
    ? done(seat, actor, { type: 'key-unmarked', target: command.target, reason: command.reason })
    : refuse('invalid', 'HH-14', '请写明不再列为重点的理由')
}

/** 跟踪督查 (HH-14): on site, by others than the responsible unit; late is possible and stays visible as late. */
export const inspectKey = ({ rules, state, command, actor, at }: Asked<'inspect-key'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const mark = state.key?.find(({ target }) => target === command.target)
  if (!mark) return refuse('invalid', 'HH-14', '没有列为重点,无须提前督查')
  if (mark.state === 'inspected') return refuse('conflict', 'HH-14', '已经督查')
  if (answersFor(rules, state, actor)) return refuse('forbidden', 'GN-08', '责任单位不得督查本单位的事项')
  if (!command.findings.trim()) return refuse('invalid', 'HH-14', '请写明督查情况')
  if (command.site.photos.length === 0) return refuse('invalid', 'YZ-09', '现场督查须附现场照片')
  const missing = unaccounted(state, 'key-inspection', command.site)
  if (missing) return missing
  const { target, findings, result, site } = command
  const due = keyDay(state, target)
  const timeliness = due === undefined || dateOf(at) <= due ? 'on-time' : 'late'
  return done(seat, actor, { type: 'key-inspected', target, findings, result, site, timeliness })
}

/** Asked for so long before the day; recorded as missed when the day ends without it. */
export const keyMoments = ({ policy, calendar }: Rules, state: CaseState): readonly Moment[] => {
  const { keyChecks } = policy
  if (!keyChecks || !state.key) return []
  return state.key.flatMap(({ target, state: now }): readonly Moment[] => {
    const due = keyDay(state, target)
    if (due === undefined) return []
    const { clause } = keyChecks
    switch (now) {
      case 'marked':
        return [
          {
            at: morningOf(workingDayBefore(calendar, spanBefore(calendar, due, keyChecks.before))),
            clause,
            rule: '重点任务、重要节点到期之前应当督查',
            events: [{ type: 'key-inspection-due', target, due }],
          },
        ]
      case 'due':
        return [
          {
            at: endOfDay(due),
            clause,
            rule: '重点任务、重要节点到期未督查',
            events: [{ type: 'key-inspection-missed', target, due }],
          },
        ]
      default:
        return []
    }
  })
}

export const withMark = (
  marks: readonly KeyMark[] | undefined,
  target: Target,
  change: Partial<KeyMark>,
): readonly KeyMark[] => (marks ?? []).map((mark) => (mark.target === target ? { ...mark, ...change } : mark))
