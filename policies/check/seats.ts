import { SEAT_TITLES, type Seat } from '../../domain/parties.js'
import type { Policy, RequiredField } from '../../domain/policy.js'
import type { Fault, Path } from '../problems.js'
import { FIELD_TITLES } from '../schema/words.js'
import { repeated } from './repeated.js'

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

/** Seats of which a case may have several chairs: a share of any other is no share. */
export const OF_SEVERAL: ReadonlySet<Seat> = new Set([
  'responsible-unit',
  'responsible-head',
  'lead-unit',
  'cooperating-units',
])

/** Why nobody may be sitting there, with what to write; undefined when handing over guarantees somebody. */
export const mayBeEmpty = ({ handover }: Policy, seat: Seat): string | undefined => {
  const field = FILLED_BY[seat]
  if (field === undefined || handover.requires.some((required) => required.field === field)) return undefined
  const title = FIELD_TITLES[field]
  return `交办时没有要求填写${title},“${SEAT_TITLES[seat]}”可能无人;请在 handover.requires 里加上“field: ${title}”`
}

/** What is sent to a seat in which nobody may sit reaches nobody there. */
export const emptyAddressees = (policy: Policy, path: Path, seats: readonly Seat[]): readonly Fault[] => [
  ...seats.flatMap((seat, index) => {
    const why = mayBeEmpty(policy, seat)
    return why === undefined ? [] : [{ path: [...path, index], reason: `可能无人收到:${why},或去掉这一席` }]
  }),
  ...repeated(
    seats.map((seat, index) => ({ seat, index })),
    ({ seat }) => seat,
  ).map(({ seat, index }) => ({ path: [...path, index], reason: `“${SEAT_TITLES[seat]}”前面已经写过` })),
]
