import type { Rules } from '../context.js'
import type { Author } from '../parties.js'
import type { CaseId, Instant } from '../words.js'
import type { CaseEvent, Happening } from './events.js'
import { evolve } from './evolve.js'
import { pendingMoments } from './moments.js'
import { engine, react } from './react.js'
import type { CaseState } from './state.js'

/** A case and what has happened to it in this telling. */
export type Told = { readonly state: CaseState; readonly happenings: readonly Happening[] }

/** One telling goes no further than this; what is still due then comes with the next. */
const MOST_AT_ONCE = 2_000

/** One event and everything that follows from it inside the case, at the same instant. */
export const happen = (
  rules: Rules,
  caseId: CaseId,
  before: CaseState | undefined,
  happening: Happening,
): Told => {
  let state = evolve(caseId, before, happening)
  TOLD.set(happening.event, { before, happening, after: state })
  const happenings: Happening[] = [happening]
  for (const { event, clause, rule } of react(rules, state, happening.event)) {
    const told = happen(rules, caseId, state, { at: happening.at, by: engine({ clause, rule }), event })
    state = told.state
    happenings.push(...told.happenings)
  }
  return { state, happenings }
}

/**
 * What a case is after one more event. Whoever was told what happens keeps it by evolving it once more: of the same event after the
 * same state it is the state that was told.
 */
export const kept = (caseId: CaseId, before: CaseState | undefined, fact: Happening): CaseState => {
  const told = TOLD.get(fact.event)
  TOLD.delete(fact.event)
  return told?.after.id === caseId &&
    told.before === before &&
    told.happening.at === fact.at &&
    told.happening.by === fact.by
    ? told.after
    : evolve(caseId, before, fact)
}

type Evolved = {
  readonly before: CaseState | undefined
  readonly happening: Happening
  readonly after: CaseState
}
const TOLD = new WeakMap<CaseEvent, Evolved>()

/** Several events of one author at one instant, each with what follows from it. */
export const happenAll = (
  rules: Rules,
  caseId: CaseId,
  before: CaseState | undefined,
  { at, by, events }: { readonly at: Instant; readonly by: Author; readonly events: readonly CaseEvent[] },
): { readonly state: CaseState | undefined; readonly happenings: readonly Happening[] } => {
  let state = before
  const happenings: Happening[] = []
  for (const event of events) {
    const told = happen(rules, caseId, state, { at, by, event })
    state = told.state
    happenings.push(...told.happenings)
  }
  return { state, happenings }
}

/**
 * Every moment up to and including `until`, in order, each at its own instant; a very long absence in several tellings.
 */
export const due = (rules: Rules, before: CaseState, until: Instant): Told => {
  let state = before
  const happenings: Happening[] = []
  for (let count = 0; count < MOST_AT_ONCE; count += 1) {
    const [moment] = pendingMoments(rules, state)
    if (!moment || moment.at > until) return { state, happenings }
    const { at, clause, rule, events } = moment
    const told = happenAll(rules, state.id, state, {
      at,
      by: engine({ clause, rule }),
      events,
    })
    state = told.state ?? state
    happenings.push(...told.happenings)
  }
  return { state, happenings }
}
