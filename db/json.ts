import { storable } from '../domain/text.js'

/** JSON text for a `json` column: every character kept, as the record is (json does not decode what it stores). */
export const json = (value: unknown): string => JSON.stringify(value)

/** As JSON writes what `storable` replaces: U+0000, half a surrogate pair, and much that is harmless. */
const ESCAPED = '\\u'

/** JSON text for a `jsonb` column: every text inside as it can be stored. */
export const storableJson = (value: unknown): string => {
  const text = JSON.stringify(value)
  return text.includes(ESCAPED)
    ? JSON.stringify(value, (_key, field: unknown) => (typeof field === 'string' ? storable(field) : field))
    : text
}
