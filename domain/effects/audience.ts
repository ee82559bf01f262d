import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import type { Seat } from '../parties.js'
import { chairsOf } from '../people/chairs.js'
import { never } from '../refusal.js'
import type { Audience } from './types.js'

/** Whom a notice to a seat reaches: the named person, the unit's people, or the office's own. */
export const audienceOf = (rules: Rules, state: CaseState, seat: Seat): readonly Audience[] => {
  switch (seat) {
    case 'responsible-unit':
    case 'lead-unit':
    case 'cooperating-units':
    case 'supervising-unit':
      return chairsOf(rules, state, seat).flatMap(({ unit }) =>
        unit ? [{ unit, who: 'everybody' as const }] : [],
      )
    case 'responsible-head':
      return chairsOf(rules, state, seat).flatMap(({ unit }) =>
        unit ? [{ unit, who: 'head' as const }] : [],
      )
    case 'case-leader':
    case 'county-leader':
    case 'department-leader':
      return chairsOf(rules, state, seat).map(({ person }) => (person ? { person } : { seat: 'office' }))
    case 'office':
    case 'office-head':
      return chairsOf(rules, state, seat).map(({ unit }) =>
        unit ? { unit, who: 'everybody' as const } : { seat },
      )
    case 'secretary':
    case 'mayor':
    case 'deputy-secretaries-general':
    case 'discipline':
      return [{ seat }]
    default:
      return never(seat)
  }
}

/** The same for several seats, nobody twice. */
export const audienceOfAll = (
  rules: Rules,
  state: CaseState,
  seats: readonly Seat[],
): readonly Audience[] => {
  const all = seats.flatMap((seat) => audienceOf(rules, state, seat))
  const seen = new Set<string>()
  return all.filter((one) => {
    const key = JSON.stringify(one)
    return seen.has(key) ? false : seen.add(key) !== undefined
  })
}
