import type { Rules } from '../../domain/context.js'
import { lineOf } from '../../domain/decider.js'
import type { LedgerState } from '../../domain/decider-types.js'
import { storable } from '../../domain/text.js'
import { type Change, stateAfter, stateBefore } from './change.js'
import { type Statement, upserted } from './statements.js'

/** Every pair of neighbouring characters of a text, each once; a query of two characters or more is found by them. */
export const pairsOf = (text: string): readonly string[] => {
  const characters = [...text.toLowerCase()]
  return [...new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`))]
}

/** What the search looks in: a line for the id, the words, the parties. */
export const searchText = (rules: Rules, ledger: LedgerState): string => {
  const { text, words } = lineOf(rules, ledger)
  return storable([ledger.state.id, text, ...words].join('\n')).toLowerCase()
}

export const textsWritten = (changes: readonly Change[]): readonly Statement[] => {
  const rows = changes.flatMap((change) => {
    const before = stateBefore(change)
    const text = searchText(change.rules, stateAfter(change))
    return before && searchText(change.rules, before) === text
      ? []
      : [{ caseId: change.caseId, text, pairs: pairsOf(text) }]
  })
  const [first, ...others] = rows
  return first ? [upserted('case_texts', 'case_id', [first, ...others])] : []
}
