import { remembered } from '../remembered.js'
import type { PlainDate } from '../words.js'
import { addDays, daysBetween, lastDayOfMonth, weekday } from './dates.js'

/**
 * The State Council's arrangement of holidays and make-up days, year by year (GN-02). It comes in with a
 * workflow's input and is pinned by `version` (domain rule 12), so it holds only what differs from
 * Monday to Friday: `off` are weekdays without work, `on` are weekend days with work, both `MM-DD`.
 */
export type Calendar = {
  readonly version: string
  readonly years: Readonly<Record<string, CalendarYear>>
}

export type CalendarYear = {
  readonly off: readonly string[]
  readonly on: readonly string[]
  /** The notices it was taken from, by name and number. */
  readonly source: string
}

/**
 * Whether the day one starts from counts. `from-next-day`: work begins the day after (the general rule).
 * `from-first-day`: the day itself is day 1 when it is a working day, otherwise the next working day is
 * (a public notice counts the day of posting, GN-04).
 */
export type Counting = 'from-next-day' | 'from-first-day'

/** `provisional`: a day it was counted over lies in a year whose notice is not out; plain Monday to Friday was used there (GN-02). */
export type WorkingDate = { readonly date: PlainDate; readonly provisional: boolean }

/** Forty years of working days: whoever asks for more has mistyped. */
export const MOST_WORKING_DAYS = 10_000

/** The kinds of day an official knows. */
export type DayKind = 'working' | 'make-up' | 'holiday' | 'weekend'

/** What kind of day it is; past the published years only `working` and `weekend`. */
export const kindOfDay = (calendar: Calendar, date: PlainDate): DayKind => {
  const year = calendar.years[date.slice(0, 4)]
  const day = date.slice(5)
  return weekday(date) >= 6
    ? year?.on.includes(day)
      ? 'make-up'
      : 'weekend'
    : year?.off.includes(day)
      ? 'holiday'
      : 'working'
}

/** True for days of work by the notice, make-up days among them. */
export const isWorkingDay = (calendar: Calendar, date: PlainDate): boolean => {
  const known = daysTold(calendar)
  const told = known.get(date)
  if (told !== undefined) return told
  const kind = kindOfDay(calendar, date)
  const working = kind === 'working' || kind === 'make-up'
  known.set(date, working)
  return working
}

/** Asked of the same days again and again, and a calendar never changes: a new one is another value. */
const daysTold = remembered((_: Calendar) => new Map<PlainDate, boolean>())

/** True when the date's year has no published arrangement. */
export const isProvisional = (calendar: Calendar, date: PlainDate): boolean =>
  calendar.years[date.slice(0, 4)] === undefined

type Direction = 1 | -1

/** Walks from `first` (which may itself count) until `n` working days are met; `n` at least 1. */
const walk = (calendar: Calendar, first: PlainDate, n: number, direction: Direction): WorkingDate => {
  let date = first
  let provisional = isProvisional(calendar, date)
  let met = isWorkingDay(calendar, date) ? 1 : 0
  while (met < n) {
    date = addDays(date, direction)
    provisional ||= isProvisional(calendar, date)
    if (isWorkingDay(calendar, date)) met += 1
  }
  return { date, provisional }
}

const countOf = (n: number): number => {
  if (!Number.isInteger(n) || n < 0 || n > MOST_WORKING_DAYS)
    throw new RangeError(`not a count of working days from 0 to ${MOST_WORKING_DAYS}: ${n}`)
  return n
}

/**
 * The `n`-th working day counted from `from`. None at all (`n` = 0) is `from` itself, whatever day it is.
 * @throws RangeError when `n` is not a whole number from 0 to 10,000.
 */
export const addWorkingDays = (
  calendar: Calendar,
  from: PlainDate,
  n: number,
  counting: Counting,
): WorkingDate => {
  if (countOf(n) === 0) return { date: from, provisional: false }
  return walk(calendar, counting === 'from-first-day' ? from : addDays(from, 1), n, 1)
}

/**
 * The `n`-th working day before `from`, which itself does not count; `n` = 0 is `from` itself.
 * @throws RangeError when `n` is not a whole number from 0 to 10,000.
 */
export const subtractWorkingDays = (calendar: Calendar, from: PlainDate, n: number): WorkingDate =>
  countOf(n) === 0 ? { date: from, provisional: false } : walk(calendar, addDays(from, -1), n, -1)

/** The day itself when it is a working day, otherwise the first one after it. */
export const nextWorkingDay = (calendar: Calendar, date: PlainDate): PlainDate =>
  walk(calendar, date, 1, 1).date

/** The day itself when it is a working day, otherwise the last one before it (domain rule 14: chase before, not on, days off). */
export const previousWorkingDay = (calendar: Calendar, date: PlainDate): PlainDate =>
  walk(calendar, date, 1, -1).date

/** The last working day of the month the date lies in: where a monthly bulletin is cut off. */
export const lastWorkingDayOfMonth = (calendar: Calendar, date: PlainDate): PlainDate =>
  previousWorkingDay(calendar, lastDayOfMonth(date))

/** A century: longer than any span asked about, short enough for a workflow task. */
const LONGEST_SPAN_DAYS = 36_525

/**
 * Working days after `from` up to and including `to`; below zero when `to` is earlier. It undoes
 * `addWorkingDays` counted from the next day.
 * @throws RangeError when the two lie more than a century apart.
 */
export const workingDaysBetween = (calendar: Calendar, from: PlainDate, to: PlainDate): number => {
  if (to < from) {
    const backwards = workingDaysBetween(calendar, to, from)
    return backwards === 0 ? 0 : -backwards
  }
  const span = daysBetween(from, to)
  if (span > LONGEST_SPAN_DAYS) throw new RangeError(`more than a century from ${from} to ${to}`)
  let count = 0
  for (let day = 1; day <= span; day += 1) if (isWorkingDay(calendar, addDays(from, day))) count += 1
  return count
}
