import { storable } from '../domain/text.js'
import { type CaseStart, SEARCH_ATTRIBUTES, unitsInTheClear } from './case.js'

const SUMMARY = 60

/** At most so many characters on one line, the last a sign that there was more. */
export const cut = (text: string, most: number): string => {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('')
}

/** One line for Temporal's UI. */
export const summaryOf = ({ clock }: Pick<CaseStart, 'clock'>, text: string): string =>
  cut(`${clock.kind === 'drill' ? '【演练】' : ''}${text}`, SUMMARY)

const key = <const T extends 'KEYWORD' | 'KEYWORD_LIST'>(name: string, type: T) => ({ name, type })

const ROUND = key(SEARCH_ATTRIBUTES.round, 'KEYWORD')
const UNITS = key(SEARCH_ATTRIBUTES.unit, 'KEYWORD_LIST')
const KIND = key(SEARCH_ATTRIBUTES.kind, 'KEYWORD')

/** What an operator filters cases by in Temporal's lists: set once, at the start, by whoever starts the case. */
export const searchAttributesOf = ({ round, units, kind }: Pick<CaseStart, 'round' | 'units' | 'kind'>) => [
  { key: ROUND, value: round },
  { key: UNITS, value: unitsInTheClear({ kind, units }).map(storable) },
  { key: KIND, value: kind },
]
