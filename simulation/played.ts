import type { Rules } from '../domain/context.js'
import type { AnyCommand, LedgerEvent, LedgerState } from '../domain/decider-types.js'
import type { Author } from '../domain/parties.js'
import type { Refusal } from '../domain/refusal.js'
import type { CaseId, Instant, Sha256 } from '../domain/words.js'

export type PlayedEvent = {
  readonly case: CaseId
  readonly at: Instant
  readonly by: Author
  readonly event: LedgerEvent
}
export type PlayedRefusal = {
  readonly case: CaseId
  readonly at: Instant
  readonly who: string
  readonly act: string
  readonly refusal: Refusal
}
/** Every command somebody gave, in order: the same script for the real engine, which gives what follows between cases itself. */
export type PlayedCommand = { readonly case: CaseId; readonly asked: AnyCommand }

export type Played = {
  readonly events: readonly PlayedEvent[]
  readonly refusals: readonly PlayedRefusal[]
  readonly commands: readonly PlayedCommand[]
  readonly states: readonly LedgerState[]
}

export type PlayRules = Rules & { readonly hash: Sha256 }
