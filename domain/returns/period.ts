import { addDays, atTime, dateOf, lastDayOfMonth, laterDate, weekday } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { type Calendar, isWorkingDay, lastWorkingDayOfMonth } from '../calendar/working-days.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import type { Rhythm } from '../policy.js'
import { never } from '../refusal.js'
import { remembered } from '../remembered.js'
import type { Instant, PlainDate } from '../words.js'

/** Enough for a year of ten-day returns over any holidays. */
const FURTHEST_DAYS = 400

/** A day the month does not have is its last one. */
const isDayOfMonth = (date: PlainDate, day: number): boolean =>
  Number(date.slice(8)) === Math.min(day, Number(lastDayOfMonth(date).slice(8)))

/** Is a return due on this day, before holidays are looked at? */
const isBeat = (rhythm: Rhythm, calendar: Calendar, date: PlainDate): boolean => {
  switch (rhythm.every) {
    case 'week':
      return weekday(date) === rhythm.weekday
    case 'month':
      return rhythm.day === 'last-working-day'
        ? date === lastWorkingDayOfMonth(calendar, date)
        : isDayOfMonth(date, rhythm.day)
    case 'day':
      return isWorkingDay(calendar, date)
    case 'ten-days':
      return rhythm.days.some((day) => isDayOfMonth(date, day))
    default:
      return never(rhythm)
  }
}

/** The beat moved off a holiday: back to the last working day since the beat before it, or none at all. */
const offHoliday = (rhythm: Rhythm, calendar: Calendar, beat: PlainDate): PlainDate | undefined => {
  for (let day = beat, steps = 0; steps < 31; day = addDays(day, -1), steps += 1) {
    if (steps > 0 && isBeat(rhythm, calendar, day)) return undefined
    if (isWorkingDay(calendar, day)) return day
  }
  return undefined
}

/**
 * First due day after `date`, in the policy's rhythm (JN-07, HH-02, HY-01). A due day that is no working day moves to the
 * working day before it; a week without one asks for nothing (domain rule 14).
 */
export const dueDayAfter = (rhythm: Rhythm, calendar: Calendar, date: PlainDate): PlainDate => {
  const known = daysFound(calendar)(rhythm)
  const found = known.get(date) ?? soughtAfter(rhythm, calendar, date)
  known.set(date, found)
  return found
}

/** All cases of a round ask for the same few days; rules and calendars never change: new ones are other values. */
const daysFound = remembered((_: Calendar) => remembered((__: Rhythm) => new Map<PlainDate, PlainDate>()))

const soughtAfter = (rhythm: Rhythm, calendar: Calendar, date: PlainDate): PlainDate => {
  for (let beat = addDays(date, 1), steps = 0; steps < FURTHEST_DAYS; beat = addDays(beat, 1), steps += 1) {
    if (!isBeat(rhythm, calendar, beat)) continue
    const day = offHoliday(rhythm, calendar, beat)
    if (day !== undefined && day > date) return day
  }
  throw new RangeError(`no return ever falls due after ${date}`)
}

/** When a return is due: the policy's hour on the due day, Asia/Shanghai. */
export const returnDueAt = ({ policy }: Rules, period: PlainDate): Instant =>
  atTime(period, policy.returns.rhythm.time)

/** Due day of the return now awaited; undefined while the case owes none. */
export const awaitedPeriod = ({ policy, calendar }: Rules, state: CaseState): PlainDate | undefined => {
  const { from, settled } = state.returns
  if (from === undefined || !owesReturns(state)) return undefined
  const graceEnds = dueWithin(calendar, dateOf(from), policy.returns.grace).date
  const after = settled === undefined ? graceEnds : laterDate(graceEnds, settled)
  const first = dueDayAfter(policy.returns.rhythm, calendar, addDays(after, -1))
  return first > (settled ?? '') ? first : dueDayAfter(policy.returns.rhythm, calendar, after)
}

/** Each open case owes returns from handing over until it is in the hands of those who verify. */
export const owesReturns = ({ phase }: CaseState): boolean =>
  phase === 'handed-over' || phase === 'acknowledged' || phase === 'rectifying'
