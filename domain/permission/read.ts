import type { CaseState } from '../case/state.js'
import type { Actor, Role } from '../parties.js'
import type { PersonId, UnitName } from '../words.js'

/** What somebody may see of a case. `public`: only what is posted. */
export type Reading = 'whole' | 'public' | 'none'

const READS_EVERYTHING: ReadonlySet<Role> = new Set([
  'coordinator',
  'office-head',
  'leader',
  'secretary',
  'mayor',
  'deputy-secretary-general',
  'discipline', // from handing over on (CD-15)
])

const READS_BEFORE_HANDOVER: ReadonlySet<Role> = new Set(
  [...READS_EVERYTHING].filter((role) => role !== 'discipline'),
)

/** The roles that read every case not closed to them. */
export const EVERYTHING_READERS: readonly Role[] = [...READS_EVERYTHING]

/** Everybody who reads all cases: the office, the leaders, the two coordinators (CD-13), discipline organs (CD-15). */
export const readsEverything = ({ posts }: Actor): boolean =>
  posts.some(({ role }) => READS_EVERYTHING.has(role))

/** The units whose cases a person may read: those of the own posts. */
export const unitsRead = ({ posts }: Actor): readonly UnitName[] =>
  posts.flatMap(({ role, unit }) =>
    (role === 'unit-clerk' || role === 'unit-head') && unit !== undefined ? [unit] : [],
  )

/** Units that are a party to a case in any part. */
export const partiesOf = ({ entry }: CaseState): readonly UnitName[] => [
  ...new Set([
    ...entry.units,
    ...entry.leadUnits,
    ...entry.cooperatingUnits,
    ...(entry.supervisingUnit ? [entry.supervisingUnit] : []),
    ...(entry.officeSubstitute ? [entry.officeSubstitute] : []),
  ]),
]

/** What this person may see of a case not restricted: everything from which post, by which part in it, or what is posted. */
export const reading = (viewer: Actor, state: CaseState): Reading => {
  if (viewer.posts.some(({ role }) => READS_BEFORE_HANDOVER.has(role))) return 'whole'
  if (state.handover && readsEverything(viewer)) return 'whole'
  const parties = new Set(partiesOf(state))
  if (unitsRead(viewer).some((unit) => parties.has(unit))) return state.handover ? 'whole' : 'none'
  if (state.delegations.some(({ to }) => to === viewer.person)) return 'whole'
  if (state.supervised?.watcher.person === viewer.person) return 'whole'
  if (state.invited?.some(({ person }) => person === viewer.person)) return 'public'
  return state.phase === 'on-notice' ? 'public' : 'none'
}

/** A case whose units read it beside those who read everything. */
export const readingByParts = (viewer: Actor, units: readonly UnitName[]): Reading =>
  readsEverything(viewer) || unitsRead(viewer).some((unit) => units.includes(unit)) ? 'whole' : 'none'

/** Whom the case itself names: its leaders, its watcher, its deputies. */
export const peopleOf = ({ entry, supervised, delegations }: CaseState): readonly PersonId[] => {
  const { municipal, county, department } = entry.leaders
  const named = [municipal, county, department, supervised?.watcher].flatMap((one) =>
    one ? [one.person] : [],
  )
  return [...new Set([...named, ...delegations.map(({ to }) => to)])]
}
