import type { Calendar } from './calendar/working-days.js'
import type { Policy } from './policy.js'

/** What a case was started with and is pinned to: its city's rules and the calendar, both as data. */
export type Rules = { readonly policy: Policy; readonly calendar: Calendar }
