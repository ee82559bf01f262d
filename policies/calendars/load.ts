import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { weekday } from '../../domain/calendar/dates.js'
import { calendarVersion } from '../../domain/calendar/version.js'
import type { Calendar } from '../../domain/calendar/working-days.js'
import { isPlainDate } from '../../domain/words.js'

const NATIONAL = fileURLToPath(new URL('./cn.yaml', import.meta.url))

/** The file is missing or is no calendar; `message` is one Chinese sentence for whoever edits the file. */
export class UnreadableCalendar extends Error {
  override readonly name = 'UnreadableCalendar'
}

const days = z.array(z.string({ error: '日期须写作 月-日,如 02-14' }), { error: '应是日期的列表' })

/** Under each festival's name its days, as the notice lists them; the names stay in the file. */
const byFestival = z
  .record(z.string(), days, { error: '应按节日列出日期' })
  .transform((festivals) => Object.values(festivals).flat())

const calendarYear = z
  .strictObject(
    { source: z.string({ error: '缺少依据' }).min(1, '缺少依据'), off: byFestival, on: byFestival },
    { error: '每年应有且只有 source、off、on 三项' },
  )
  .readonly()

const calendarFile = z
  .strictObject(
    {
      years: z.record(z.string().regex(/^\d{4}$/), calendarYear, { error: '应以四位数字的年份为项' }),
    },
    { error: '全文应有且只有 years 一项' },
  )
  .check(({ value, issues }) => {
    for (const { path, message } of calendarFaults(value.years))
      issues.push({ code: 'custom', input: value, path: [...path], message })
  })

type Days = Pick<Calendar['years'][string], 'off' | 'on'>

/** Days off that are no weekdays, make-up days that are no weekend days, days a year does not have, days listed twice. */
export const calendarFaults = (
  years: Readonly<Record<string, Days>>,
): readonly { readonly path: readonly string[]; readonly message: string }[] =>
  Object.entries(years).flatMap(([year, { off, on }]) => [
    ...faultsOf(year, off, 'weekday').map((message) => ({ path: ['years', year, 'off'], message })),
    ...faultsOf(year, on, 'weekend').map((message) => ({ path: ['years', year, 'on'], message })),
  ])

const faultsOf = (
  year: string,
  listed: readonly string[],
  belongs: 'weekday' | 'weekend',
): readonly string[] => {
  const faults: string[] = []
  for (const [index, day] of listed.entries()) {
    const date = `${year}-${day}`
    if (!isPlainDate(date)) faults.push(`${day} 不是 ${year} 年的日期`)
    else if (weekday(date) >= 6 !== (belongs === 'weekend'))
      faults.push(belongs === 'weekend' ? `${date} 不是周末,不算调休上班` : `${date} 是周末,不必列为放假`)
    if (listed.indexOf(day) !== index) faults.push(`${day} 重复`)
  }
  return faults
}

const contentOf = (file: string): unknown => {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new UnreadableCalendar(`读不出工作日历 ${file}:文件不存在,或不是 YAML。`, { cause })
  }
}

/**
 * Reads a calendar of working days (by default the State Council's, `cn.yaml`) and checks it: days off must be
 * weekdays, make-up days must be weekend days, every year names its source.
 * @throws UnreadableCalendar with the place and the reason.
 */
export const loadCalendar = (file: string = NATIONAL): Calendar => {
  const read = calendarFile.safeParse(contentOf(file))
  if (!read.success) {
    const first = read.error.issues[0]
    throw new UnreadableCalendar(
      `工作日历 ${file} 有误(${first?.path.join('.') || '全文'}):${first?.message}。`,
    )
  }
  const { years } = read.data
  return { version: calendarVersion(years), years }
}
