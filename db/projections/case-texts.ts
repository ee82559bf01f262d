import type { LedgerState } from '../../domain/decider-types.js'
import { never } from '../../domain/refusal.js'
import { storable } from '../json.js'
import { type Change, stateAfter, stateBefore } from './change.js'
import { type Statement, upserted } from './statements.js'

/** Every pair of neighbouring characters of a text, each once; a query of two characters or more is found by them. */
export const pairsOf = (text: string): readonly string[] => {
  const characters = [...text.toLowerCase()]
  return [...new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))]
}

const wordsOf = (ledger: LedgerState): readonly string[] => {
  switch (ledger.kind) {
    case 'problem': {
      const { id, entry } = ledger.state
      return [id, entry.text, ...entry.section, ...entry.units, ...entry.persons, ...entry.leadUnits]
    }
    case 'referral': {
      const { id, cause, units, organ } = ledger.state
      return [id, cause, organ, ...units]
    }
    default:
      return never(ledger)
  }
}

/** What the search looks in: a line for the id, the words, the parties. */
export const searchText = (ledger: LedgerState): string => storable(wordsOf(ledger).join('\n')).toLowerCase()

export const textsWritten = (changes: readonly Change[]): readonly Statement[] => {
  const rows = changes.flatMap((change) => {
    const before = stateBefore(change)
    const text = searchText(stateAfter(change))
    return before && searchText(before) === text
      ? []
      : [{ caseId: change.caseId, text, pairs: pairsOf(text) }]
  })
  const [first, ...others] = rows
  return first ? [upserted('case_texts', 'case_id', [first, ...others])] : []
}
