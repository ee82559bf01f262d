import { dateOf } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { Rules } from '../context.js'
import type { Deadline, Entry } from '../entry.js'
import { permitted } from '../permission/command.js'
import { isRefusal, refuse } from '../refusal.js'
import type { PlainDate } from '../words.js'
import { handoverRefusal } from './fields.js'

/** Gaps are filled and questions answered before handing over; afterwards the record stands (GN-07). */
export const amendEntry = ({ rules, state, command, actor, at }: Asked<'amend-entry'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (state.phase !== 'registered') {
    return refuse('out-of-turn', 'GN-07', '已经交办,台账不再改动;确需变更的,先撤回交办', {
      act: 'withdraw-handover',
      title: '撤回交办',
    })
  }
  const { answered = [], ...patch } = command.patch
  const changed = Object.keys(patch)
  const unknown = answered.find((question) => !state.entry.questions.includes(question))
  if (unknown !== undefined) return refuse('invalid', 'JN-02', `台账上没有这个疑问:${unknown}`)
  if (changed.length === 0 && answered.length === 0) return refuse('invalid', 'GN-07', '没有任何改动')
  const entry: Entry = {
    ...state.entry,
    ...patch,
    questions: state.entry.questions.filter((question) => !answered.includes(question)),
  }
  return done(seat, actor, { type: 'entry-amended', entry, changed, reason: command.reason })
}

/** 交办 (CD-01): an entry that breaks its policy's rules stays where it is. */
export const handOver = ({ rules, state, command, actor, at }: Asked<'hand-over'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (state.phase !== 'registered') return refuse('out-of-turn', 'CD-01', '已经交办,不必重复')
  const refusal = handoverRefusal(rules, state.entry)
  if (refusal) return refusal
  const today = dateOf(at)
  const { acknowledge, casePlan } = rules.policy.handover
  const { calendar } = rules
  const acknowledgeBy = dueWithin(calendar, today, acknowledge)
  const planBy = dueWithin(calendar, today, casePlan)
  const due = caseDue(rules, state.entry.deadline, today)
  const provisional = [
    ...(acknowledgeBy.provisional ? ['acknowledgeBy'] : []),
    ...(planBy.provisional ? ['planBy'] : []),
    ...(due?.provisional ? ['due'] : []),
  ]
  return done(seat, actor, {
    type: 'handed-over',
    deadline: state.entry.deadline,
    ...(due && { due: due.date }),
    acknowledgeBy: acknowledgeBy.date,
    planBy: planBy.date,
    provisional,
  })
}

/** 立行立改 within the policy's days of handing over (CD-02); 限时整改 on its date; 长期坚持 has no day as a whole (CD-04). */
const caseDue = (
  { policy, calendar }: Rules,
  deadline: Deadline,
  today: PlainDate,
): { readonly date: PlainDate; readonly provisional: boolean } | undefined => {
  switch (deadline.kind) {
    case 'immediate':
    case 'mixed':
      return dueWithin(calendar, today, policy.classes.immediate)
    case 'by-date':
      return { date: deadline.date, provisional: false }
    default:
      return undefined
  }
}

/** 签收: a responsible unit signs for the case once; after 转办 the unit that took over does (CD-01, GN-10). */
export const acknowledge = ({ rules, state, command, actor, at }: Asked<'acknowledge'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.handover) return refuse('out-of-turn', 'CD-01', '尚未交办,无须签收')
  if (state.handover.acknowledgedAt) return refuse('conflict', 'CD-01', '已经签收')
  const unit = seat.post.unit ?? seat.chair.unit
  if (unit === undefined) return refuse('forbidden', 'GN-08', '签收应由责任单位办理')
  const awaited = state.handover.unit
  if (awaited !== undefined && awaited !== unit) {
    return refuse('forbidden', 'GN-10', `本事项已转办${awaited},应由${awaited}签收`)
  }
  return done(seat, actor, { type: 'acknowledged', unit })
}

/** 一个问题、一个方案、一名领导、一套班子 (YZ-02): rectification does not start while one is missing. */
export const submitCasePlan = ({ rules, state, command, actor, at }: Asked<'submit-case-plan'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.handover?.acknowledgedAt) {
    return refuse('out-of-turn', 'CD-01', '请先签收,再报整改方案', { act: 'acknowledge', title: '签收' })
  }
  if (state.phase !== 'acknowledged') return refuse('out-of-turn', 'YZ-02', '整改已经开始,方案不再重报')
  for (const { need, clause } of rules.policy.handover.beforeStart) {
    if (need === 'plan' && !command.plan.trim())
      return refuse('invalid', clause, '还没有整改方案,不能开始整改')
    if (need === 'team' && command.team.length === 0) {
      return refuse('invalid', clause, '还没有工作班子,不能开始整改')
    }
    if (need === 'leader' && state.entry.leaders.municipal === undefined) {
      return refuse('invalid', clause, '还没有包案领导,不能开始整改', {
        act: 'hand-over-office',
        title: '确定包案领导',
      })
    }
  }
  return done(seat, actor, {
    type: 'case-plan-submitted',
    plan: command.plan,
    team: command.team,
    evidence: command.evidence,
  })
}

const REASON_MISSING = '请写明理由'

/** 撤回交办: by the office, while the unit has not begun. */
export const withdrawHandover = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'withdraw-handover'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!command.reason.trim()) return refuse('invalid', 'GN-07', REASON_MISSING)
  return state.phase === 'handed-over' || state.phase === 'acknowledged'
    ? done(seat, actor, { type: 'handover-withdrawn', reason: command.reason })
    : refuse('out-of-turn', 'GN-10', '只有已交办、尚未开始整改的事项可以撤回交办')
}

/** 退回交办: by a unit that finds the item is not its own, before it has signed for it. */
export const returnHandover = ({ rules, state, command, actor, at }: Asked<'return-handover'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!command.reason.trim()) return refuse('invalid', 'GN-07', REASON_MISSING)
  return state.phase === 'handed-over'
    ? done(seat, actor, { type: 'handover-returned', reason: command.reason })
    : refuse('out-of-turn', 'GN-10', '签收之后不能退回交办,可请整改办转办')
}

/** 转办: another unit takes the place of one; it signs for the item anew (GN-10). */
export const transfer = ({ rules, state, command, actor, at }: Asked<'transfer'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.handover || state.phase === 'closed' || state.phase === 'archived') {
    return refuse('out-of-turn', 'GN-10', '只有在办的事项可以转办')
  }
  if (state.closing) return refuse('out-of-turn', 'GN-10', '销号办理中不能转办,请先退回')
  if (!command.reason.trim()) return refuse('invalid', 'GN-07', REASON_MISSING)
  if (!state.entry.units.includes(command.from)) {
    return refuse('invalid', 'GN-10', `${command.from}不是本事项的责任单位`)
  }
  if (state.entry.units.includes(command.to)) return refuse('conflict', 'GN-10', `${command.to}已是责任单位`)
  const entry: Entry = {
    ...state.entry,
    units: state.entry.units.map((unit) => (unit === command.from ? command.to : unit)),
  }
  const broken = handoverRefusal(rules, entry)
  if (broken) return broken
  return done(seat, actor, {
    type: 'transferred',
    from: command.from,
    to: command.to,
    reason: command.reason,
    acknowledgeBy: dueWithin(rules.calendar, dateOf(at), rules.policy.handover.acknowledge).date,
  })
}
