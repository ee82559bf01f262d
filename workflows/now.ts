import type { Clock } from '../contracts/clock.js'
import { roundTime } from '../contracts/clock.js'
import { type Instant, instant } from '../domain/words.js'

/** The world's time as this workflow's history has it: the same at every replay. */
export const worldNow = (): Instant => instant(Date.now())

export const roundNow = (clock: Clock): Instant => roundTime(clock, worldNow())
