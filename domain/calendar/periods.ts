import type { PlainDate } from '../words.js'
import { addDays, addMonths, firstDayOfBlock, weekday } from './dates.js'

/** Both days belong to it. */
export type DateRange = { readonly from: PlainDate; readonly to: PlainDate }

type Step = { readonly unit: 'days' | 'months'; readonly count: number }

const PERIOD = /^P(\d{1,3})([DWMY])$/

const stepOf = (period: string): Step | undefined => {
  const parts = PERIOD.exec(period)
  const count = Number(parts?.[1] ?? 0)
  if (count === 0) return undefined
  switch (parts?.[2]) {
    case 'D':
      return { unit: 'days', count }
    case 'W':
      return { unit: 'days', count: count * 7 }
    case 'M':
      return { unit: 'months', count }
    default:
      return { unit: 'months', count: count * 12 }
  }
}

const stepOrThrow = (period: string): Step => {
  const step = stepOf(period)
  if (!step) throw new RangeError(`not a period: ${period}`)
  return step
}

/** True for an ISO 8601 period of whole days, weeks, months or years with a count from 1 to 999: `P1W`, `P6M`. */
export const isPeriod = (text: string): boolean => stepOf(text) !== undefined

const startOf = ({ unit, count }: Step, date: PlainDate): PlainDate => {
  if (unit === 'days') return count === 7 ? addDays(date, 1 - weekday(date)) : date
  switch (count) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 6:
    case 12:
      return firstDayOfBlock(date, count)
    default:
      return date
  }
}

const nth = ({ unit, count }: Step, anchor: PlainDate, index: number): PlainDate =>
  unit === 'days' ? addDays(anchor, index * count) : addMonths(anchor, index * count)

/**
 * Periods one after another without a gap, the first beginning on `anchor`. Months are counted from the
 * anchor itself, so a 31st that had to give way in February comes back in March.
 * @throws RangeError when `period` is none.
 */
export function* eachPeriod(anchor: PlainDate, period: string): Generator<DateRange, never> {
  const step = stepOrThrow(period)
  for (let index = 0; ; index += 1) {
    yield { from: nth(step, anchor, index), to: addDays(nth(step, anchor, index + 1), -1) }
  }
}

/**
 * The calendar's own period a date lies in: `P1W` Monday to Sunday, `P1M` the month, `P3M` the quarter,
 * `P6M` the half-year, `P1Y` the year (also `P2M`, `P4M`). A period the calendar does not have (`P2W`, `P5Y`)
 * begins on the date itself.
 * @throws RangeError when `period` is none.
 */
export const periodContaining = (period: string, date: PlainDate): DateRange => {
  const step = stepOrThrow(period)
  const from = startOf(step, date)
  return { from, to: addDays(nth(step, from, 1), -1) }
}

/**
 * Calendar periods in order, the first being the one `from` lies in (JN-06: 每半年 is January to June and
 * July to December, whenever the plan came out).
 * @throws RangeError when `period` is none.
 */
export const periodsOf = (period: string, from: PlainDate): Generator<DateRange, never> =>
  eachPeriod(periodContaining(period, from).from, period)
