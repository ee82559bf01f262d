import type { Policy, Rhythm, Span } from '../../domain/policy.js'
import type { Fault, Path } from '../problems.js'
import { FIELD_TITLES, NEED_TITLES, PARTY_TITLES } from '../schema/words.js'
import { repeated } from './repeated.js'
import { emptyAddressees, mayBeEmpty } from './seats.js'
import { zeroDays } from './spans.js'

const ascending = (path: Path, values: readonly number[], what: string): readonly Fault[] =>
  values.flatMap((value, index) => {
    const before = values[index - 1]
    return before !== undefined && value <= before
      ? [{ path: [...path, index], reason: `${what}应由小到大、不重复` }]
      : []
  })

const handoverFaults = ({ handover }: Policy): readonly Fault[] => {
  const twice = (key: string, titles: readonly string[]): readonly Fault[] =>
    repeated(
      titles.map((title, index) => ({ title, index })),
      ({ title }) => title,
    ).map(({ title, index }) => ({ path: ['handover', key, index], reason: `“${title}”前面已经写过` }))
  return [
    ...twice(
      'requires',
      handover.requires.map(({ field }) => FIELD_TITLES[field]),
    ),
    ...twice(
      'apart',
      handover.apart.map(({ party }) => PARTY_TITLES[party]),
    ),
    ...twice(
      'before-start',
      handover.beforeStart.map(({ need }) => NEED_TITLES[need]),
    ),
    ...(handover.requires.some(({ field }) => field === 'units')
      ? []
      : [
          {
            path: ['handover', 'requires'],
            reason: '没有责任单位就无处交办;请加上“field: 责任单位”',
          },
        ]),
    ...zeroDays(['handover', 'acknowledge', 'within'], handover.acknowledge, '签收期限'),
    ...zeroDays(['handover', 'case-plan', 'within'], handover.casePlan, '报送整改方案的期限'),
  ]
}

const extensionFaults = (policy: Policy): readonly Fault[] => {
  const { times, longestMonths, levels } = policy.extension
  const highest = levels.at(-1)?.upToMonths ?? 0
  return [
    ...ascending(
      ['extension', 'levels'],
      levels.map(({ upToMonths }) => upToMonths),
      '各级审批权限',
    ),
    ...(times > 0 && highest < longestMonths
      ? [
          {
            path: ['extension', 'levels'],
            reason: `延期最长 ${longestMonths} 个月,而审批权限只到 ${highest} 个月,更长的无人审批;请补上一级“up-to: ${longestMonths} months”`,
          },
        ]
      : []),
    ...levels.flatMap(({ by }, index) => {
      const why = mayBeEmpty(policy, by)
      return why === undefined
        ? []
        : [{ path: ['extension', 'levels', index, 'by'], reason: `延期可能无人审批:${why}` }]
    }),
  ]
}

const lookBackFaults = ({ lookBack }: Policy): readonly Fault[] =>
  (
    [
      ['months', lookBack.months],
      ['immediate-months', lookBack.immediateMonths],
    ] as const
  ).flatMap(([key, values]) => [
    ...(values.length > 0 ? [] : [{ path: ['look-back', key], reason: '至少回头看一次,否则永远不能归档' }]),
    ...ascending(['look-back', key], values, '回头看的月份'),
  ])

const spanFaults = ({ classes, lookBack, referral, matters }: Policy): readonly Fault[] => [
  ...zeroDays(['classes', 'immediate', 'within'], classes.immediate, '立行立改的期限'),
  ...zeroDays(['look-back', 'within'], lookBack.within, '回头看的办理期限'),
  ...zeroDays(['referral', 'receipt-within'], referral.receiptWithin, '取得回执的期限'),
  ...zeroDays(['matters', 'acknowledge-within'], matters.acknowledgeWithin, '签收重大事项的期限'),
]

const rankingFaults = ({ ranking }: Policy): readonly Fault[] => {
  if (ranking === undefined) return []
  const { completion, pace, returns, setbacks } = ranking.weights
  const sum = completion + pace + returns + setbacks
  return sum === 100 ? [] : [{ path: ['ranking', 'weights'], reason: `各项分值合计应为 100,现为 ${sum}` }]
}

/** The fewest days from one return to the next, of each kind. */
const SHORTEST: Readonly<Record<Rhythm['every'], Readonly<Record<Span['of'], number>>>> = {
  day: { working: 1, calendar: 1 },
  week: { working: 5, calendar: 7 },
  'ten-days': { working: 7, calendar: 10 },
  month: { working: 20, calendar: 28 },
}

/** A return is chased after the one before it was due, and before it is due itself (JN-07). */
const returnFaults = ({ returns: { rhythm, chase } }: Policy): readonly Fault[] => {
  if (chase.days >= SHORTEST[rhythm.every][chase.of])
    return [{ path: ['returns', 'chase', 'before'], reason: '催报早于上一期应报的日子;请提前得少一些' }]
  return chase.days === 0 && chase.time >= rhythm.time
    ? [{ path: ['returns', 'chase', 'at'], reason: `催报应在应报(${rhythm.time})之前,否则永远催不到` }]
    : []
}

/** What is asked for, granted and looked back at can be done by somebody, in some time. */
export const ruleFaults = (policy: Policy): readonly Fault[] => [
  ...handoverFaults(policy),
  ...returnFaults(policy),
  ...extensionFaults(policy),
  ...lookBackFaults(policy),
  ...spanFaults(policy),
  ...emptyAddressees(policy, ['matters', 'whom'], policy.matters.reaches),
  ...rankingFaults(policy),
]
