import type { Span } from '../policy.js'
import type { Instant, PlainDate } from '../words.js'
import { addDays, endOfDay } from './dates.js'
import { addWorkingDays, type Calendar, type Counting } from './working-days.js'

/** `at` is the last moment in time; one millisecond later is late. */
export type Due = { readonly date: PlainDate; readonly at: Instant; readonly provisional: boolean }

/** GN-12: 规定 (2019), 30 working days from the feedback. A national rule, so no city's parameter. */
const PLAN_WITHIN: Span = { days: 30, of: 'working' }

const calendarDays = (days: number, counting: Counting): number =>
  counting === 'from-first-day' ? Math.max(0, days - 1) : days

const lastDay = (calendar: Calendar, from: PlainDate, span: Span, counting: Counting) => {
  switch (span.of) {
    case 'working':
      return addWorkingDays(calendar, from, span.days, counting)
    case 'calendar':
      return { date: addDays(from, calendarDays(span.days, counting)), provisional: false }
  }
}

/**
 * When a span counted from a day runs out: at the end of its last day in Shanghai (GN-01), never "n times 24 hours"
 * (domain rule 13). Calendar days end on any day, working days only on working days.
 * @throws RangeError when the span's days are not whole, or working days are not 0 to 10,000.
 */
export const dueWithin = (
  calendar: Calendar,
  from: PlainDate,
  span: Span,
  counting: Counting = 'from-next-day',
): Due => {
  const { date, provisional } = lastDay(calendar, from, span, counting)
  return { date, at: endOfDay(date), provisional }
}

/** When a city's plan is due after the feedback (GN-12). */
export const planDue = (calendar: Calendar, feedback: PlainDate): Due =>
  dueWithin(calendar, feedback, PLAN_WITHIN)
