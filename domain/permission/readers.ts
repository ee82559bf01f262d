import type { Actor, Role } from '../parties.js'
import type { PersonId, UnitName } from '../words.js'

/**
 * Who alone may read a case, as the ledger keeps it beside the case: a person, the holders of a role, the people of a unit.
 * A case without readers is read by whoever reads cases of its kind.
 */
export const personReads = (person: PersonId): string => `person:${person}`
export const roleReads = (role: Role): string => `role:${role}`
export const unitReads = (unit: UnitName): string => `unit:${unit}`

/** Everything by which a person is a reader. */
export const readsAs = ({ person, posts }: Actor): readonly string[] => [
  personReads(person),
  ...new Set(
    posts.flatMap(({ role, unit }) => [roleReads(role), ...(unit === undefined ? [] : [unitReads(unit)])]),
  ),
]

export const isReader = (viewer: Actor, readers: readonly string[]): boolean =>
  readsAs(viewer).some((token) => readers.includes(token))
