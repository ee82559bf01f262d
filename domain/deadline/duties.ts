import { addDays, dateOf, endOfDay } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { periodContaining } from '../calendar/periods.js'
import type { CaseEvent } from '../case/events.js'
import type { Moment } from '../case/moment.js'
import type { CaseState, DutyState } from '../case/state.js'
import type { Rules } from '../context.js'

/** Each body owes a recurring duty separately in each period (JN-06); the period's end counts who did not. */
export const dutyMoments = (rules: Rules, state: CaseState): readonly Moment[] =>
  hasDuties(state)
    ? state.duties.map((duty, index) => atPeriodEnd(duty, index, owing(rules, state, duty)))
    : []

/** Bodies that have still to discharge the duty in its period. One that ends as soon as a first return may is not asked for. */
export const owing = (rules: Rules, state: CaseState, duty: DutyState): readonly string[] => {
  const { handover, rectification } = state
  const { round, since } = rectification
  const begun = round > 1 ? since : handover?.at
  if (begun === undefined) return []
  const grace = dueWithin(rules.calendar, dateOf(begun), rules.policy.returns.grace).date
  return duty.current < grace ? [] : duty.bodies.filter((body) => !duty.discharged.includes(body))
}

const atPeriodEnd = (duty: DutyState, index: number, missing: readonly string[]): Moment => {
  const next = periodContaining(duty.period, addDays(duty.current, 1)).to
  const events: readonly CaseEvent[] = [
    ...missing.map((body): CaseEvent => ({ type: 'duty-missed', duty: index, body, period: duty.current })),
    { type: 'duty-rolled', duty: index, ended: duty.current, next },
  ]
  return { at: endOfDay(duty.current), clause: 'JN-06', rule: '定期义务一期届满', events }
}

/** A standing duty runs from handing over until the case is closed; closing it ends the duty. */
export const hasDuties = ({ phase }: CaseState): boolean =>
  phase !== 'registered' && phase !== 'closed' && phase !== 'archived'
