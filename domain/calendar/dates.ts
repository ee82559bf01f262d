import { type Instant, instant, millis, type PlainDate } from '../words.js'

/**
 * Days and moments in Asia/Shanghai (GN-01). The zone is written as a fixed UTC+8: no machine's time zone,
 * no zone database, no clock. China kept summer time from 1986 to 1991; no inspection reaches back that far.
 */
const OFFSET = '+08:00'
const OFFSET_HOURS = 8
const DAY_MILLIS = 86_400_000

/** 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

const whole = (n: number): number => {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a whole number: ${n}`)
  return n
}

const yearOf = (date: PlainDate): number => Number(date.slice(0, 4))
const monthOf = (date: PlainDate): number => Number(date.slice(5, 7))
const dayOf = (date: PlainDate): number => Number(date.slice(8, 10))

const two = (n: number): string => String(n).padStart(2, '0')

/** A day known to exist, put in writing; only its year may be out of reach. */
const dateFrom = (year: number, month: number, day: number): PlainDate => {
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`not a year of four digits: ${year}`)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as PlainDate
}

/** Days in 400 years, after which the calendar repeats itself; `Date.UTC` misreads years before 100. */
const CYCLE_YEARS = 400
const CYCLE_DAYS = 146_097

const dayNumber = (date: PlainDate): number => {
  const known = NUMBERS.get(date)
  if (known !== undefined) return known
  const day = Date.UTC(yearOf(date) + CYCLE_YEARS, monthOf(date) - 1, dayOf(date)) / DAY_MILLIS - CYCLE_DAYS
  if (NUMBERS.size >= MOST_DAYS) NUMBERS.clear()
  NUMBERS.set(date, day)
  return day
}
const NUMBERS = new Map<PlainDate, number>()

const fromDayNumber = (day: number): PlainDate => {
  const known = DAYS.get(day)
  if (known !== undefined) return known
  const moment = new Date(day * DAY_MILLIS)
  const date = dateFrom(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate())
  if (DAYS.size >= MOST_DAYS) DAYS.clear()
  DAYS.set(day, date)
  return date
}

/** Days already put in writing: a case asks for the same few hundred again and again. */
const DAYS = new Map<number, PlainDate>()
const MOST_DAYS = 20_000

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const daysIn = (year: number, month: number): number => {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** 23:59:59.999 of that day in Shanghai: a deadline's last moment (GN-01). */
export const endOfDay = (date: PlainDate): Instant => `${date}T15:59:59.999Z` as Instant

/** 00:00:00.000 of that day in Shanghai. */
export const startOfDay = (date: PlainDate): Instant => instant(`${date}T00:00:00.000${OFFSET}`)

/** So many hours later by the clock, days off or not: what is urgent does not wait for Monday (HY-12). */
export const hoursAfter = (moment: Instant, hours: number): Instant => {
  const hour = Number(moment.slice(11, 13)) + hours
  if (!Number.isInteger(hour)) return instant(millis(moment) + hours * 3_600_000)
  // Put together as text, as in `atTime`.
  const days = Math.floor(hour / 24)
  return `${addDays(moment.slice(0, 10) as PlainDate, days)}T${two(hour - days * 24)}${moment.slice(13)}` as Instant
}

/** `17:00`: the time of day in Shanghai. */
export const timeOf = (moment: Instant): string => hoursAfter(moment, OFFSET_HOURS).slice(11, 16)

/** @throws RangeError when `time` is not `HH:MM` between 00:00 and 23:59. */
export const atTime = (date: PlainDate, time: string): Instant => {
  if (!TIME.test(time)) throw new RangeError(`not a time of day: ${time}`)
  const hour = Number(time.slice(0, 2))
  // The zone is eight hours ahead: text is put together, which is many times faster than a date is parsed.
  return hour < OFFSET_HOURS
    ? (`${addDays(date, -1)}T${two(hour + 24 - OFFSET_HOURS)}${time.slice(2)}:00.000Z` as Instant)
    : (`${date}T${two(hour - OFFSET_HOURS)}${time.slice(2)}:00.000Z` as Instant)
}

/** The day it is in Shanghai at that moment. */
export const dateOf = (moment: Instant): PlainDate => {
  const date = moment.slice(0, 10) as PlainDate
  return Number(moment.slice(11, 13)) < 24 - OFFSET_HOURS ? date : addDays(date, 1)
}

/** @throws RangeError when `days` is not whole, or the result lies outside the years 0000 to 9999. */
export const addDays = (date: PlainDate, days: number): PlainDate =>
  fromDayNumber(dayNumber(date) + whole(days))

/**
 * The same day of a later (or, below zero, earlier) month; the last day where that month is shorter:
 * 31 January and one month is 28 or 29 February.
 * @throws RangeError when `months` is not whole, or the result lies outside the years 0000 to 9999.
 */
export const addMonths = (date: PlainDate, months: number): PlainDate => {
  const count = yearOf(date) * 12 + monthOf(date) - 1 + whole(months)
  const year = Math.floor(count / 12)
  const month = count - year * 12 + 1
  return dateFrom(year, month, Math.min(dayOf(date), daysIn(year, month)))
}

/** Days from one date to the other: 1 from today to tomorrow, below zero backwards. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => dayNumber(to) - dayNumber(from)

export const weekday = (date: PlainDate): Weekday => {
  // 1970-01-01 was a Thursday; the double remainder keeps days before it positive.
  const sinceMonday = (((dayNumber(date) + 3) % 7) + 7) % 7
  return (sinceMonday + 1) as Weekday
}

/** The last day of the month the date lies in (GN-01: 底, 月底, a bare month). */
export const lastDayOfMonth = (date: PlainDate): PlainDate =>
  dateFrom(yearOf(date), monthOf(date), daysIn(yearOf(date), monthOf(date)))

/** The last day of the calendar quarter the date lies in. */
export const quarterEnd = (date: PlainDate): PlainDate => {
  const month = Math.ceil(monthOf(date) / 3) * 3
  return dateFrom(yearOf(date), month, daysIn(yearOf(date), month))
}

/** The first day of the block of `months` months, counted from January, that the date lies in. */
export const firstDayOfBlock = (date: PlainDate, months: 1 | 2 | 3 | 4 | 6 | 12): PlainDate =>
  dateFrom(yearOf(date), Math.floor((monthOf(date) - 1) / months) * months + 1, 1)

export const isBefore = (a: PlainDate, b: PlainDate): boolean => a < b
export const isAfter = (a: PlainDate, b: PlainDate): boolean => a > b
export const earlierDate = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b)
export const laterDate = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)
