import type { CaseInLedger } from '../db/queries/cases.js'
import type { LedgerFilter } from '../db/queries/ledger.js'
import type { LedgerState } from '../domain/decider-types.js'
import { kindOf } from '../domain/kinds/registry.js'
import type { Actor, Role } from '../domain/parties.js'
import { drillOf } from '../domain/people/drill.js'
import { mayDo, type OfficeAct } from '../domain/permission/office.js'
import { type Reading, readsEverything, unitsRead } from '../domain/permission/read.js'
import { isReader, readsAs } from '../domain/permission/readers.js'
import type { RoundId } from '../domain/words.js'
import { problem, problemOf } from './problems/problem.js'

/** The one place where the door asks the domain for permission. */

/** The person with the posts that count in this round: a drill's officer holds none outside it. */
export const actorIn = (actor: Actor, round: RoundId): Actor => {
  const drill = drillOf(actor.person)
  return drill === undefined || drill === round ? actor : { ...actor, posts: [] }
}

const OF_AN_AREA: ReadonlySet<Role> = new Set(['secretary', 'mayor'])

/**
 * As `actorIn`, with the posts that count in this case: 书记 and 县长 of an area sit only where the case names that area, which the
 * seats themselves see to; a case that names none is the city's (GN-08).
 */
export const actorFor = (actor: Actor, { kind, state }: LedgerState): Actor => {
  const here = actorIn(actor, state.round)
  return kind === 'problem' && state.entry.area === undefined
    ? { ...here, posts: here.posts.filter(({ role, unit }) => unit === undefined || !OF_AN_AREA.has(role)) }
    : here
}

/** @throws Problem 403: somebody of an area, with no other post, in a case that names none. */
export const mustHaveASeat = (actor: Actor, ledger: LedgerState): Actor => {
  const by = actorFor(actor, ledger)
  const [post] = actorIn(actor, ledger.state.round).posts
  if (by.posts.length === 0 && post)
    throw problem(
      'forbidden',
      `本事项没有写明县区,由市里的书记、市长办理,${post.unit ?? ''}的不在其列;属于该县区的,请整改办先补正县区(已交办的先撤回交办)`,
      { clause: 'GN-08' },
    )
  return by
}

/** @throws Problem 403. `round`: where the act concerns one. */
export const mustBeAllowed = (actor: Actor, act: OfficeAct, round?: RoundId): void => {
  const drill = drillOf(actor.person)
  if (drill !== undefined && round !== drill)
    throw problem('forbidden', '演练人员只能办理本次演练的事项', { clause: 'GN-08' })
  const refusal = mayDo(actor, act)
  if (refusal) throw problemOf(refusal)
}

/** Whether it is shown to this person at all, where refusing would be out of place. */
export const isAllowed = (actor: Actor, act: OfficeAct): boolean =>
  drillOf(actor.person) === undefined && mayDo(actor, act) === undefined

/** Of a restricted case its readers see all, and nobody else knows of it. */
export const readingOf = (actor: Actor, { row, state: { kind, state } }: CaseInLedger): Reading => {
  const viewer = actorIn(actor, state.round)
  if (row.readers !== null) return isReader(viewer, row.readers) ? 'whole' : 'none'
  return kindOf(kind).reading(viewer, state)
}

/** What of the ledger somebody may see in lists and counts: narrowed further by what they ask for. */
export const scopeOf = (actor: Actor): LedgerFilter => {
  const drill = drillOf(actor.person)
  const own: LedgerFilter = { ...(drill !== undefined && { round: drill }), readsAs: readsAs(actor) }
  if (readsEverything(actor)) {
    const disciplineOnly = actor.posts.every(({ role }) => role === 'discipline')
    return disciplineOnly ? { ...own, problems: 'handed-over' } : own
  }
  const units = unitsRead(actor)
  return units.length > 0
    ? { ...own, problems: 'handed-over', parties: { units, person: actor.person } }
    : { ...own, kind: 'problem', phases: ['on-notice'] }
}

const NOTHING: LedgerFilter = { phases: [] }

/** What is asked for, within what may be seen. */
export const within = (scope: LedgerFilter, asked: LedgerFilter): LedgerFilter => {
  if (scope.round !== undefined && asked.round !== undefined && scope.round !== asked.round) return NOTHING
  if (scope.kind !== undefined && asked.kind !== undefined && scope.kind !== asked.kind) return NOTHING
  const phases =
    scope.phases && asked.phases ? asked.phases.filter((phase) => scope.phases?.includes(phase)) : undefined
  return { ...asked, ...scope, ...(phases && { phases }) }
}

/** Does this person see whole cases in lists, or only what is posted? */
export const seesWhole = (actor: Actor): boolean => readsEverything(actor) || unitsRead(actor).length > 0

/** What was before, and figures over many cases, are for those who see whole cases. @throws Problem 403 */
export const mustSeeWhole = (actor: Actor): void => {
  if (!seesWhole(actor))
    throw problem('forbidden', '您可以看到的只是正在公示的事项,统计和以前的情况不在其列', { clause: 'GN-08' })
}
