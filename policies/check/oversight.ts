import { AREA_TIER_TITLES } from '../../domain/parties.js'
import {
  type AccountabilityRules,
  type Policy,
  RUNG_TITLES,
  type Rung,
  type Sourced,
  type Trigger,
} from '../../domain/policy.js'
import type { Fault } from '../problems.js'
import { repeated } from './repeated.js'

/** 分级告知 (HH-15): of rungs the ladder has, each once. */
const areaLeaderFaults = ({ areaLeaders, ladder }: Policy): readonly Fault[] => {
  const tells = (areaLeaders?.tells ?? []).map((told, index) => ({
    ...told,
    path: ['area-leaders', 'tells', index],
  }))
  return [
    ...tells
      .filter(({ rung }) => !ladder.some(({ id }) => id === rung))
      .map(({ rung, path }) => ({
        path: [...path, 'rung'],
        reason: `督办阶梯里没有“${RUNG_TITLES[rung]}”,永远不会告知;请写阶梯里有的:${[...new Set(ladder.map(({ id }) => RUNG_TITLES[id]))].join('、')}`,
      })),
    ...repeated(tells, ({ rung }) => rung).map(({ rung, path }) => ({
      path: [...path, 'rung'],
      reason: `“${RUNG_TITLES[rung]}”前面已经写过;请把各级领导写在一处`,
    })),
    ...tells.flatMap(({ tiers, path }) =>
      repeated(
        tiers.map((tier, index) => ({ tier, index })),
        ({ tier }) => tier,
      ).map(({ tier, index }) => ({
        path: [...path, 'tiers', index],
        reason: `“${AREA_TIER_TITLES[tier]}”前面已经写过`,
      })),
    ),
  ]
}

type Figure = {
  readonly of: Exclude<keyof AccountabilityRules, keyof Sourced>
  readonly key: string
  /** How often it has happened when a rung is called for by this trigger. */
  readonly mark: (trigger: Trigger) => number | undefined
  readonly words: (times: number) => string
  /** How a rung words it. */
  readonly written: string
}

const FIGURES: readonly Figure[] = [
  {
    of: 'refusals',
    key: 'refusals',
    mark: (one) => (one.on === 'refusals' ? one.count : undefined),
    words: (times) => `销号被退回 ${times} 次`,
    written: '1 refusal',
  },
  {
    of: 'rebounds',
    key: 'rebounds',
    mark: (one) => (one.on === 'rebound' ? 1 : undefined),
    words: (times) => `反弹 ${times} 次`,
    written: 'rebound',
  },
  {
    of: 'missingReturns',
    key: 'missing-returns',
    mark: (one) => (one.on === 'missing-returns' ? one.inARow : undefined),
    words: (times) => `连续缺报 ${times} 期`,
    written: '1 missing return in a row',
  },
]

const marksIn = (rungs: readonly Rung[], { mark }: Figure): readonly number[] =>
  rungs.flatMap(({ triggers }) => triggers.flatMap((one) => mark(one) ?? []))

/** What is wrong with a figure beside this ladder, in words; undefined: nothing. */
const wrongWith = (rungs: readonly Rung[], figure: Figure, times: number): string | undefined => {
  const { words, written } = figure
  const drafts = marksIn(
    rungs.filter(({ id }) => id === 'referral-draft'),
    figure,
  )
  if (drafts.length > 0)
    return `督办阶梯的“${RUNG_TITLES['referral-draft']}”在${words(Math.min(...drafts))}时也起草线索,同一件事会有两份;请在阶梯里删去这一条`
  const marks = marksIn(rungs, figure)
  const warned = marks.length > 0 ? Math.min(...marks) : undefined
  if (warned === undefined)
    return times === 1
      ? `督办阶梯里没有这一条,第一次就起草追责线索,之前无人督办;请不少于 2,或在阶梯里写上“${written}”`
      : undefined
  return times < warned
    ? `${words(warned)}才开始督办,这里 ${times} 次就起草追责线索;请不少于 ${warned}`
    : undefined
}

/** 追责情形 (JN-15): nobody answers for what nobody was warned of, nor twice for the same. */
const accountabilityFaults = ({ accountability, ladder }: Policy): readonly Fault[] =>
  accountability
    ? FIGURES.flatMap((figure) => {
        const reason = wrongWith(ladder, figure, accountability[figure.of])
        return reason === undefined ? [] : [{ path: ['accountability', figure.key], reason }]
      })
    : []

export const oversightFaults = (policy: Policy): readonly Fault[] => [
  ...areaLeaderFaults(policy),
  ...accountabilityFaults(policy),
]
