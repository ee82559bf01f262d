import { dateOf } from '../calendar/dates.js'
import type { ReturnContent } from '../case/commands.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { CaseState } from '../case/state.js'
import { permitted } from '../permission/command.js'
import { isRefusal, type Refusal, refuse } from '../refusal.js'
import type { PlainDate } from '../words.js'
import { awaitedPeriod, owesReturns } from './period.js'

/**
 * 调度 (JN-07, HH-02, HY-01). Without a period it answers the one now awaited; with a period missed it makes up for that
 * one, late — which never erases the record that it was missing.
 */
export const submitReturn = ({ rules, state, command, actor, at }: Asked<'submit-return'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const { clause } = rules.policy.returns
  if (!state.handover) return refuse('out-of-turn', clause, '尚未交办,无须调度')
  const { period, content } = command
  if (period !== undefined && isCalledIn(state, period))
    return (
      contentRefusal(state, content) ??
      done(seat, actor, { type: 'return-submitted', period, content, timeliness: 'on-time' })
    )
  if (!owesReturns(state)) return refuse('out-of-turn', clause, '销号办理中或已销号,本期不需报送调度')
  const wrong = contentRefusal(state, content)
  if (wrong) return wrong
  const awaited = awaitedPeriod(rules, state)
  if (period !== undefined && state.returns.passedOver?.includes(period))
    return refuse('out-of-turn', 'CD-17', `${period} 的调度因暂停未报,免报或补报由整改办主任决定`)
  if (period !== undefined && period !== awaited) {
    return period === state.returns.lastMissed
      ? done(seat, actor, { type: 'return-submitted', period, content, timeliness: 'late' })
      : refuse('invalid', clause, `${period} 没有缺报的调度可补`)
  }
  if (awaited === undefined) return refuse('out-of-turn', clause, '现在没有应报的调度')
  return (
    notYetOpen(state, dateOf(at)) ??
    done(seat, actor, { type: 'return-submitted', period: awaited, content, timeliness: 'on-time' })
  )
}

/** To be made up for after a pause (CD-17); within its day it is not late, also while the closing is under way. */
const isCalledIn = ({ returns }: CaseState, period: PlainDate): boolean =>
  (returns.calledIn ?? []).some((one) => one.period === period)

/** The next period opens once the one before it is over: answered, or missed and to be made up for by its name. */
const notYetOpen = ({ returns }: CaseState, today: PlainDate): Refusal | undefined => {
  const { settled, lastMissed } = returns
  if (settled === undefined || today > settled) return undefined
  return refuse(
    'conflict',
    'JN-07',
    settled === lastMissed
      ? `${settled} 到期的调度已记缺报;请注明补报这一期,下一期从次日起报`
      : `${settled} 到期的调度已经报送,下一期从次日起报`,
  )
}

const contentRefusal = (state: CaseState, content: ReturnContent): Refusal | undefined => {
  const { progress } = content
  if (!Number.isInteger(progress) || progress < 0 || progress > 100) {
    return refuse('invalid', 'JN-07', '整改进度应为 0 至 100 的整数')
  }
  if (!content.done.trim()) return refuse('invalid', 'JN-07', '请写明本期做了什么')
  if (content.nodes.some(({ node }) => state.nodes[node] === undefined)) {
    return refuse('invalid', 'JN-05', '调度中提到的节点在台账上没有')
  }
  return content.duties.some(({ duty }) => state.duties[duty] === undefined)
    ? refuse('invalid', 'JN-06', '调度中提到的定期义务在台账上没有')
    : undefined
}
