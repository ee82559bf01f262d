import type { Clause } from './words.js'

/**
 * A refusal is an answer. `kind` decides the HTTP status at the door:
 * forbidden 403 · not-found 404 · out-of-turn, conflict 409 · invalid 422.
 */
export type RefusalKind = 'forbidden' | 'not-found' | 'out-of-turn' | 'conflict' | 'invalid'

/** What one may do instead; `act` is a command's type, `title` its Chinese name on a button. */
export type Instead = { readonly act: string; readonly title: string }

export type Refusal = {
  readonly type: 'refused'
  readonly kind: RefusalKind
  readonly clause: Clause
  /** One breath, in Chinese, as an official needs to hear it. */
  readonly why: string
  readonly instead: readonly Instead[]
}

/** A refusal with its clause; `instead` are the acts open at this moment. */
export const refuse = (
  kind: RefusalKind,
  clause: Clause,
  why: string,
  ...instead: readonly Instead[]
): Refusal => ({ type: 'refused', kind, clause, why, instead })

/** True when a rule has answered with a refusal. */
export const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && (answer as { type?: unknown }).type === 'refused'

/** The first refusal among the answers, if any: rules are asked in the order they are written. */
export const firstRefusal = (...answers: readonly (Refusal | undefined)[]): Refusal | undefined =>
  answers.find((answer) => answer !== undefined)

/** For switches over unions: does not compile when a member is forgotten. */
export const never = (value: never): never => {
  throw new TypeError(`unhandled: ${JSON.stringify(value)}`)
}
