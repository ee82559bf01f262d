import type { PersonId, RoundId } from '../words.js'

/**
 * Officers made for a drill (演练) are named with its round behind an `@`: `office@jinan-2018`. Outside that round they hold
 * nothing and are told nothing. Everybody else's name has no `@`.
 */
export const drillOfficer = (name: string, round: RoundId): PersonId => `${name}@${round}` as PersonId

/** The drill a person was made for; undefined for everybody real. */
export const drillOf = (person: PersonId): RoundId | undefined => {
  const at = person.indexOf('@')
  return at < 0 ? undefined : (person.slice(at + 1) as RoundId)
}

/**
 * Of those an event in a round concerns: a drill's own officers, where it has some; the real ones otherwise. So a drill troubles
 * nobody in office, and nothing real reaches a drill.
 */
export const concernedIn = <T extends { readonly person: PersonId }>(
  round: RoundId,
  people: readonly T[],
): readonly T[] => {
  const own = people.filter(({ person }) => drillOf(person) === round)
  return own.length > 0 ? own : people.filter(({ person }) => drillOf(person) === undefined)
}
