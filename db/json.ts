/** JSON text for a `json` column: every character kept, as the record is (json does not decode what it stores). */
export const json = (value: unknown): string => JSON.stringify(value)

/**
 * Text that PostgreSQL's `text` and `jsonb` can hold: U+0000 and half a surrogate pair, which they refuse, are shown as
 * U+FFFD. The record itself keeps what was typed.
 */
export const storable = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD')

/** The same for every text inside a value. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) => (typeof field === 'string' ? storable(field) : field))
