/**
 * The words of the field, as types. The glossary (docs/glossary.md) gives the Chinese for each.
 * Everything here travels as JSON: through Temporal's histories, PostgreSQL and HTTP.
 */

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type PlainDate = string & { readonly __date: 'PlainDate' }

/** A moment in UTC, ISO 8601 with milliseconds (`2018-07-02T01:00:00.000Z`): sorts as text. */
export type Instant = string & { readonly __instant: 'Instant' }

/** A clause of the catalogue (`YZ-06`), or a national rule (`GN-05`). Every refusal and every automatic act names one. */
export type Clause = `${'CD' | 'JN' | 'YZ' | 'HH' | 'HY' | 'GN'}-${number}`

/** Lower-case hexadecimal SHA-256. */
export type Sha256 = string & { readonly __sha256: 'Sha256' }

/** `jinan-2018/041`: the round's id, a slash, the entry's number in three digits or more. */
export type CaseId = string & { readonly __case: 'CaseId' }

/** `jinan-2018`: one inspection of one city and its feedback. */
export type RoundId = string & { readonly __round: 'RoundId' }

/** A unit by its full name as the register has it: `市生态环境局`, `平阴县政府`. */
export type UnitName = string & { readonly __unit: 'UnitName' }

/** The sign-in name of a person; stands for that person for good. */
export type PersonId = string & { readonly __person: 'PersonId' }

/** The caller's key of a command: the same key twice happens once. */
export type CommandId = string & { readonly __command: 'CommandId' }

/** A whole number of per cent, 0 to 100. */
export type Percent = number

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/

/** True for a day that exists: `2026-02-30` does not. */
export const isPlainDate = (text: string): text is PlainDate => {
  const parts = DATE.exec(text)
  if (!parts) return false
  const time = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 10) === text
}

/** @throws RangeError when `text` is not an existing day written `YYYY-MM-DD`. */
export const plainDate = (text: string): PlainDate => {
  if (!isPlainDate(text)) throw new RangeError(`not a date: ${text}`)
  return text
}

/** @throws RangeError when the argument is no moment in time. A number is milliseconds since 1970 in UTC. */
export const instant = (moment: string | number): Instant => new Date(moment).toISOString() as Instant

/** Milliseconds since 1970 in UTC. */
export const millis = (moment: Instant): number => Date.parse(moment)

/** The later of two moments. */
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)
