import type { Instant, PlainDate } from '../words.js'
import { dateOf, timeOf } from './dates.js'

/** 7月6日 */
export const monthDay = (date: PlainDate): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`

/** 2018年7月6日: Arabic figures without leading zeros, as on papers (GB/T 9704). */
export const fullDay = (date: PlainDate): string => `${Number(date.slice(0, 4))}年${monthDay(date)}`

/** 2018年7月6日 17:00, Asia/Shanghai. */
export const fullMoment = (at: Instant): string => `${fullDay(dateOf(at))} ${timeOf(at)}`
