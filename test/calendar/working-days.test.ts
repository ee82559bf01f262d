import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, lastDayOfMonth } from '../../domain/calendar/dates.js'
import { dueWithin, planDue } from '../../domain/calendar/deadlines.js'
import {
  addWorkingDays,
  type Calendar,
  type Counting,
  isProvisional,
  isWorkingDay,
  kindOfDay,
  lastWorkingDayOfMonth,
  nextWorkingDay,
  previousWorkingDay,
  subtractWorkingDays,
  workingDaysBetween,
} from '../../domain/calendar/working-days.js'
import { plainDate } from '../../domain/words.js'
import { anyDate, national, publishedDate, workingDay } from './given.js'

const day = plainDate
const add = (from: string, n: number, counting: Counting = 'from-next-day') =>
  addWorkingDays(national, day(from), n, counting)
const countings = fc.constantFrom<Counting>('from-next-day', 'from-first-day')
const counts = fc.integer({ min: 1, max: 400 })

describe('GN-02 working days', () => {
  it('works on make-up Saturdays and Sundays, and rests on the weekdays they were exchanged for', () => {
    expect(kindOfDay(national, day('2018-02-11'))).toBe('make-up')
    expect(kindOfDay(national, day('2018-02-24'))).toBe('make-up')
    expect(kindOfDay(national, day('2018-02-19'))).toBe('holiday')
    expect(kindOfDay(national, day('2018-02-25'))).toBe('weekend')
  })

  it('follows the extension of the Spring Festival of 2020, which undid a make-up Saturday', () => {
    expect(isWorkingDay(national, day('2020-01-31'))).toBe(false)
    expect(isWorkingDay(national, day('2020-02-01'))).toBe(false)
    expect(add('2020-01-23', 1)).toEqual({ date: '2020-02-03', provisional: false })
  })

  it("works on New Year's Eve of 2024, where rest was only encouraged, and rests on that of 2025", () => {
    expect(isWorkingDay(national, day('2024-02-09'))).toBe(true)
    expect(isWorkingDay(national, day('2025-01-28'))).toBe(false)
    expect(isWorkingDay(national, day('2025-05-05'))).toBe(false)
  })

  it('counts ten of them from 2 March 2026', () => {
    expect(add('2026-03-02', 10).date).toBe('2026-03-16')
  })

  it('counts over Spring Festival 2026: nine days off between two worked Saturdays', () => {
    expect(add('2026-02-13', 1).date).toBe('2026-02-14')
    expect(add('2026-02-13', 2).date).toBe('2026-02-24')
    expect(add('2026-02-13', 6).date).toBe('2026-02-28')
  })

  it('takes plain Monday to Friday past the last published year, and says so', () => {
    expect(add('2026-12-31', 0)).toEqual({ date: '2026-12-31', provisional: false })
    expect(add('2026-12-30', 1)).toEqual({ date: '2026-12-31', provisional: false })
    expect(add('2026-12-30', 2)).toEqual({ date: '2027-01-01', provisional: true })
    expect(add('2027-10-01', 1, 'from-first-day')).toEqual({ date: '2027-10-01', provisional: true })
  })

  it('is provisional too when an unpublished year was only walked over', () => {
    const { '2020': _unpublished, ...years } = national.years
    const gap: Calendar = { version: 'without-2020', years }
    // By hand: 31 December 2019 (1), all 262 weekdays of 2020 (263), January 2021 (283), then Spring Festival 2021.
    expect(addWorkingDays(gap, day('2019-12-30'), 300, 'from-next-day')).toEqual({
      date: '2021-02-26',
      provisional: true,
    })
    expect(addWorkingDays(gap, day('2021-01-04'), 20, 'from-next-day').provisional).toBe(false)
    expect(subtractWorkingDays(gap, day('2021-01-04'), 1)).toEqual({ date: '2020-12-31', provisional: true })
  })

  it('finds the last working day of a month before a holiday', () => {
    expect(lastWorkingDayOfMonth(national, day('2026-02-10'))).toBe('2026-02-28')
    expect(lastWorkingDayOfMonth(national, day('2018-09-01'))).toBe('2018-09-30')
    expect(lastWorkingDayOfMonth(national, day('2018-12-01'))).toBe('2018-12-29')
  })

  it.each([-1, 1.5, 10_001, 1e9, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses to count %d of them',
    (n) => {
      expect(() => add('2026-03-02', n)).toThrow(RangeError)
      expect(() => subtractWorkingDays(national, day('2026-03-02'), n)).toThrow(RangeError)
    },
  )

  it('counts ten thousand, and no span beyond a century', () => {
    const { date } = add('2017-01-01', 10_000)
    expect(workingDaysBetween(national, day('2017-01-01'), date)).toBe(10_000)
    expect(() => workingDaysBetween(national, day('1900-01-01'), day('2100-01-01'))).toThrow(RangeError)
  })
})

describe('GN-04 a public notice counts the day of posting', () => {
  it('ends ten working days later less one when posted on a working day', () => {
    expect(add('2026-03-02', 10, 'from-first-day').date).toBe('2026-03-13')
  })

  it('begins on the next working day when posted on a day off', () => {
    expect(add('2026-02-17', 1, 'from-first-day').date).toBe('2026-02-24')
  })

  it('is never shorter than its working days, in one counting or the other', () => {
    fc.assert(
      fc.property(anyDate, counts, (posted, n) => {
        const { date } = addWorkingDays(national, posted, n, 'from-first-day')
        expect(workingDaysBetween(national, addDays(posted, -1), date)).toBe(n)
      }),
    )
  })
})

describe('GN-12 a plan is due within 30 working days of the feedback', () => {
  it('Hohhot: fed back on Sunday 17 May 2020, due on 29 June', () => {
    // By hand: 18 May to 24 June are 28 working days; 25 to 27 June is 端午; Sunday 28 June is worked (29), Monday 29 June is the 30th.
    expect(planDue(national, day('2020-05-17'))).toEqual({
      date: '2020-06-29',
      at: '2020-06-29T15:59:59.999Z',
      provisional: false,
    })
  })

  it('Yongzhou: fed back on Saturday 29 September 2018, a make-up day, due on 15 November', () => {
    // By hand: Sunday 30 September is worked (1); 1 to 7 October is off; 8 October to 9 November are 25 (26); 12 to 15 November 4 more.
    expect(planDue(national, day('2018-09-29'))).toEqual({
      date: '2018-11-15',
      at: '2018-11-15T15:59:59.999Z',
      provisional: false,
    })
  })
})

describe('rule 13: spans end with a day, not after so many hours', () => {
  it('ends working days on working days and calendar days on any', () => {
    expect(dueWithin(national, day('2018-09-28'), { days: 3, of: 'working' }).date).toBe('2018-10-08')
    expect(dueWithin(national, day('2018-09-28'), { days: 3, of: 'calendar' }).date).toBe('2018-10-01')
  })

  it('counts the first of calendar days, too, where the notice of December 2019 did: 13th to 19th are seven', () => {
    const week = { days: 7, of: 'calendar' } as const
    expect(dueWithin(national, day('2019-12-13'), week, 'from-first-day').date).toBe('2019-12-19')
    expect(dueWithin(national, day('2019-12-13'), { ...week, days: 0 }, 'from-first-day').date).toBe(
      '2019-12-13',
    )
  })
})

describe('whatever the dates', () => {
  it('adding n and counting gives n, there and back', () => {
    fc.assert(
      fc.property(anyDate, counts, (from, n) => {
        const { date } = addWorkingDays(national, from, n, 'from-next-day')
        expect(workingDaysBetween(national, from, date)).toBe(n)
        expect(workingDaysBetween(national, date, from)).toBe(-n)
      }),
    )
  })

  it('never ends on a day off', () => {
    fc.assert(
      fc.property(anyDate, counts, countings, (from, n, counting) => {
        expect(isWorkingDay(national, addWorkingDays(national, from, n, counting).date)).toBe(true)
        expect(isWorkingDay(national, subtractWorkingDays(national, from, n).date)).toBe(true)
      }),
    )
  })

  it('one day more is strictly later; a later start never ends earlier', () => {
    fc.assert(
      fc.property(anyDate, counts, fc.nat(30), countings, (from, n, later, counting) => {
        const { date } = addWorkingDays(national, from, n, counting)
        expect(addWorkingDays(national, from, n + 1, counting).date > date).toBe(true)
        expect(addWorkingDays(national, addDays(from, later), n, counting).date >= date).toBe(true)
      }),
    )
  })

  it('counting from the first day is counting from the day before', () => {
    fc.assert(
      fc.property(anyDate, counts, (from, n) => {
        expect(addWorkingDays(national, from, n, 'from-first-day').date).toBe(
          addWorkingDays(national, addDays(from, -1), n, 'from-next-day').date,
        )
      }),
    )
  })

  it('subtracting undoes adding on working days', () => {
    fc.assert(
      fc.property(workingDay, counts, (from, n) => {
        const { date } = addWorkingDays(national, from, n, 'from-next-day')
        expect(subtractWorkingDays(national, date, n).date).toBe(from)
      }),
    )
  })

  it('the next and the previous working day close in on a day off, and are the day itself otherwise', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const next = nextWorkingDay(national, date)
        const previous = previousWorkingDay(national, date)
        expect(previous <= date && date <= next).toBe(true)
        expect(next === date).toBe(isWorkingDay(national, date))
        expect(previous === date).toBe(isWorkingDay(national, date))
        expect(workingDaysBetween(national, previous, next)).toBe(isWorkingDay(national, date) ? 0 : 1)
      }),
    )
  })

  it('the last working day of a month has only days off after it', () => {
    fc.assert(
      fc.property(publishedDate, (date) => {
        const last = lastWorkingDayOfMonth(national, date)
        expect(last.slice(0, 7)).toBe(date.slice(0, 7))
        expect(isWorkingDay(national, last)).toBe(true)
        expect(workingDaysBetween(national, last, lastDayOfMonth(date))).toBe(0)
      }),
    )
  })

  it('is never provisional within the published years, and always past them', () => {
    fc.assert(
      fc.property(publishedDate, counts, (from, n) => {
        const { date, provisional } = addWorkingDays(national, from, n, 'from-next-day')
        expect(provisional).toBe(date > '2026-12-31')
        expect(isProvisional(national, date)).toBe(provisional)
      }),
    )
  })

  it('no pause in work is longer than the ten days of Spring Festival 2020', () => {
    fc.assert(
      fc.property(publishedDate, (date) => {
        expect(daysBetween(date, add(date, 1).date)).toBeLessThanOrEqual(11)
      }),
    )
  })
})
