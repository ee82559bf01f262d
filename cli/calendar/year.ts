import { addDays, addMonths, daysBetween, lastDayOfMonth } from '../../domain/calendar/dates.js'
import {
  type Calendar,
  isWorkingDay,
  kindOfDay,
  lastWorkingDayOfMonth,
} from '../../domain/calendar/working-days.js'
import type { PlainDate } from '../../domain/words.js'
import { weekdayName } from './day.js'

const daysOfMonth = (first: PlainDate): readonly PlainDate[] =>
  Array.from({ length: daysBetween(first, lastDayOfMonth(first)) + 1 }, (_, day) => addDays(first, day))

/** Days of one month, those in a row drawn together: `16–20、23`. */
const inRuns = (dates: readonly PlainDate[]): string => {
  const runs: { first: PlainDate; last: PlainDate }[] = []
  for (const date of dates) {
    const open = runs.at(-1)
    if (open && addDays(open.last, 1) === date) open.last = date
    else runs.push({ first: date, last: date })
  }
  const day = (date: PlainDate): string => String(Number(date.slice(8)))
  return runs
    .map(({ first, last }) => (first === last ? day(first) : `${day(first)}–${day(last)}`))
    .join('、')
}

/** Chinese characters and full-width marks take two columns of a terminal. */
const width = (text: string): number => [...text].reduce((sum, char) => sum + (char >= '⺀' ? 2 : 1), 0)
const left = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))
const right = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - width(text))) + text

type Row = readonly [month: string, working: string, last: string, off: string, on: string]

const line = ([month, working, last, off, on]: Row): string =>
  `  ${right(month, 4)}${right(working, 8)}   ${left(last, 14)}${left(off, 14)}${on}`.trimEnd()

const rowOf = (calendar: Calendar, first: PlainDate): Row => {
  const days = daysOfMonth(first)
  const ofKind = (kind: 'holiday' | 'make-up') => days.filter((date) => kindOfDay(calendar, date) === kind)
  const last = lastWorkingDayOfMonth(calendar, first)
  return [
    `${Number(first.slice(5, 7))}月`,
    String(days.filter((date) => isWorkingDay(calendar, date)).length),
    `${Number(last.slice(8))}日 ${weekdayName(last)}`,
    inRuns(ofKind('holiday')),
    inRuns(ofKind('make-up')),
  ]
}

/** A year by months: working days, the last of them, weekdays off, weekend days worked. */
export const renderYear = (calendar: Calendar, firstDay: PlainDate): string => {
  const name = firstDay.slice(0, 4)
  const rows = Array.from({ length: 12 }, (_, month) => rowOf(calendar, addMonths(firstDay, month)))
  const total = rows.reduce((sum, [, working]) => sum + Number(working), 0)
  return [
    `${name} 年工作日历 · ${total} 个工作日`,
    `依据:${calendar.years[name]?.source ?? '尚未公布'}`,
    '',
    line(['月份', '工作日', '末个工作日', '平日放假', '周末上班']),
    ...rows.map(line),
  ].join('\n')
}
