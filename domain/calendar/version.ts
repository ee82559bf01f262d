import { sha256Of } from '../record/chain.js'
import type { Sha256 } from '../words.js'
import type { CalendarYear } from './working-days.js'

/**
 * SHA-256 of the content in canonical form: years ascending, each year's days ascending, without comments or
 * layout. Two files that mean the same have one version.
 */
export const calendarVersion = (years: Readonly<Record<string, CalendarYear>>): Sha256 => {
  const canonical = Object.entries(years)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([year, { off, on, source }]) => [year, off.toSorted(), on.toSorted(), source])
  return sha256Of(JSON.stringify(canonical))
}
