import { addDays, endOfDay } from '../calendar/dates.js'
import { type Moment, morningOf, workingDayAfter, workingDayBefore } from '../case/moment.js'
import type { CaseState, DeadlineState } from '../case/state.js'
import type { Rules } from '../context.js'
import { isFor } from '../ladder/rungs.js'
import type { Policy, SlipColour } from '../policy.js'
import type { Instant } from '../words.js'
import { countedFrom, type OpenTarget, openTargets } from './targets.js'

/** Days before a deadline at which the ladder wants it announced, largest first. */
const daysBefore = (policy: Policy): readonly number[] => {
  const known = BEFORE.get(policy) ?? daysOf(policy, 'before-deadline').toSorted((a, b) => b - a)
  BEFORE.set(policy, known)
  return known
}
const BEFORE = new WeakMap<Policy, readonly number[]>()

/** Days after a deadline at which the ladder wants it noted, smallest first. */
const daysAfter = (policy: Policy): readonly number[] => {
  const known = AFTER.get(policy) ?? daysOf(policy, 'after-deadline').toSorted((a, b) => a - b)
  AFTER.set(policy, known)
  return known
}
const AFTER = new WeakMap<Policy, readonly number[]>()

const daysOf = ({ ladder }: Policy, on: 'before-deadline' | 'after-deadline'): readonly number[] => [
  ...new Set(
    ladder.flatMap(({ triggers }) =>
      triggers.flatMap((trigger) => (trigger.on === on ? [trigger.days] : [])),
    ),
  ),
]

/** Announced before, overdue at its end in Asia/Shanghai (GN-01), noted further as the ladder asks (GN-05). */
export const deadlineMoments = (rules: Rules, state: CaseState): readonly Moment[] => {
  const { deadline } = state
  if (!deadline) return []
  return openTargets(state).flatMap((target) => [
    ...near(rules, state, deadline, target),
    ...gone(rules, state, deadline, target),
  ])
}

/**
 * Only the nearest of several announcements that would come at once: the others would say nothing new; and none
 * of a deadline that is over, or that was as near when the item was handed over: the slip has said it.
 */
const near = (
  { policy, calendar }: Rules,
  state: CaseState,
  { announced, overdue }: DeadlineState,
  { target, due, title }: OpenTarget,
): readonly Moment[] => {
  if (overdue.some((late) => late.target === target) || endOfDay(due) <= state.at) return []
  const done = Math.min(
    ...announced
      .filter((mark) => mark.startsWith(`${target}-`))
      .map((mark) => Number(mark.slice(target.length + 1))),
  )
  const open = daysBefore(policy)
    .filter((days) => days < done)
    .map((days) => ({ days, at: morningOf(workingDayBefore(calendar, addDays(due, -days))) }))
  const saysMore = (at: Instant, next: Instant | undefined) =>
    next === undefined || (next > at && next > state.at)
  return open
    .filter(({ at }, index) => saysMore(at, open[index + 1]?.at))
    .filter(({ at }) => state.handover === undefined || at > state.handover.at)
    .map(({ days, at }) => ({
      at,
      clause: 'GN-05',
      rule: `${title}前 ${days} 天预先提醒`,
      events: [{ type: 'deadline-near', target, days, due, ...slipAt(policy, state, days) }],
    }))
}

/** The slip of the rung that wants it announced at so many days, for this case's level of source. */
const slipAt = ({ ladder }: Policy, state: CaseState, days: number): { readonly slip?: SlipColour } => {
  const slip = ladder
    .filter((rung) => isFor(rung, state))
    .flatMap(({ triggers }) => triggers)
    .flatMap((trigger) =>
      trigger.on === 'before-deadline' && trigger.days === days && trigger.slip ? [trigger.slip] : [],
    )[0]
  return slip === undefined ? {} : { slip }
}

const gone = (
  { policy, calendar }: Rules,
  state: CaseState,
  { overdue, overdueNoted }: DeadlineState,
  { target, due, title }: OpenTarget,
): readonly Moment[] => {
  const fell = overdue.some((late) => late.target === target)
  if (!fell) {
    return [
      {
        at: endOfDay(due),
        clause: 'GN-01',
        rule: `${title}到期`,
        events: [{ type: 'overdue', target, due }],
      },
    ]
  }
  const from = countedFrom(state, due)
  return daysAfter(policy)
    .filter((days) => !overdueNoted.includes(`${target}+${days}`))
    .map((days) => ({
      at: morningOf(workingDayAfter(calendar, addDays(from, days))),
      clause: 'GN-05',
      rule: `${title}超期 ${days} 天`,
      events: [{ type: 'overdue-further', target, days, due }],
    }))
}
