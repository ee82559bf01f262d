import type { Clock } from '../contracts/clock.js'
import { roundTime } from '../contracts/clock.js'
import { type Instant, instant } from '../domain/words.js'

/** The world's time as this workflow's history has it: the same at every replay. */
export const worldNow = (): Instant => instant(Date.now())

export const roundNow = (clock: Clock): Instant => roundTime(clock, worldNow())

/** Clocks of two machines may differ by this much. */
const SKEW_MILLIS = 5 * 60_000

/** The latest moment at which a command can have been given: a later one would make happen what has not fallen due. */
export const latestOf = (clock: Clock): Instant => roundTime(clock, instant(Date.now() + SKEW_MILLIS))
