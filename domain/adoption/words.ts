import { fullDay, fullMoment } from '../calendar/chinese.js'
import type { MovedDate, MovedMoment } from './types.js'

/** What becomes of a date somebody was given. */
export const dateMovedInWords = ({ title, from, to }: MovedDate): string =>
  `“${title}”由${fullDay(from)}改为${fullDay(to)}`

/** What becomes of something the case waits for by itself. */
export const momentMovedInWords = ({ rule, from, to }: MovedMoment): string => {
  if (from === undefined) return to === undefined ? `“${rule}”不变` : `新增:${fullMoment(to)} ${rule}`
  return to === undefined
    ? `不再有:${fullMoment(from)} ${rule}`
    : `“${rule}”由${fullMoment(from)}改为${fullMoment(to)}`
}
