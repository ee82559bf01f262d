import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../domain/calendar/dates.js'
import { eachPeriod, isPeriod, periodContaining, periodsOf } from '../../domain/calendar/periods.js'
import { plainDate } from '../../domain/words.js'
import { anyDate } from './given.js'

const day = plainDate
const first = <T>(count: number, all: Generator<T, never>): readonly T[] =>
  Array.from({ length: count }, () => all.next().value)

describe('JN-06 每半年各自至少研究1次', () => {
  it('is due in each calendar half-year, the one of the plan being the first', () => {
    expect(first(3, periodsOf('P6M', day('2018-07-02')))).toEqual([
      { from: '2018-07-01', to: '2018-12-31' },
      { from: '2019-01-01', to: '2019-06-30' },
      { from: '2019-07-01', to: '2019-12-31' },
    ])
  })
})

describe("the calendar's own periods", () => {
  it.each([
    ['P1D', '2020-05-17', '2020-05-17'],
    ['P1W', '2020-05-11', '2020-05-17'],
    ['P1M', '2020-05-01', '2020-05-31'],
    ['P2M', '2020-05-01', '2020-06-30'],
    ['P3M', '2020-04-01', '2020-06-30'],
    ['P6M', '2020-01-01', '2020-06-30'],
    ['P1Y', '2020-01-01', '2020-12-31'],
    ['P12M', '2020-01-01', '2020-12-31'],
  ])('%s around Sunday 2020-05-17 is %s to %s', (period, from, to) => {
    expect(periodContaining(period, day('2020-05-17'))).toEqual({ from, to })
  })

  it('begins a period the calendar does not have on the day itself', () => {
    expect(first(2, periodsOf('P2W', day('2020-05-17')))).toEqual([
      { from: '2020-05-17', to: '2020-05-30' },
      { from: '2020-05-31', to: '2020-06-13' },
    ])
  })
})

describe('periods from an anchor', () => {
  it('come back to the 31st after February', () => {
    expect(first(3, eachPeriod(day('2019-01-31'), 'P1M')).map(({ from }) => from)).toEqual([
      '2019-01-31',
      '2019-02-28',
      '2019-03-31',
    ])
  })

  it('cover every day once', () => {
    const period = fc.constantFrom(
      'P1D',
      'P10D',
      'P1W',
      'P2W',
      'P1M',
      'P2M',
      'P3M',
      'P5M',
      'P6M',
      'P1Y',
      'P5Y',
    )
    fc.assert(
      fc.property(anyDate, period, (date, every) => {
        const periods = first(6, periodsOf(every, date))
        expect(periods[0] && periods[0].from <= date && date <= periods[0].to).toBe(true)
        periods.forEach(({ from, to }, index) => {
          expect(from <= to).toBe(true)
          const following = periods[index + 1]
          if (following) expect(following.from).toBe(addDays(to, 1))
        })
      }),
    )
  })
})

describe('what is no period', () => {
  it.each(['', 'P', 'P0M', '6M', 'P6', 'P-1M', 'P1.5M', 'P1M2W', 'PT1H', 'P1000D', 'p6m', '每半年'])(
    '%j',
    (text) => {
      expect(isPeriod(text)).toBe(false)
      expect(() => periodContaining(text, day('2020-05-17'))).toThrow(RangeError)
      expect(() => eachPeriod(day('2020-05-17'), text).next()).toThrow(RangeError)
    },
  )
})
