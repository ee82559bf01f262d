import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, weekday } from '../../domain/calendar/dates.js'
import { isProvisional, isWorkingDay } from '../../domain/calendar/working-days.js'
import { type PlainDate, plainDate } from '../../domain/words.js'
import { calendarYaml } from '../../scripts/calendar-data.js'
import { national } from './given.js'

type Notice = {
  readonly number: string
  /** 放假: first and last day, weekends in between included. */
  readonly off: readonly (readonly [from: string, to: string])[]
  /** 上班 */
  readonly on: readonly string[]
}

/** Copied by hand from the notices themselves, in the order they were issued; a later one prevails. */
const notices: readonly Notice[] = [
  {
    number: '国办发明电〔2016〕17号',
    off: [
      ['2017-01-01', '2017-01-02'],
      ['2017-01-27', '2017-02-02'],
      ['2017-04-02', '2017-04-04'],
      ['2017-05-01', '2017-05-01'],
      ['2017-05-28', '2017-05-30'],
      ['2017-10-01', '2017-10-08'],
    ],
    on: ['2017-01-22', '2017-02-04', '2017-04-01', '2017-05-27', '2017-09-30'],
  },
  {
    number: '国办发明电〔2017〕12号',
    off: [
      ['2018-01-01', '2018-01-01'],
      ['2018-02-15', '2018-02-21'],
      ['2018-04-05', '2018-04-07'],
      ['2018-04-29', '2018-05-01'],
      ['2018-06-18', '2018-06-18'],
      ['2018-09-24', '2018-09-24'],
      ['2018-10-01', '2018-10-07'],
    ],
    on: ['2018-02-11', '2018-02-24', '2018-04-08', '2018-04-28', '2018-09-29', '2018-09-30'],
  },
  {
    number: '国办发明电〔2018〕15号',
    off: [
      ['2018-12-30', '2019-01-01'],
      ['2019-02-04', '2019-02-10'],
      ['2019-04-05', '2019-04-05'],
      ['2019-05-01', '2019-05-01'],
      ['2019-06-07', '2019-06-07'],
      ['2019-09-13', '2019-09-13'],
      ['2019-10-01', '2019-10-07'],
    ],
    on: ['2018-12-29', '2019-02-02', '2019-02-03', '2019-09-29', '2019-10-12'],
  },
  {
    number: '国办发明电〔2019〕3号',
    off: [['2019-05-01', '2019-05-04']],
    on: ['2019-04-28', '2019-05-05'],
  },
  {
    number: '国办发明电〔2019〕16号',
    off: [
      ['2020-01-01', '2020-01-01'],
      ['2020-01-24', '2020-01-30'],
      ['2020-04-04', '2020-04-06'],
      ['2020-05-01', '2020-05-05'],
      ['2020-06-25', '2020-06-27'],
      ['2020-10-01', '2020-10-08'],
    ],
    on: ['2020-01-19', '2020-02-01', '2020-04-26', '2020-05-09', '2020-06-28', '2020-09-27', '2020-10-10'],
  },
  { number: '国办发明电〔2020〕1号', off: [['2020-01-31', '2020-02-02']], on: [] },
  {
    number: '国办发明电〔2020〕27号',
    off: [
      ['2021-01-01', '2021-01-03'],
      ['2021-02-11', '2021-02-17'],
      ['2021-04-03', '2021-04-05'],
      ['2021-05-01', '2021-05-05'],
      ['2021-06-12', '2021-06-14'],
      ['2021-09-19', '2021-09-21'],
      ['2021-10-01', '2021-10-07'],
    ],
    on: ['2021-02-07', '2021-02-20', '2021-04-25', '2021-05-08', '2021-09-18', '2021-09-26', '2021-10-09'],
  },
  {
    number: '国办发明电〔2021〕11号',
    off: [
      ['2022-01-01', '2022-01-03'],
      ['2022-01-31', '2022-02-06'],
      ['2022-04-03', '2022-04-05'],
      ['2022-04-30', '2022-05-04'],
      ['2022-06-03', '2022-06-05'],
      ['2022-09-10', '2022-09-12'],
      ['2022-10-01', '2022-10-07'],
    ],
    on: ['2022-01-29', '2022-01-30', '2022-04-02', '2022-04-24', '2022-05-07', '2022-10-08', '2022-10-09'],
  },
  {
    number: '国办发明电〔2022〕16号',
    off: [
      ['2022-12-31', '2023-01-02'],
      ['2023-01-21', '2023-01-27'],
      ['2023-04-05', '2023-04-05'],
      ['2023-04-29', '2023-05-03'],
      ['2023-06-22', '2023-06-24'],
      ['2023-09-29', '2023-10-06'],
    ],
    on: ['2023-01-28', '2023-01-29', '2023-04-23', '2023-05-06', '2023-06-25', '2023-10-07', '2023-10-08'],
  },
  {
    number: '国办发明电〔2023〕7号',
    off: [
      ['2024-01-01', '2024-01-01'],
      ['2024-02-10', '2024-02-17'],
      ['2024-04-04', '2024-04-06'],
      ['2024-05-01', '2024-05-05'],
      ['2024-06-10', '2024-06-10'],
      ['2024-09-15', '2024-09-17'],
      ['2024-10-01', '2024-10-07'],
    ],
    on: [
      '2024-02-04',
      '2024-02-18',
      '2024-04-07',
      '2024-04-28',
      '2024-05-11',
      '2024-09-14',
      '2024-09-29',
      '2024-10-12',
    ],
  },
  {
    number: '国办发明电〔2024〕12号',
    off: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    on: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    number: '国办发明电〔2025〕7号',
    off: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    on: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
]

const daysFrom = (from: string, to: string): readonly PlainDate[] =>
  Array.from({ length: daysBetween(plainDate(from), plainDate(to)) + 1 }, (_, day) =>
    addDays(plainDate(from), day),
  )

const work = new Map<string, 'work' | 'no work'>()
for (const { off, on } of notices) {
  for (const [from, to] of off) for (const date of daysFrom(from, to)) work.set(date, 'no work')
  for (const date of on) work.set(date, 'work')
}
const byTheNotices = (date: PlainDate): boolean => {
  const arranged = work.get(date)
  return arranged === undefined ? weekday(date) <= 5 : arranged === 'work'
}

describe('GN-02 cn.yaml against the notices of the State Council', () => {
  it.each([2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026])(
    '%i: every day as the notices say',
    (year) => {
      const days = daysFrom(`${year}-01-01`, `${year}-12-31`)
      expect(days.filter((date) => isWorkingDay(national, date))).toEqual(days.filter(byTheNotices))
    },
  )

  it('names, for each year, every notice that touches it', () => {
    for (const { number, off, on } of notices) {
      for (const year of new Set([...off.flat(), ...on].map((date) => date.slice(0, 4)))) {
        expect(national.years[year]?.source).toContain(number)
      }
    }
  })

  it('does not know 2027 yet', () => {
    expect(isProvisional(national, plainDate('2026-12-31'))).toBe(false)
    expect(isProvisional(national, plainDate('2027-01-01'))).toBe(true)
  })

  it('is what the script would write again', () => {
    const file = new URL('../../policies/calendars/cn.yaml', import.meta.url)
    expect(readFileSync(file, 'utf8')).toBe(calendarYaml())
  })
})
