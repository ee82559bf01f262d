import { endOfDay } from '../calendar/dates.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import type { Actor, Author, Authority, Chair, Post, Seat } from '../parties.js'
import { never } from '../refusal.js'
import type { Instant, UnitName } from '../words.js'

/** Two chairs are the same chair when their keys are. */
export const chairKey = ({ seat, unit, person }: Chair): string => `${seat}|${unit ?? ''}|${person ?? ''}`

/** Is the office itself responsible for this case? Then another body verifies in its place (JN-17). */
export const officeAnswers = ({ policy }: Rules, { entry }: CaseState): boolean =>
  entry.units.some((unit) => unit === policy.office.unit || policy.office.aliases.includes(unit))

/** The chairs a seat has in this case; a leader nobody has named yet has none. */
export const chairsOf = (rules: Rules, state: CaseState, seat: Seat): readonly Chair[] => {
  const { entry } = state
  const ofUnits = (units: readonly UnitName[]): readonly Chair[] => units.map((unit) => ({ seat, unit }))
  switch (seat) {
    case 'responsible-unit':
    case 'responsible-head':
      return ofUnits(entry.units)
    case 'lead-unit':
      return ofUnits(entry.leadUnits)
    case 'cooperating-units':
      return ofUnits(entry.cooperatingUnits)
    case 'supervising-unit':
      return ofUnits(entry.supervisingUnit ? [entry.supervisingUnit] : [])
    case 'case-leader':
      return named(seat, entry.leaders.municipal?.person)
    case 'county-leader':
      return named(seat, entry.leaders.county?.person)
    case 'department-leader':
      return named(seat, entry.leaders.department?.person)
    case 'office':
    case 'office-head':
      return officeAnswers(rules, state) && entry.officeSubstitute
        ? [{ seat, unit: entry.officeSubstitute }]
        : [{ seat }]
    case 'secretary':
    case 'mayor':
    case 'deputy-secretaries-general':
    case 'discipline':
      return [{ seat }]
    default:
      return never(seat)
  }
}

const named = (seat: Seat, person: Chair['person']): readonly Chair[] => (person ? [{ seat, person }] : [])

/** The post by which a person sits in a chair, if any. */
const postFor = (state: CaseState, { person, posts }: Actor, chair: Chair): Post | undefined => {
  if (chair.person !== undefined && chair.person !== person) return undefined
  return posts.find((post) => fits(state, post, chair))
}

const fits = (state: CaseState, post: Post, { seat, unit }: Chair): boolean => {
  const ofUnit = unit === undefined || post.unit === unit
  const ofArea =
    post.unit === undefined || state.entry.area === undefined || String(post.unit) === state.entry.area
  switch (seat) {
    case 'responsible-head':
      return post.role === 'unit-head' && ofUnit
    case 'responsible-unit':
    case 'lead-unit':
    case 'cooperating-units':
    case 'supervising-unit':
      return (post.role === 'unit-head' || post.role === 'unit-clerk') && ofUnit
    case 'case-leader':
    case 'county-leader':
    case 'department-leader':
      return post.role === 'leader'
    case 'secretary':
      return post.role === 'secretary' && ofArea
    case 'mayor':
      return post.role === 'mayor' && ofArea
    case 'office':
      return unit === undefined
        ? post.role === 'coordinator' || post.role === 'office-head'
        : (post.role === 'unit-head' || post.role === 'unit-clerk') && post.unit === unit
    case 'office-head':
      return unit === undefined
        ? post.role === 'office-head'
        : post.role === 'unit-head' && post.unit === unit
    case 'deputy-secretaries-general':
      return post.role === 'deputy-secretary-general'
    case 'discipline':
      return post.role === 'discipline'
    default:
      return never(seat)
  }
}

/** How somebody sits in a chair: by an own post, or for its holder under a recorded authority (GN-09). */
export type Sitting = { readonly chair: Chair; readonly post: Post; readonly behalf?: Authority }

/** The first of `chairs` in which this person sits at `at`, by own post before any delegation. */
export const sitting = (
  state: CaseState,
  actor: Actor,
  chairs: readonly Chair[],
  at: Instant,
): Sitting | undefined => {
  for (const chair of chairs) {
    const post = postFor(state, actor, chair)
    if (post) return { chair, post }
  }
  for (const { to, authority, post } of state.delegations) {
    const chair = chairs.find((free) => chairKey(free) === chairKey(post))
    if (chair && to === actor.person && at <= endOfDay(authority.until)) {
      return { chair, post: roleOfChair(chair), behalf: authority }
    }
  }
  return undefined
}

/** The post a chair stands for, when a deputy sits in it. */
const roleOfChair = ({ seat, unit }: Chair): Post => {
  const withUnit = unit === undefined ? {} : { unit }
  switch (seat) {
    case 'responsible-unit':
    case 'responsible-head':
    case 'lead-unit':
    case 'cooperating-units':
    case 'supervising-unit':
      return { role: 'unit-head', ...withUnit }
    case 'case-leader':
    case 'county-leader':
    case 'department-leader':
      return { role: 'leader' }
    case 'secretary':
      return { role: 'secretary' }
    case 'mayor':
      return { role: 'mayor' }
    case 'office':
    case 'office-head':
      return { role: 'office-head', ...withUnit }
    case 'deputy-secretaries-general':
      return { role: 'deputy-secretary-general' }
    case 'discipline':
      return { role: 'discipline' }
    default:
      return never(seat)
  }
}

/** Whose act it is: the person, in the post of the chair, with the principal where a deputy sits in it (GN-07, GN-09). */
export const authorOf = (actor: Actor, { post, behalf }: Omit<Sitting, 'chair'>): Author => ({
  kind: 'person',
  person: actor.person,
  name: actor.name,
  role: post.role,
  ...(post.unit !== undefined && { unit: post.unit }),
  ...(behalf && { behalf }),
})

/** Does this person answer for the item: by a post in one of its responsible units, the office's own among them (YZ-07, JN-17)? */
export const answersFor = (rules: Rules, state: CaseState, { posts }: Actor): boolean =>
  posts.some(({ role, unit }) => {
    switch (role) {
      case 'unit-head':
      case 'unit-clerk':
        return unit !== undefined && state.entry.units.includes(unit)
      case 'coordinator':
      case 'office-head':
        return officeAnswers(rules, state)
      default:
        return false
    }
  })
