import type { LedgerFilter } from '../db/queries/ledger.js'
import type { Phase } from '../domain/case/state.js'
import type { LedgerState } from '../domain/decider-types.js'
import type { Actor } from '../domain/parties.js'
import { drillOf } from '../domain/people/drill.js'
import { mayDo, type OfficeAct } from '../domain/permission/office.js'
import { type Reading, reading, readsEverything, unitsRead } from '../domain/permission/read.js'
import type { ReferralPhase } from '../domain/referral/types.js'
import type { RoundId } from '../domain/words.js'
import { problem, problemOf } from './problems/problem.js'

/** The one place where the door asks the domain for permission. */

/** The person with the posts that count in this round: a drill's officer holds none outside it. */
export const actorIn = (actor: Actor, round: RoundId): Actor => {
  const drill = drillOf(actor.person)
  return drill === undefined || drill === round ? actor : { ...actor, posts: [] }
}

/** @throws Problem 403. `round`: where the act concerns one. */
export const mustBeAllowed = (actor: Actor, act: OfficeAct, round?: RoundId): void => {
  const drill = drillOf(actor.person)
  if (drill !== undefined && round !== drill)
    throw problem('forbidden', '演练人员只能办理本次演练的事项', { clause: 'GN-08' })
  const refusal = mayDo(actor, act)
  if (refusal) throw problemOf(refusal)
}

export const readingOf = (actor: Actor, { kind, state }: LedgerState): Reading => {
  const here = actorIn(actor, state.round)
  if (kind === 'referral') return readsEverything(here) ? 'whole' : 'none'
  return reading(here, state)
}

const AFTER_HANDOVER: readonly (Phase | ReferralPhase)[] = [
  'handed-over',
  'acknowledged',
  'rectifying',
  'closing',
  'on-notice',
  'filing',
  'closed',
  'archived',
]

/** What of the ledger somebody may see in lists and counts: narrowed further by what they ask for. */
export const scopeOf = (actor: Actor): LedgerFilter => {
  const drill = drillOf(actor.person)
  const round = drill === undefined ? {} : { round: drill }
  if (readsEverything(actor)) {
    const disciplineOnly = actor.posts.every(({ role }) => role === 'discipline')
    return disciplineOnly ? { ...round, phases: [...AFTER_HANDOVER, ...REFERRAL_PHASES] } : round
  }
  const units = unitsRead(actor)
  return units.length > 0
    ? { ...round, kind: 'problem', phases: AFTER_HANDOVER, parties: { units } }
    : { ...round, kind: 'problem', phases: ['on-notice'] }
}

const REFERRAL_PHASES: readonly ReferralPhase[] = [
  'clue',
  'transferred',
  'verifying',
  'decided',
  'published',
  'declined',
]

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
