import {
  addDays,
  addMonths,
  atTime,
  dateOf,
  endOfDay,
  firstDayOfBlock,
  lastDayOfMonth,
} from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { lastWorkingDayOfMonth, subtractWorkingDays } from '../calendar/working-days.js'
import type { Rules } from '../context.js'
import type { CadenceRule, CadenceRules, Span } from '../policy.js'
import { never } from '../refusal.js'
import type { Instant, PlainDate } from '../words.js'
import {
  PERIODIC_TITLES,
  PERIODICS,
  type Periodic,
  type PeriodOf,
  type PeriodState,
  type RoundState,
} from './types.js'

const MONTHS: Readonly<Record<CadenceRule['every'], 1 | 3 | 6>> = { month: 1, quarter: 3, 'half-year': 6 }

const nameOf = (first: PlainDate, every: CadenceRule['every']): string => {
  const [year, month] = [first.slice(0, 4), Number(first.slice(5, 7))]
  switch (every) {
    case 'month':
      return first.slice(0, 7)
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`
    case 'half-year':
      return `${year}-H${month <= 6 ? 1 : 2}`
    default:
      return never(every)
  }
}

/** 2019年10月, 2019年第4季度, 2019年下半年 */
export const periodInWords = (period: string): string => {
  const [year = '', rest = ''] = period.split('-')
  if (rest.startsWith('Q')) return `${year}年第${rest.slice(1)}季度`
  if (rest.startsWith('H')) return `${year}年${rest === 'H1' ? '上' : '下'}半年`
  return `${year}年${Number(rest)}月`
}

/** `2020年6月通报`. */
export const titleOf = ({ thing, period }: Pick<PeriodOf, 'thing' | 'period'>): string =>
  `${periodInWords(period)}${PERIODIC_TITLES[thing]}`

const cutOffDay = ({ calendar }: Rules, { cutOff }: CadenceRule, lastMonth: PlainDate): PlainDate =>
  cutOff === 'last-working-day' ? lastWorkingDayOfMonth(calendar, lastMonth) : lastDayOfMonth(lastMonth)

/** The block of months that begins on `first`; what comes after the cut-off of one belongs to the next, so no day is in none. */
const periodOf = (rules: Rules, thing: Periodic, rule: CadenceRule, first: PlainDate): PeriodOf => {
  const last = cutOffDay(rules, rule, addMonths(first, MONTHS[rule.every] - 1))
  return {
    thing,
    period: nameOf(first, rule.every),
    from: addDays(cutOffDay(rules, rule, addMonths(first, -1)), 1),
    to: last,
    cutOff: endOfDay(last),
  }
}

/** The first period that is cut off on `day` or later. */
const periodFrom = (rules: Rules, thing: Periodic, rule: CadenceRule, day: PlainDate): PeriodOf => {
  const first = firstDayOfBlock(day, MONTHS[rule.every])
  const here = periodOf(rules, thing, rule, first)
  return here.to >= day ? here : periodOf(rules, thing, rule, addMonths(first, MONTHS[rule.every]))
}

export const lastPeriod = ({ periods }: RoundState, thing: Periodic): PeriodState | undefined =>
  periods.findLast((one) => one.thing === thing)

/** Which period is cut off next; nothing before there is a plan to carry out, or where the rules have no cadence. */
export const nextPeriod = (rules: Rules, state: RoundState, thing: Periodic): PeriodOf | undefined => {
  const rule = rules.policy.cadence?.[thing]
  if (!rule || !state.plan || state.phase !== 'carrying-out') return undefined
  const last = lastPeriod(state, thing)
  return periodFrom(rules, thing, rule, last ? addDays(last.to, 1) : dateOf(state.plan.adoptedAt))
}

export const nextPeriods = (rules: Rules, state: RoundState): readonly PeriodOf[] =>
  PERIODICS.flatMap((thing) => nextPeriod(rules, state, thing) ?? [])

/** Days are counted from the cut-off, or from when a missed one is caught up. */
export const issueBy = ({ calendar }: Rules, { within }: CadenceRule, from: PlainDate): PlainDate =>
  dueWithin(calendar, from, within).date

/** In the morning of a working day before it is due; none on days off (domain rule 14). */
export const chaseAt = ({ calendar }: Rules, { chase, chaseTime }: CadenceRules, due: PlainDate): Instant =>
  atTime(before(calendar, due, chase), chaseTime)

const before = (calendar: Rules['calendar'], due: PlainDate, { days, of }: Span): PlainDate =>
  of === 'working' ? subtractWorkingDays(calendar, due, days).date : addDays(due, -days)
