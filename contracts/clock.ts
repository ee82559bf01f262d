import { type Instant, instant, millis } from '../domain/words.js'

/**
 * A round's time. A real round lives in the world's; a drill (演练) in its own, which starts at `roundStart` when the
 * world's stands at `worldStart`, stands still before, and runs `speed` times as fast. Everything a case decides is in the round's time.
 */
export type Clock =
  | { readonly kind: 'real' }
  | {
      readonly kind: 'drill'
      readonly worldStart: Instant
      readonly roundStart: Instant
      readonly speed: number
    }

/** The round's time when the world's is `world`. */
export const roundTime = (clock: Clock, world: Instant): Instant =>
  clock.kind === 'real'
    ? world
    : instant(
        Math.round(
          millis(clock.roundStart) + Math.max(0, millis(world) - millis(clock.worldStart)) * clock.speed,
        ),
      )

/** Milliseconds of the world's time from `world` until the round's time is `moment`; 0 when it has passed. */
export const worldMillisUntil = (clock: Clock, world: Instant, moment: Instant): number => {
  const reached =
    clock.kind === 'real'
      ? millis(moment)
      : millis(clock.worldStart) + (millis(moment) - millis(clock.roundStart)) / clock.speed
  return Math.max(0, Math.ceil(reached - millis(world)))
}
