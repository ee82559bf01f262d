import { AREA_TIER_TITLES } from '../../domain/parties.js'
import { type Policy, RUNG_TITLES, type Trigger } from '../../domain/policy.js'
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

const lowest = ({ ladder }: Policy, markOf: (trigger: Trigger) => number | undefined): number | undefined => {
  const marks = ladder.flatMap(({ triggers }) => triggers.flatMap((one) => markOf(one) ?? []))
  return marks.length > 0 ? Math.min(...marks) : undefined
}

/** 追责情形 (JN-15): nobody answers for what nobody was warned of. */
const accountabilityFaults = (policy: Policy): readonly Fault[] => {
  const { accountability } = policy
  if (!accountability) return []
  const warned = lowest(policy, (one) => (one.on === 'missing-returns' ? one.inARow : undefined))
  return warned !== undefined && accountability.missingReturns < warned
    ? [
        {
          path: ['accountability', 'missing-returns'],
          reason: `连续缺报 ${warned} 期才开始督办,这里 ${accountability.missingReturns} 期就起草追责线索;请不少于 ${warned}`,
        },
      ]
    : []
}

export const oversightFaults = (policy: Policy): readonly Fault[] => [
  ...areaLeaderFaults(policy),
  ...accountabilityFaults(policy),
]
