import { type Asked, type Decision, done } from '../case/decision.js'
import { permitted } from '../permission/command.js'
import { isRefusal, refuse } from '../refusal.js'
import { hasDuties } from './duties.js'

/** 立行立改,长期坚持: immediate action is confirmed, the standing duty goes on (JN-04). */
export const confirmImmediate = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'confirm-immediate'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (state.deadline?.class !== 'mixed') {
    return refuse('invalid', 'JN-04', '只有“立行立改,长期坚持”的事项需要确认立行立改')
  }
  if (state.deadline.immediateConfirmedAt) return refuse('conflict', 'JN-04', '立行立改已经确认')
  if (!command.done.trim()) return refuse('invalid', 'JN-04', '请写明立行立改做了什么')
  return done(seat, actor, { type: 'immediate-confirmed', done: command.done, evidence: command.evidence })
}

/** A dated node inside the case (JN-05, CD-04). Reported done with evidence. */
export const completeNode = ({ rules, state, command, actor, at }: Asked<'complete-node'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const node = state.nodes[command.node]
  if (!node) return refuse('invalid', 'JN-05', '台账上没有这个节点')
  if (node.completedAt) return refuse('conflict', 'JN-05', '这个节点已经完成')
  if (command.evidence.length === 0) return refuse('invalid', 'JN-05', '完成节点须附材料')
  return done(seat, actor, { type: 'node-completed', node: command.node, evidence: command.evidence })
}

/** One obligation for each body in each period, discharged separately (JN-06). */
export const dischargeDuty = ({ rules, state, command, actor, at }: Asked<'discharge-duty'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const duty = state.duties[command.duty]
  if (!duty || !hasDuties(state)) return refuse('invalid', 'JN-06', '台账上没有这项定期义务')
  if (!duty.bodies.includes(command.body)) {
    return refuse('invalid', 'JN-06', `这项义务由${duty.bodies.join('、')}承担,${command.body}不在其列`)
  }
  const { unit } = seat.chair
  if (unit !== undefined && unit !== command.body && state.entry.units.some((one) => one === command.body)) {
    return refuse('forbidden', 'JN-06', `${command.body}的义务由${command.body}自己履行`)
  }
  if (duty.discharged.includes(command.body)) {
    return refuse('conflict', 'JN-06', `${command.body}本期(至 ${duty.current})已经履行`)
  }
  return done(seat, actor, {
    type: 'duty-discharged',
    duty: command.duty,
    body: command.body,
    period: duty.current,
    what: command.what,
    evidence: command.evidence,
  })
}
