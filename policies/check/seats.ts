import { SEAT_TITLES, type Seat } from '../../domain/parties.js'
import type { Policy, RequiredField } from '../../domain/policy.js'
import { FIELD_TITLES } from '../schema/words.js'

/** What handing over must ask for so that a seat has somebody in it; the other seats are filled by office. */
const FILLED_BY: Partial<Record<Seat, RequiredField>> = {
  'responsible-unit': 'units',
  'responsible-head': 'units',
  'lead-unit': 'lead-unit',
  'cooperating-units': 'cooperating-units',
  'supervising-unit': 'supervising-unit',
  'case-leader': 'municipal-leader',
  'county-leader': 'county-leader',
  'department-leader': 'department-leader',
}

/** Seats that one person holds: who signed there cannot sign there again in the same round (YZ-07). */
export const HELD_BY_ONE: ReadonlySet<Seat> = new Set([
  'case-leader',
  'county-leader',
  'department-leader',
  'secretary',
  'mayor',
  'office-head',
])

/** Why nobody may be sitting there, with what to write; undefined when handing over guarantees somebody. */
export const mayBeEmpty = ({ handover }: Policy, seat: Seat): string | undefined => {
  const field = FILLED_BY[seat]
  if (field === undefined || handover.requires.some((required) => required.field === field)) return undefined
  const title = FIELD_TITLES[field]
  return `交办时没有要求填写${title},“${SEAT_TITLES[seat]}”可能无人;请在 handover.requires 里加上“field: ${title}”`
}
