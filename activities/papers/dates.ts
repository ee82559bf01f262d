import { dateOf } from '../../domain/calendar/dates.js'
import type { Instant, PlainDate } from '../../domain/words.js'

/** 成文日期: Arabic figures without leading zeros, `2024年3月1日` (GB/T 9704-2012, 7.3.5). */
export const paperDate = (date: PlainDate): string => {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** The day on which a paper of this moment is dated, in Asia/Shanghai. */
export const paperDateOf = (at: Instant): string => paperDate(dateOf(at))
