import { z } from 'zod'
import type { Rhythm, Span } from '../../domain/policy.js'
import { absentOr, mapping } from './mapping.js'

const SPAN = /^(\d{1,4}) (working|calendar) days?$/
const MONTHS = /^([1-9]\d{0,2}) months?$/
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/

const SPAN_HELP = '应写作“5 working days”(工作日)或“30 calendar days”(自然日)'

const spanOf = (text: string): Span => {
  const [, days, of] = SPAN.exec(text) ?? []
  return { days: Number(days), of: of === 'working' ? 'working' : 'calendar' }
}

/** A span with its unit; a bare number says neither working nor calendar days and is refused. */
export const span = (what: string) =>
  z
    .string({ error: absentOr(`${what}${SPAN_HELP}`) })
    .regex(SPAN, `${what}${SPAN_HELP}`)
    .meta({
      description: `${what}:如 5 working days(工作日)、30 calendar days(自然日)`,
      examples: ['5 working days', '30 calendar days'],
    })
    .transform(spanOf)

/** Whole months, at least one. */
export const months = (what: string) =>
  z
    .string({ error: absentOr(`${what}应写作“6 months”`) })
    .regex(MONTHS, `${what}应写作“6 months”`)
    .meta({ description: `${what}:如 6 months`, examples: ['3 months', '6 months'] })
    .transform((text) => Number.parseInt(text, 10))

const HOURS = /^([1-9]\d{0,3}) hours?$/

/** Whole hours by the clock, days off or not. */
export const hours = (what: string) =>
  z
    .string({ error: absentOr(`${what}应写作“24 hours”`) })
    .regex(HOURS, `${what}应写作“24 hours”`)
    .meta({ description: `${what}:如 24 hours(小时,不除休息日)`, examples: ['2 hours', '24 hours'] })
    .transform((text) => Number.parseInt(text, 10))

export const timeOfDay = (what: string) =>
  z
    .string({ error: absentOr(`${what}应写作 24 小时制的“17:00”`) })
    .regex(TIME, `${what}应写作 24 小时制的“17:00”`)
    .meta({ description: `${what}(北京时间):如 17:00`, examples: ['09:00', '17:00'] })

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday - 1] ?? ''

const DUE_HELP = {
  week: '每周调度应写作“Friday 17:00”,星期用 Monday 至 Sunday',
  month: '每月调度应写作“day 25 17:00”(几日,1 至 31;当月没有这一天的,为最后一天)或“last working day 17:00”',
  'ten days': '每旬调度应写作“day 10, 20, 31 17:00”,由小到大、不重复',
  day: '每日调度应写作“working day 17:00”',
} as const

type Every = keyof typeof DUE_HELP

const weekly = (day: string, time: string): Rhythm | undefined => {
  const weekday = WEEKDAYS.indexOf(day as (typeof WEEKDAYS)[number]) + 1
  return weekday > 0 ? { every: 'week', weekday, time } : undefined
}

const daysOf = (text: string): readonly number[] | undefined => {
  const listed = /^days? (\d{1,2}(?:, ?\d{1,2})*)$/.exec(text)?.[1]?.split(',').map(Number)
  const exist = listed?.every((day, index) => day > (listed[index - 1] ?? 0) && day <= 31)
  return exist ? listed : undefined
}

const monthly = (day: string, time: string): Rhythm | undefined => {
  if (day === 'last working day') return { every: 'month', day: 'last-working-day', time }
  const [only, ...others] = daysOf(day) ?? []
  return only !== undefined && others.length === 0 ? { every: 'month', day: only, time } : undefined
}

const everyTenDays = (day: string, time: string): Rhythm | undefined => {
  const days = daysOf(day)
  return days ? { every: 'ten-days', days, time } : undefined
}

const daily = (day: string, time: string): Rhythm | undefined =>
  day === 'working day' ? { every: 'day', time } : undefined

const READERS = { week: weekly, month: monthly, 'ten days': everyTenDays, day: daily } as const

/** `each: week` with `due: Friday 17:00`; undefined when it would never fall due. */
export const rhythmOf = (each: Every, due: string): Rhythm | undefined => {
  const [, day, time] = /^(.+?),? (\S+)$/.exec(due) ?? []
  return day !== undefined && time !== undefined && TIME.test(time) ? READERS[each](day, time) : undefined
}

export const dueHelp = (each: Every): string => DUE_HELP[each]

export const each = z
  .enum(['week', 'month', 'ten days', 'day'], {
    error: absentOr('多久调度一次应写作 day(每个工作日)、week(每周)、ten days(每旬)或 month(每月)'),
  })
  .meta({ titles: { week: '每周', month: '每月', 'ten days': '每旬', day: '每个工作日' } })
  .describe('多久调度一次')

export const due = z.string({ error: absentOr('何时应报,如“Friday 17:00”') }).meta({
  description: '何时应报:每周写星期几,每月写几日或最后一个工作日,每旬写三个日子,每日写 working day,再写几点',
  examples: [
    'Friday 17:00',
    'day 25 17:00',
    'last working day 17:00',
    'day 10, 20, 31 17:00',
    'working day 17:00',
  ],
})

/** How long before it is due a return is chased, and at what time of day. */
export const chase = mapping(
  { before: span('提前多久催报'), at: timeOfDay('催报时刻') },
  '催报:应报之前多久、几点提醒',
).transform(({ before, at }) => ({ ...before, time: at }))
