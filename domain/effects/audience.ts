import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import type { Chair, Seat } from '../parties.js'
import { chairsOf, officeAnswers } from '../people/chairs.js'
import { never } from '../refusal.js'
import type { Audience } from './types.js'

/** Whom a notice to a chair reaches: the named person, the unit's people, or the holders of a post of the city. */
export const audienceOfChair = ({ seat, unit, person }: Chair): readonly Audience[] => {
  if (person !== undefined) return [{ person }]
  switch (seat) {
    case 'responsible-unit':
    case 'lead-unit':
    case 'cooperating-units':
    case 'supervising-unit':
      return unit === undefined ? [] : [{ unit, who: 'everybody' }]
    case 'responsible-head':
      return unit === undefined ? [] : [{ unit, who: 'head' }]
    case 'case-leader':
    case 'county-leader':
    case 'department-leader':
      return []
    case 'office':
      return unit === undefined ? [{ seat }] : [{ unit, who: 'everybody' }]
    case 'office-head':
      return unit === undefined ? [{ seat }] : [{ unit, who: 'head' }]
    case 'secretary':
    case 'mayor':
    case 'deputy-secretaries-general':
    case 'discipline':
      return [{ seat }]
    default:
      return never(seat)
  }
}

/**
 * Whom a notice to a seat reaches. The office is told of its own measure, too, beside the body that judges it
 * (JN-17); what is meant for a leader nobody has named reaches the office, which has to name one.
 */
export const audienceOf = (rules: Rules, state: CaseState, seat: Seat): readonly Audience[] => {
  const reached = chairsOf(rules, state, seat).flatMap(audienceOfChair)
  switch (seat) {
    case 'office':
    case 'office-head':
      return officeAnswers(rules, state) ? [{ seat }, ...reached] : reached
    case 'case-leader':
    case 'county-leader':
    case 'department-leader':
      return reached.length > 0 ? reached : [{ seat: 'office' }]
    default:
      return reached
  }
}

/** The same for several seats, nobody twice. */
export const audienceOfAll = (rules: Rules, state: CaseState, seats: readonly Seat[]): readonly Audience[] =>
  nobodyTwice(seats.flatMap((seat) => audienceOf(rules, state, seat)))

/** The same people once, in the order they were first named. */
export const nobodyTwice = (audience: readonly Audience[]): readonly Audience[] => [
  ...new Map(audience.map((one) => [JSON.stringify(one), one])).values(),
]
