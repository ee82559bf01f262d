import { addDays, dateOf } from '../calendar/dates.js'
import type { Rules } from '../context.js'
import { dueDayAfter, returnDueAt } from '../returns/period.js'
import type { Instant, PlainDate } from '../words.js'
import type { RoundState } from './types.js'

/** A period of the returns that fell due in a pause and whose fate nobody has decided; `on`: the pause is not over. */
export type PassedOver = { readonly period: PlainDate; readonly pause: 'on' | 'over' }

/** Up to `now` in the round's time, the oldest first. */
export const returnsPassedOver = (rules: Rules, state: RoundState, now: Instant): readonly PassedOver[] => {
  const { rhythm } = rules.policy.returns
  const settled = new Set(state.settledReturns)
  return (state.returnPauses ?? []).flatMap(({ since, until }) => {
    const end = until ?? now
    const periods: PassedOver[] = []
    for (
      let period = dueDayAfter(rhythm, rules.calendar, addDays(dateOf(since), -1));
      returnDueAt(rules, period) <= end;
      period = dueDayAfter(rhythm, rules.calendar, period)
    )
      if (returnDueAt(rules, period) > since && !settled.has(period))
        periods.push({ period, pause: until === undefined ? 'on' : 'over' })
    return periods
  })
}
