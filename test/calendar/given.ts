import fc from 'fast-check'
import { addDays } from '../../domain/calendar/dates.js'
import { isWorkingDay } from '../../domain/calendar/working-days.js'
import { plainDate } from '../../domain/words.js'
import { loadCalendar } from '../../policies/calendars/load.js'

/** The calendar the product ships with. */
export const national = loadCalendar()

const daysFrom = (first: string, last: number) =>
  fc.integer({ min: 0, max: last }).map((days) => addDays(plainDate(first), days))

/** 1960 to 2060: before, within and past the published years. */
export const anyDate = daysFrom('1960-01-01', 36_524)

/** 2017 to 2026: the years whose notices are out. */
export const publishedDate = daysFrom('2017-01-01', 3_651)

export const workingDay = anyDate.filter((date) => isWorkingDay(national, date))
