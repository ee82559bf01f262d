import { type Instant, instant, millis, type PlainDate } from '../words.js'
import { dateOf } from './dates.js'

const EIGHT_HOURS = 8 * 3_600_000

/** 7月6日 */
export const monthDay = (date: PlainDate): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`

/** 2018年7月6日: Arabic figures without leading zeros, as on papers (GB/T 9704). */
export const fullDay = (date: PlainDate): string => `${Number(date.slice(0, 4))}年${monthDay(date)}`

/** 2018年7月6日 17:00, Asia/Shanghai. */
export const fullMoment = (at: Instant): string =>
  `${fullDay(dateOf(at))} ${instant(millis(at) + EIGHT_HOURS).slice(11, 16)}`
