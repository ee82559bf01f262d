import { storable } from '../domain/text.js'

/** JSON text for a `json` column: every character kept, as the record is (json does not decode what it stores). */
export const json = (value: unknown): string => JSON.stringify(value)

/** JSON text for a `jsonb` column: every text inside as it can be stored. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) => (typeof field === 'string' ? storable(field) : field))
