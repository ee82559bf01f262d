import { addDays, endOfDay } from '../calendar/dates.js'
import { periodContaining } from '../calendar/periods.js'
import type { CaseEvent } from '../case/events.js'
import type { Moment } from '../case/moment.js'
import type { CaseState, DutyState } from '../case/state.js'

/** Each body owes a recurring duty separately in each period (JN-06); the period's end counts who did not. */
export const dutyMoments = (state: CaseState): readonly Moment[] =>
  hasDuties(state) ? state.duties.map((duty, index) => atPeriodEnd(duty, index)) : []

const atPeriodEnd = (duty: DutyState, index: number): Moment => {
  const missing = duty.bodies.filter((body) => !duty.discharged.includes(body))
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
