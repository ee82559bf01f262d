import type { CaseStart, Head, LedgerRecord, LedgerState, Resumed } from '../contracts/case.js'
import type { Rules } from '../domain/context.js'
import { type AnyHappening, evolve, nextMoment } from '../domain/decider.js'
import type { Effect } from '../domain/effects/types.js'
import { GENESIS, headOf, record } from '../domain/record/chain.js'
import type { CommandId, Instant } from '../domain/words.js'
import { effectsNow } from './effects.js'

/** A case as its workflow holds it: what it is, what the ledger may not have yet, what is still to be done. */
export type Book = {
  readonly state: LedgerState | undefined
  readonly head: Head
  /** The rules in force: those it was started with, until others are adopted. */
  readonly rules: Rules
  /** The earliest of its moments, reckoned once for each state: it is asked for several times in every turn. */
  readonly next: Instant | undefined
  /** Events not yet known to be in the ledger, in their order. */
  readonly waiting: readonly LedgerRecord[]
  /** Effects decided and not yet done, in their order. */
  readonly effects: readonly Effect[]
  /** Those of them nobody has taken on yet. */
  readonly free: readonly Effect[]
  /** Counts everything that changed in the book. */
  readonly version: number
  /** Numbers, chains and keeps what happened, and queues what follows from it. `next`: rules adopted by it. */
  readonly keep: (
    happenings: readonly AnyHappening[],
    command?: CommandId,
    next?: Rules,
  ) => readonly LedgerRecord[]
  /** The ledger has everything up to and including this number. */
  readonly inLedger: (seq: number) => void
  readonly take: (effects: readonly Effect[]) => void
  readonly putBack: (effects: readonly Effect[]) => void
  readonly done: (effects: readonly Effect[]) => void
  /** What the next run, or a case started again, goes on from; undefined before the first event. */
  readonly toResume: () => Resumed | undefined
}

export const openBook = ({ caseId, rules: pinned, clock, resumed }: CaseStart): Book => {
  const drill = clock.kind === 'drill' ? 'drill' : 'real'
  let state = resumed?.state
  let rules = pinned
  let head = resumed?.head ?? GENESIS
  let waiting = resumed?.waiting ?? []
  let effects = resumed?.effects ?? []
  let version = 0
  let reckoned:
    | { readonly of: LedgerState; readonly by: Rules; readonly next: Instant | undefined }
    | undefined
  const taken = new Set<Effect>()
  const release = (some: readonly Effect[]): void => {
    for (const effect of some) taken.delete(effect)
    version += 1
  }

  return {
    get state() {
      return state
    },
    get head() {
      return head
    },
    get rules() {
      return rules
    },
    get next() {
      if (!state) return undefined
      if (reckoned?.of !== state || reckoned.by !== rules)
        reckoned = { of: state, by: rules, next: nextMoment(rules, state) }
      return reckoned.next
    },
    get waiting() {
      return waiting
    },
    get effects() {
      return effects
    },
    get free() {
      return effects.filter((effect) => !taken.has(effect))
    },
    get version() {
      return version
    },
    keep: (happenings, command, next) => {
      const records = record(head, caseId, happenings, command)
      for (const one of records) {
        if (one.event.type === 'rules-adopted' && next) rules = next
        state = evolve(state, one)
        effects = [...effects, ...effectsNow(rules, state, one, drill)]
      }
      head = headOf(records, head)
      waiting = [...waiting, ...records]
      version += records.length
      return records
    },
    inLedger: (seq) => {
      // Whoever sends a number that cannot be true is not believed: what waits here may exist nowhere else.
      if (!(seq <= head.seq)) return
      const left = waiting.filter((one) => one.seq > seq)
      if (left.length < waiting.length) version += 1
      waiting = left
    },
    take: (some) => {
      for (const effect of some) taken.add(effect)
    },
    putBack: release,
    done: (some) => {
      effects = effects.filter((effect) => !some.includes(effect))
      release(some)
    },
    toResume: () => state && { state, head, waiting, effects },
  }
}
