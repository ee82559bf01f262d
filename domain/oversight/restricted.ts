import { type Asked, type Decision, done } from '../case/decision.js'
import type { CaseState } from '../case/state.js'
import { caseTodos } from '../case/todos.js'
import type { Rules } from '../context.js'
import { type Actor, type Chair, ROLE_OF_SEAT } from '../parties.js'
import { answersFor, chairKey } from '../people/chairs.js'
import { permitted } from '../permission/command.js'
import { isReader, personReads, roleReads, unitReads } from '../permission/readers.js'
import { isRefusal, type Refusal, refuse } from '../refusal.js'

/** 限定知悉范围: from now on only the named persons, posts and units read the case; whoever decides is one of them (GN-08). */
export const restrictCase = ({ rules, state, command, actor, at }: Asked<'restrict-case'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (answersFor(rules, state, actor))
    return refuse('forbidden', 'GN-08', '责任单位不得限定本单位事项的知悉范围')
  if (!command.reason.trim()) return refuse('invalid', 'GN-07', '请写明限定知悉范围的理由')
  const { persons, roles, units, reason } = command
  if (persons.length + roles.length + units.length === 0)
    return refuse('invalid', 'GN-08', '请写明哪些人、哪些职务、哪些单位可以知悉')
  return done(seat, actor, {
    type: 'case-restricted',
    readers: [
      ...new Set([
        personReads(actor.person),
        ...persons.map(({ person }) => personReads(person)),
        ...roles.map(roleReads),
        ...units.map(unitReads),
      ]),
    ],
    reason,
  })
}

export const unrestrictCase = ({ rules, state, command, actor, at }: Asked<'unrestrict-case'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.restricted) return refuse('out-of-turn', 'GN-08', '本事项没有限定知悉范围')
  return command.reason.trim()
    ? done(seat, actor, { type: 'case-unrestricted', reason: command.reason })
    : refuse('invalid', 'GN-07', '请写明解除的理由')
}

/** Who is let in because something is owed from this chair; of the office, its head alone. */
const byTurn = ({ seat, unit, person }: Chair): string => {
  if (person !== undefined) return personReads(person)
  if (unit !== undefined) return unitReads(unit)
  return roleReads(seat === 'office' ? 'office-head' : ROLE_OF_SEAT[seat])
}

/**
 * Whom alone a problem may be read by; undefined: whoever reads problems. The named; whoever holds the post that decided it; for as
 * long as they owe it something those whose turn it is, with their deputies; its watcher. A restriction lasts for years, and nobody
 * can do what they may not see, nor lift it (GN-08).
 */
export const readersOf = (rules: Rules, state: CaseState): readonly string[] | undefined => {
  if (!state.restricted) return undefined
  const { by } = state.restricted
  const owing = caseTodos(rules, state).map(({ chair }) => chair)
  const keys = new Set(owing.map(chairKey))
  const deputies = state.delegations.filter(({ post }) => keys.has(chairKey(post)))
  return [
    ...new Set([
      ...state.restricted.readers,
      ...(by ? [by.unit === undefined ? roleReads(by.role) : unitReads(by.unit)] : []),
      ...owing.map(byTurn),
      ...deputies.map(({ to }) => personReads(to)),
      ...(state.supervised ? [personReads(state.supervised.watcher.person)] : []),
    ]),
  ]
}

/** Whoever is no reader of a restricted case does nothing in it either. */
export const closedTo = (rules: Rules, state: CaseState, actor: Actor): Refusal | undefined => {
  const readers = readersOf(rules, state)
  return readers === undefined || isReader(actor, readers)
    ? undefined
    : refuse('forbidden', 'GN-08', '本事项限定知悉范围,您不在其列')
}
