import type { LedgerState } from '../../domain/decider-types.js'
import { factsOf, type Why, whyOf } from '../../domain/why/why.js'
import type { CaseId, Instant } from '../../domain/words.js'
import type { Db } from '../connect.js'
import { fold } from '../fold.js'
import { recordedCases } from '../record-stream.js'
import { type RefusalNote, refusalsOf } from '../refusals.js'
import { rulesAlong } from '../rules.js'

/** A refusal with what the case was when it was given. */
export type RefusedThen = RefusalNote & { readonly facts: readonly string[] }

export type Explained = {
  /** Every automatic act, in order. */
  readonly acts: readonly Why[]
  /** What was refused, the latest first. */
  readonly refused: readonly RefusedThen[]
}

const MOST_REFUSALS = 200

/** Why the machine did what it did in a case, and why it refused what it refused: told from the record, kept nowhere. */
export const explained = async (db: Db, id: CaseId): Promise<Explained> => {
  const notes = await refusalsOf(db, id, MOST_REFUSALS)
  for await (const records of recordedCases(db, id)) {
    const steps = fold(undefined, records)
    const rulesIn = await rulesAlong(db, steps)
    const acts = steps.flatMap(
      ({ record, before, after }) => whyOf(rulesIn(before ?? after), before, record) ?? [],
    )
    const states = new Map<number, LedgerState>(steps.map(({ record, after }) => [record.seq, after]))
    const facts = (seq: number, at: Instant): readonly string[] => {
      const state = states.get(seq)
      return state ? factsOf(rulesIn(state), state, undefined, at) : []
    }
    return { acts, refused: notes.map((note) => ({ ...note, facts: facts(note.seq, note.at) })) }
  }
  return { acts: [], refused: [] }
}
