import { addMonths, endOfDay } from '../calendar/dates.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { CaseState } from '../case/state.js'
import { answersFor } from '../people/chairs.js'
import { permitted, seated } from '../permission/command.js'
import { isRefusal, refuse } from '../refusal.js'

/** 延期 (GN-03): asked for before the deadline, once, within the policy's months; the level follows from the span asked. */
export const requestExtension = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'request-extension'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const { due, original } = state.deadline ?? {}
  const { extension } = rules.policy
  if (due === undefined || original === undefined)
    return refuse('invalid', 'GN-03', '本事项没有可延的整改时限')
  if (state.phase !== 'acknowledged' && state.phase !== 'rectifying' && state.phase !== 'handed-over') {
    return refuse('out-of-turn', 'GN-03', '只有整改中的事项可以申请延期')
  }
  if (at > endOfDay(due)) return refuse('out-of-turn', 'GN-03', `时限 ${due} 已过,延期须在到期前申请`)
  if (pendingExtension(state)) return refuse('conflict', 'GN-03', '已有延期申请待批')
  const granted = state.extensions.filter(({ outcome }) => outcome === 'approved').length
  if (granted >= extension.times)
    return refuse('conflict', extension.clause, `延期以 ${extension.times} 次为限`)
  if (!command.reason.trim() || !command.measures.trim()) {
    return refuse('invalid', 'GN-03', '申请延期须写明理由和措施')
  }
  if (command.until <= due) return refuse('invalid', 'GN-03', `新的时限应晚于 ${due}`)
  if (command.until > addMonths(original, extension.longestMonths)) {
    return refuse('invalid', extension.clause, `延期最长 ${extension.longestMonths} 个月`)
  }
  const level = extension.levels.find(({ upToMonths }) => command.until <= addMonths(original, upToMonths))
  if (!level) return refuse('invalid', extension.clause, '延期超出各级审批权限')
  return done(seat, actor, {
    type: 'extension-requested',
    until: command.until,
    reason: command.reason,
    measures: command.measures,
    decider: level.by,
  })
}

/** Approved before the deadline by the level the policy names, never by those who answer for the item (GN-03, GN-08). */
export const decideExtension = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'decide-extension'>): Decision => {
  const pending = pendingExtension(state)
  if (!pending) return refuse('out-of-turn', 'GN-03', '没有待批的延期申请')
  const seat = seated(rules, state, actor, command.type, [pending.decider], at)
  if (isRefusal(seat)) return seat
  if (pending.by === actor.person || answersFor(rules, state, actor)) {
    return refuse('forbidden', 'GN-08', '责任单位不得审批本单位的延期')
  }
  const { due, original } = state.deadline ?? {}
  if (command.decision === 'refuse') {
    if (!command.reason.trim()) return refuse('invalid', 'GN-07', '不同意延期须写明理由')
    return done(seat, actor, { type: 'extension-refused', until: pending.until, reason: command.reason })
  }
  if (due === undefined || original === undefined || at > endOfDay(due)) {
    return refuse('out-of-turn', 'GN-03', '时限已过,延期未在到期前批准,按逾期办理')
  }
  return done(seat, actor, {
    type: 'extension-approved',
    until: pending.until,
    original,
    reason: command.reason,
  })
}

/** The extension asked for and not yet decided: there is at most one (GN-03). */
export const pendingExtension = ({ extensions }: CaseState) =>
  extensions.find(({ outcome }) => outcome === 'pending')
