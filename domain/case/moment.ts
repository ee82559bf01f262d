import { addDays, atTime } from '../calendar/dates.js'
import {
  type Calendar,
  nextWorkingDay,
  previousWorkingDay,
  subtractWorkingDays,
} from '../calendar/working-days.js'
import type { Span } from '../policy.js'
import type { Clause, Instant, PlainDate } from '../words.js'
import type { CaseEvent } from './events.js'

/**
 * A moment a case waits for: when it comes, `events` happen, by the engine, under `rule` of `clause`.
 * All of a case's pending moments are derived from its state; the earliest is its only timer.
 */
export type Moment = {
  readonly at: Instant
  readonly clause: Clause
  readonly rule: string
  readonly events: readonly CaseEvent[]
}

/** Hour at which the engine chases and announces, Asia/Shanghai. */
export const MORNING = '09:00'

/** When the engine chases and announces on a day. */
export const morningOf = (date: PlainDate): Instant => atTime(date, MORNING)

/** The day a span before `date`. */
export const spanBefore = (calendar: Calendar, date: PlainDate, span: Span): PlainDate =>
  span.of === 'working' ? subtractWorkingDays(calendar, date, span.days).date : addDays(date, -span.days)

/** Chasing on days off uses up nobody's ladder (domain rule 14): before a deadline it comes a working day earlier … */
export const workingDayBefore = previousWorkingDay
/** … and after one, a working day later. */
export const workingDayAfter = nextWorkingDay
