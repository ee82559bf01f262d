import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow'
import { type Clock, worldMillisUntil } from '../contracts/clock.js'
import type { Instant } from '../domain/words.js'
import { worldNow } from './now.js'

/** A case's only timer. */
export type Alarm = {
  /** Arms it for a moment of the round's time, or for none; the moment it is armed for already costs nothing. */
  readonly set: (moment: Instant | undefined, summary: () => string) => void
  /** The moment it rang for, once. */
  readonly rang: () => Instant | undefined
  readonly ringing: () => boolean
}

export const makeAlarm = (clock: Clock): Alarm => {
  let armed: { readonly moment: Instant; readonly scope: CancellationScope } | undefined
  let rung: Instant | undefined

  const arm = (moment: Instant, summary: string): void => {
    const scope = new CancellationScope()
    armed = { moment, scope }
    scope
      .run(() => sleep(worldMillisUntil(clock, worldNow(), moment), { summary }))
      .then(
        () => {
          if (armed?.scope === scope) armed = undefined
          rung = moment
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error
        },
      )
  }

  return {
    set: (moment, summary) => {
      if (moment === armed?.moment) return
      armed?.scope.cancel()
      armed = undefined
      if (moment !== undefined) arm(moment, summary())
    },
    rang: () => {
      const moment = rung
      rung = undefined
      return moment
    },
    ringing: () => rung !== undefined,
  }
}
