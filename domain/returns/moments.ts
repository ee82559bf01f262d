import { atTime } from '../calendar/dates.js'
import { type Moment, spanBefore, workingDayBefore } from '../case/moment.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import { awaitedPeriod, returnDueAt } from './period.js'

/** The return now awaited, and those called in after a pause. */
export const returnMoments = (rules: Rules, state: CaseState): readonly Moment[] => [
  ...awaitedMoments(rules, state),
  ...calledInMoments(rules, state),
]

/** The return now awaited: chased once, then recorded as missing (JN-07); in a pause of the round it is passed over (CD-17). */
const awaitedMoments = (rules: Rules, state: CaseState): readonly Moment[] => {
  const period = awaitedPeriod(rules, state)
  if (period === undefined) return []
  if (state.returns.pausedSince !== undefined)
    return [
      {
        at: returnDueAt(rules, period),
        clause: 'CD-17',
        rule: '轮次暂停调度,本期不催、不记缺报,待决定免报或补报',
        events: [{ type: 'return-passed-over', period }],
      },
    ]
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

/** Called in and not made up for by its day: missing like any other, the oldest first. */
const calledInMoments = (rules: Rules, { phase, returns }: CaseState): readonly Moment[] =>
  phase === 'closed' || phase === 'archived'
    ? []
    : (returns.calledIn ?? []).slice(0, 1).map(({ period, by }) => ({
        at: returnDueAt(rules, by),
        clause: rules.policy.returns.clause,
        rule: '暂停期间的调度到期未补报,记缺报',
        events: [{ type: 'return-missed', period, inARow: returns.missedInARow + 1 }],
      }))
