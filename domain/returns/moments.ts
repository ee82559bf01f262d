import { atTime } from '../calendar/dates.js'
import { type Moment, spanBefore, workingDayBefore } from '../case/moment.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import { awaitedPeriod, returnDueAt } from './period.js'

/** The return now awaited: chased once, then recorded as missing (JN-07). */
export const returnMoments = (rules: Rules, state: CaseState): readonly Moment[] => {
  const period = awaitedPeriod(rules, state)
  if (period === undefined) return []
  const { calendar, policy } = rules
  const { chase, clause } = policy.returns
  const chaseDay = workingDayBefore(calendar, spanBefore(calendar, period, chase))
  const chaseAt = atTime(chaseDay, chase.time)
  const dueAt = returnDueAt(rules, period)
  const missing: Moment = {
    at: dueAt,
    clause,
    rule: '到期未报调度,记缺报',
    events: [{ type: 'return-missed', period, inARow: state.returns.missedInARow + 1 }],
  }
  const askedAlready = state.returns.chased === period || chaseAt >= dueAt
  const beforeAsking = state.returns.from !== undefined && chaseAt < state.returns.from
  return askedAlready || beforeAsking
    ? [missing]
    : [{ at: chaseAt, clause, rule: '调度到期前催报', events: [{ type: 'return-chased', period }] }, missing]
}
