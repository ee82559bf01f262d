import { type Policy, RUNG_TITLES, type Rung, type RungId, type Trigger } from '../../domain/policy.js'
import { never } from '../../domain/refusal.js'
import type { Fault } from '../problems.js'
import { repeated } from './repeated.js'
import { emptyAddressees, mayBeEmpty } from './seats.js'
import { slipFaults } from './slips.js'

const SEVERITY = Object.keys(RUNG_TITLES) as readonly RungId[]
const SCALES = ['deadline', 'returns', 'refusals'] as const
type Scale = (typeof SCALES)[number]
const SCALE_TITLES: Readonly<Record<Scale, string>> = {
  deadline: '距时限的天数',
  returns: '连续缺报的次数',
  refusals: '退回的次数',
}

/** How far things have come when a trigger goes off: days past the deadline, returns missing, refusals. */
const reading = (trigger: Trigger): { readonly scale: Scale; readonly mark: number } | undefined => {
  switch (trigger.on) {
    case 'before-deadline':
      return { scale: 'deadline', mark: -trigger.days }
    case 'after-deadline':
      return { scale: 'deadline', mark: trigger.days }
    case 'missing-returns':
      return { scale: 'returns', mark: trigger.inARow }
    case 'refusals':
      return { scale: 'refusals', mark: trigger.count }
    case 'rebound':
    case 'falsehood':
      return undefined
    default:
      return never(trigger)
  }
}

const earliest = ({ triggers }: Rung, scale: Scale): number | undefined => {
  const marks = triggers.flatMap((trigger) => {
    const read = reading(trigger)
    return read?.scale === scale ? [read.mark] : []
  })
  return marks.length === 0 ? undefined : Math.min(...marks)
}

/** Are both in the ladder of some case? Rungs for different levels of source never meet. */
const meet = (one: Rung, other: Rung): boolean =>
  one.levels === undefined ||
  other.levels === undefined ||
  one.levels.some((level) => other.levels?.includes(level))

const outOfOrder = (ladder: readonly Rung[]): readonly Fault[] =>
  ladder.flatMap((rung, index) => {
    const lower = ladder.slice(0, index).find(({ id }) => SEVERITY.indexOf(id) > SEVERITY.indexOf(rung.id))
    return lower
      ? [
          {
            path: ['ladder', index, 'rung'],
            reason: `“${RUNG_TITLES[rung.id]}”应写在“${RUNG_TITLES[lower.id]}”之前;由轻到重为${SEVERITY.map((id) => RUNG_TITLES[id]).join('、')}`,
          },
        ]
      : []
  })

/** A heavier rung that is called for before a lighter one would make the lighter one pointless (CD-11). */
const tooEarly = (ladder: readonly Rung[]): readonly Fault[] =>
  ladder.flatMap((rung, index) =>
    SCALES.flatMap((scale) => {
      const mark = earliest(rung, scale)
      const lower = ladder.slice(0, index).find((other) => {
        const before = earliest(other, scale)
        return mark !== undefined && before !== undefined && mark < before && meet(other, rung)
      })
      return lower
        ? [
            {
              path: ['ladder', index, 'when'],
              reason: `“${RUNG_TITLES[rung.id]}”比前面的“${RUNG_TITLES[lower.id]}”启动得还早,请核对${SCALE_TITLES[scale]}`,
            },
          ]
        : []
    }),
  )

/** Every case that has the one rung has the other. */
const covers = (heavier: Rung, lighter: Rung): boolean =>
  heavier.levels === undefined || (lighter.levels?.every((level) => heavier.levels?.includes(level)) ?? false)

/** A trigger of a lighter rung that comes when a heavier one has long been called for: it calls for nothing any more (GN-05). */
const tooLate = (ladder: readonly Rung[]): readonly Fault[] =>
  ladder.flatMap((rung, index) =>
    rung.triggers.flatMap((trigger, at) => {
      const read = reading(trigger)
      const first = read && earliest(rung, read.scale)
      const heavier =
        read &&
        ladder.slice(index + 1).find((other) => {
          const mark = earliest(other, read.scale)
          return (
            mark !== undefined &&
            first !== undefined &&
            first <= mark &&
            mark < read.mark &&
            covers(other, rung)
          )
        })
      return heavier
        ? [
            {
              path: ['ladder', index, 'when', at],
              reason: `这时早已启动更重的“${RUNG_TITLES[heavier.id]}”,“${RUNG_TITLES[rung.id]}”永远不会因此启动;请删去,或改到更重的一级,请核对${SCALE_TITLES[read.scale]}`,
            },
          ]
        : []
    }),
  )

const repeatedTriggers = (ladder: readonly Rung[]): readonly Fault[] => {
  const all = ladder.flatMap((rung, index) =>
    rung.triggers.map((trigger, at) => ({ rung, words: JSON.stringify(trigger), path: [index, 'when', at] })),
  )
  return all.flatMap(({ rung, words, path }, nth) =>
    all.slice(0, nth).some((before) => before.words === words && meet(before.rung, rung))
      ? [
          {
            path: ['ladder', ...path],
            reason: '这一启动条件前面已经写过,只会启动前面一级;请留一处',
          },
        ]
      : [],
  )
}

const repeatedRungs = (ladder: readonly Rung[]): readonly Fault[] =>
  ladder.flatMap((rung, index) =>
    ladder.slice(0, index).some((before) => before.id === rung.id && meet(before, rung))
      ? [
          {
            path: ['ladder', index, 'rung'],
            reason: `“${RUNG_TITLES[rung.id]}”前面已经写过,每级只写一次`,
          },
        ]
      : [],
  )

const nobodyThere = (policy: Policy, rung: Rung, index: number): readonly Fault[] => {
  const title = RUNG_TITLES[rung.id]
  const decides = rung.by === 'engine' ? undefined : mayBeEmpty(policy, rung.by)
  const releases = mayBeEmpty(policy, rung.release.by)
  return [
    ...(decides === undefined
      ? []
      : [{ path: ['ladder', index, 'by'], reason: `“${title}”可能无人决定:${decides}` }]),
    ...(releases === undefined
      ? []
      : [{ path: ['ladder', index, 'release'], reason: `“${title}”可能无人解除:${releases}` }]),
  ]
}

const repeatedLevels = ({ levels = [] }: Rung, index: number): readonly Fault[] =>
  repeated(
    levels.map((level, at) => ({ level, at })),
    ({ level }) => level,
  ).map(({ at }) => ({ path: ['ladder', index, 'for', at], reason: '这一来源层级前面已经写过' }))

/** From 通报 up the engine drafts and a person decides (CD-11). */
const decidedByEngine = (rung: Rung, index: number): readonly Fault[] =>
  rung.by === 'engine' && rung.id !== 'warning'
    ? [
        {
          path: ['ladder', index, 'by'],
          reason: `“${RUNG_TITLES[rung.id]}”应由人决定,系统只能自动预警(CD-11);请写 office-head 或 case-leader`,
        },
      ]
    : []

/** A ladder that is climbed from light to heavy, each rung of it decided and released by somebody. */
export const ladderFaults = (policy: Policy): readonly Fault[] => {
  const { ladder } = policy
  return [
    ...repeatedRungs(ladder),
    ...outOfOrder(ladder),
    ...tooEarly(ladder),
    ...tooLate(ladder),
    ...repeatedTriggers(ladder),
    ...slipFaults(ladder, meet),
    ...ladder.flatMap((rung, index) => [
      ...emptyAddressees(policy, ['ladder', index, 'whom'], rung.reaches),
      ...repeatedLevels(rung, index),
      ...nobodyThere(policy, rung, index),
      ...decidedByEngine(rung, index),
    ]),
  ]
}
