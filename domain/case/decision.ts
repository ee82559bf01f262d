import type { Rules } from '../context.js'
import type { Actor, Author } from '../parties.js'
import { authorOf, type Sitting } from '../people/chairs.js'
import type { Refusal } from '../refusal.js'
import type { Instant } from '../words.js'
import type { Command } from './commands.js'
import type { CaseEvent } from './events.js'
import type { CaseState } from './state.js'

/** What a rule is asked: a command by an actor on a case at a moment. Everything due before has happened already. */
export type Asked<T extends Command['type']> = {
  readonly rules: Rules
  readonly state: CaseState
  readonly command: Extract<Command, { type: T }>
  readonly actor: Actor
  readonly at: Instant
}

/** What a rule answers: whose act it is and what happens by it, or a refusal. */
export type Decision = { readonly by: Author; readonly events: readonly CaseEvent[] } | Refusal

/** The command is carried out: by this person, in this seat. */
export const done = (seat: Sitting, actor: Actor, ...events: readonly CaseEvent[]): Decision => ({
  by: authorOf(actor, seat),
  events,
})
