import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  atTime,
  dateOf,
  daysBetween,
  earlierDate,
  endOfDay,
  isAfter,
  isBefore,
  lastDayOfMonth,
  laterDate,
  quarterEnd,
  startOfDay,
  weekday,
} from '../../domain/calendar/dates.js'
import { instant, isPlainDate, millis, plainDate } from '../../domain/words.js'
import { anyDate } from './given.js'

const day = plainDate

describe('GN-01 a deadline is the end of its last day in Shanghai', () => {
  it('ends one millisecond before midnight, which is eight hours earlier in UTC', () => {
    expect(endOfDay(day('2018-08-31'))).toBe('2018-08-31T15:59:59.999Z')
  })

  it('counts 16:00 UTC as the next day already', () => {
    expect(dateOf(instant('2018-08-31T15:59:59.999Z'))).toBe('2018-08-31')
    expect(dateOf(instant('2018-08-31T16:00:00.000Z'))).toBe('2018-09-01')
  })

  it('reads a time of day in Shanghai, also when UTC is still on the day before', () => {
    expect(atTime(day('2018-07-06'), '17:00')).toBe('2018-07-06T09:00:00.000Z')
    expect(atTime(day('2019-01-01'), '07:30')).toBe('2018-12-31T23:30:00.000Z')
  })

  it.each(['24:00', '9:00', '12:60', '12', '', '12:00:00'])('refuses %j as a time of day', (time) => {
    expect(() => atTime(day('2018-07-06'), time)).toThrow(RangeError)
  })

  it('leaves no gap and no overlap between two days', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(millis(startOfDay(addDays(date, 1))) - millis(endOfDay(date))).toBe(1)
        expect(dateOf(endOfDay(date))).toBe(date)
        expect(dateOf(startOfDay(date))).toBe(date)
      }),
    )
  })

  it('sorts moments as it sorts their days', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (a, b) => {
        expect(endOfDay(a) < endOfDay(b)).toBe(isBefore(a, b))
        expect(isAfter(a, b)).toBe(isBefore(b, a))
        expect([earlierDate(a, b), laterDate(a, b)]).toEqual([a, b].toSorted())
      }),
    )
  })
})

describe('days and months', () => {
  it('crosses leap days, months and years', () => {
    expect(addDays(day('2020-02-28'), 1)).toBe('2020-02-29')
    expect(addDays(day('2019-02-28'), 1)).toBe('2019-03-01')
    expect(addDays(day('2019-01-01'), -1)).toBe('2018-12-31')
  })

  it('writes only days that exist, as far as four digits of a year reach', () => {
    const everyDay = fc.integer({ min: 0, max: 3_652_058 })
    fc.assert(
      fc.property(everyDay, (days) => {
        const date = addDays(day('0000-01-01'), days)
        expect(isPlainDate(date)).toBe(true)
        expect(daysBetween(day('0000-01-01'), date)).toBe(days)
        expect(isPlainDate(addMonths(date, -Number(date.slice(5, 7)) + 1))).toBe(true)
      }),
    )
  })

  it('gives way to the last day of a shorter month', () => {
    expect(addMonths(day('2020-01-31'), 1)).toBe('2020-02-29')
    expect(addMonths(day('2019-08-31'), 6)).toBe('2020-02-29')
    expect(addMonths(day('2020-02-29'), 12)).toBe('2021-02-28')
    expect(addMonths(day('2018-03-31'), -1)).toBe('2018-02-28')
    expect(addMonths(day('2018-01-15'), -1)).toBe('2017-12-15')
  })

  it('knows the weekdays of days that are on record', () => {
    expect(weekday(day('2018-09-29'))).toBe(6)
    expect(weekday(day('2020-05-17'))).toBe(7)
    expect(weekday(day('1969-12-31'))).toBe(3)
    expect(weekday(day('2026-11-23'))).toBe(1)
  })

  it('ends months and quarters on their last day', () => {
    expect(lastDayOfMonth(day('2018-08-01'))).toBe('2018-08-31')
    expect(lastDayOfMonth(day('2000-02-01'))).toBe('2000-02-29')
    expect(lastDayOfMonth(day('1900-02-01'))).toBe('1900-02-28')
    expect(quarterEnd(day('2018-04-01'))).toBe('2018-06-30')
    expect(quarterEnd(day('2018-12-31'))).toBe('2018-12-31')
  })

  it('counts days forwards and backwards alike', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      }),
    )
  })

  it('lands in the month asked for, never later than the same day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const monthsSinceZero = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
        const moved = addMonths(date, months)
        expect(monthsSinceZero(moved) - monthsSinceZero(date)).toBe(months)
        expect(moved.slice(8) <= date.slice(8)).toBe(true)
        expect(moved.slice(8) === date.slice(8) || moved === lastDayOfMonth(moved)).toBe(true)
      }),
    )
  })

  it('refuses parts of days and years beyond four digits', () => {
    expect(() => addDays(day('2020-01-01'), 0.5)).toThrow(RangeError)
    expect(() => addMonths(day('2020-01-01'), Number.NaN)).toThrow(RangeError)
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError)
    expect(() => addDays(day('2020-01-01'), Number.MAX_SAFE_INTEGER)).toThrow(RangeError)
    expect(() => addMonths(day('0000-01-31'), -1)).toThrow(RangeError)
  })
})
