import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common'
import { type CaseStart, SEARCH_ATTRIBUTES, unitsInTheClear } from '../contracts/case.js'
import { storable } from '../domain/text.js'

const ROUND = defineSearchAttributeKey(SEARCH_ATTRIBUTES.round, 'KEYWORD')
const UNITS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.unit, 'KEYWORD_LIST')
const KIND = defineSearchAttributeKey(SEARCH_ATTRIBUTES.kind, 'KEYWORD')

/** What an operator filters cases by in Temporal's lists: set once, at the start. */
export const searchAttributesOf = ({
  round,
  units,
  kind,
}: Pick<CaseStart, 'round' | 'units' | 'kind'>): SearchAttributePair[] => [
  { key: ROUND, value: round },
  { key: UNITS, value: unitsInTheClear({ kind, units }).map(storable) },
  { key: KIND, value: kind },
]
