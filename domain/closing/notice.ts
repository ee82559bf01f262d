import { addDays, dateOf } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import type { Stranger } from '../case/commands.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import type { Actor } from '../parties.js'
import { answersFor } from '../people/chairs.js'
import { permitted } from '../permission/command.js'
import type { NoticeStep } from '../policy.js'
import { isRefusal, type Refusal, refuse } from '../refusal.js'
import { stepNow } from './chain.js'

/** A posting is recorded on its day or soon after, never ahead, never to shorten what is left (GN-04). */
const LATEST_RECORDING_DAYS = 7

/** 发布公示 (CD-09, GN-04): the period runs from the actual posting. */
export const postNotice = ({ rules, state, command, actor, at }: Asked<'post-notice'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const step = noticeStep(rules, state)
  if (isRefusal(step)) return step
  if (state.closing?.notice) return refuse('conflict', step.clause, '已在公示中')
  const today = dateOf(at)
  if (command.postedOn > today || command.postedOn < addDays(today, -LATEST_RECORDING_DAYS)) {
    return refuse(
      'invalid',
      'GN-04',
      `公示起算日应为实际发布之日(今天 ${today} 或之前 ${LATEST_RECORDING_DAYS} 天内)`,
    )
  }
  if (state.closing && command.postedOn < dateOf(state.closing.turnSince)) {
    return refuse('invalid', 'GN-04', '公示不得早于前一关办结之日')
  }
  const missing = step.channels.find((name) => !command.channels.some(({ channel }) => channel === name))
  if (missing !== undefined) return refuse('invalid', 'CD-19', `还没有登记“${missing}”的发布情况`)
  const until = dueWithin(rules.calendar, command.postedOn, step.period, step.counting)
  if (until.date < today) {
    return refuse('invalid', 'GN-04', `这次公示 ${until.date} 已经期满,期间无法提出异议;请重新公示后登记`)
  }
  return done(seat, actor, {
    type: 'notice-posted',
    closing: state.closings.begun,
    step: step.id,
    postedOn: command.postedOn,
    until: until.date,
    provisional: until.provisional ? 'provisional' : 'final',
    result: command.result,
    contact: command.contact,
    channels: command.channels,
  })
}

/** Taken down: the period starts over with the next posting (GN-04). */
export const takeDownNotice = ({ rules, state, command, actor, at }: Asked<'take-down-notice'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!command.reason.trim()) return refuse('invalid', 'GN-07', '请写明撤下的理由')
  return state.phase === 'on-notice' && state.closing?.notice
    ? done(seat, actor, { type: 'notice-taken-down', closing: state.closing.number, reason: command.reason })
    : refuse('out-of-turn', 'GN-04', '没有正在进行的公示')
}

/** Anybody may object while the notice runs, with or without an account (CD-09). */
export const object = (
  rules: Rules,
  state: CaseState,
  command: Asked<'object'>['command'],
  by: Actor | Stranger,
  at: Asked<'object'>['at'],
): Decision => {
  const step = noticeStep(rules, state)
  if (isRefusal(step)) return step
  const notice = state.closing?.notice
  if (!notice) return refuse('out-of-turn', step.clause, '公示尚未开始,不能提出异议')
  if (dateOf(at) > notice.until) return refuse('out-of-turn', step.clause, `公示已于 ${notice.until} 期满`)
  if (!command.text.trim()) return refuse('invalid', step.clause, '请写明异议内容')
  return {
    by: { kind: 'public', name: 'stranger' in by ? by.stranger : by.name },
    events: [
      {
        type: 'objection-lodged',
        objection: notice.objections.length,
        text: command.text,
        contact: command.contact,
        answerBy: dueWithin(rules.calendar, dateOf(at), step.objection.answer).date,
      },
    ],
  }
}

/** An accepted objection stops the notice and returns the case; a rejected one is answered (CD-09). */
export const answerObjection = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'answer-objection'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (answersFor(rules, state, actor))
    return refuse('forbidden', 'GN-08', '责任单位不得答复对本单位事项的异议')
  const objection = state.closing?.notice?.objections[command.objection]
  if (!objection) return refuse('invalid', 'CD-09', '没有这条异议')
  if (objection.decision) return refuse('conflict', 'CD-09', '这条异议已经答复')
  if (!command.answer.trim()) return refuse('invalid', 'CD-09', '请写明答复内容')
  return done(seat, actor, {
    type: 'objection-answered',
    objection: command.objection,
    decision: command.decision,
    answer: command.answer,
  })
}

const noticeStep = (rules: Rules, state: CaseState): NoticeStep | Refusal => {
  const step = stepNow(rules, state)
  return step?.kind === 'notice'
    ? step
    : refuse(
        'out-of-turn',
        step?.clause ?? 'CD-05',
        step ? `还没有轮到公示,现在轮到“${step.title}”` : '不在公示期',
      )
}
