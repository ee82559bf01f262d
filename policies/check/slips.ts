import { type Rung, SLIP_TITLES, type SlipColour } from '../../domain/policy.js'
import type { Fault } from '../problems.js'

/** From the furthest to the nearest. */
const COLOURS = Object.keys(SLIP_TITLES) as readonly SlipColour[]

type Slip = {
  readonly rung: Rung
  readonly days: number
  readonly slip: SlipColour
  readonly path: Fault['path']
}

const slipsOf = (ladder: readonly Rung[]): readonly Slip[] =>
  ladder.flatMap((rung, index) =>
    rung.triggers.flatMap((trigger, at) =>
      trigger.on === 'before-deadline' && trigger.slip
        ? [{ rung, days: trigger.days, slip: trigger.slip, path: ['ladder', index, 'when', at] }]
        : [],
    ),
  )

/** A slip of a colour each: one on a day, and the nearer the deadline the redder. */
export const slipFaults = (
  ladder: readonly Rung[],
  meet: (one: Rung, other: Rung) => boolean,
): readonly Fault[] => {
  const slips = slipsOf(ladder)
  return slips.flatMap((one, nth) => {
    const others = slips.slice(0, nth).filter(({ rung, slip }) => meet(rung, one.rung) && slip !== one.slip)
    if (others.some(({ days }) => days === one.days))
      return [
        {
          path: one.path,
          reason: `期限前 ${one.days} 天已经发了另一种颜色的提醒单;同一天只发一种,请改天数或颜色`,
        },
      ]
    const reversed = others.find(({ days, slip }) => {
      const redder = COLOURS.indexOf(one.slip) > COLOURS.indexOf(slip)
      return redder ? one.days > days : one.days < days
    })
    return reversed
      ? [
          {
            path: one.path,
            reason: `${SLIP_TITLES[one.slip]}(期限前 ${one.days} 天)与${SLIP_TITLES[reversed.slip]}(期限前 ${reversed.days} 天)次序颠倒;越临近期限颜色越重:黄、橙、红`,
          },
        ]
      : []
  })
}
