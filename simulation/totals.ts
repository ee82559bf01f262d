import { endOfDay } from '../domain/calendar/dates.js'
import { KIND_TITLES, kindOf } from '../domain/kinds/registry.js'
import { PACE_TITLES, type PaceBucket, pace } from '../domain/pace.js'
import { RUNG_TITLES } from '../domain/policy.js'
import type { PlainDate } from '../domain/words.js'
import type { Played } from './played.js'

/** One number of a dry run, with its name. */
export type Total = { readonly chapter: string; readonly title: string; readonly count: number }

const counted = (chapter: string, titles: readonly string[]): readonly Total[] => {
  const counts = new Map<string, number>()
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1)
  return [...counts].map(([title, count]) => ({ chapter, title, count }))
}

/** The totals at the end: standing, pace, returns, what was raised, what was refused. */
export const totalsOf = ({ states, events, refusals }: Played, until: PlainDate): readonly Total[] => {
  const types = (wanted: string, title: string): Total => ({
    chapter: '调度与期限',
    title,
    count: events.filter(({ event }) => event.type === wanted).length,
  })
  const problems = states.flatMap((one) => (one.kind === 'problem' ? [one.state] : []))
  const at = endOfDay(until)
  return [
    ...counted(
      '现状',
      states.map(
        ({ kind, state }) =>
          `${KIND_TITLES[kind]} ${(kindOf(kind).phases as Readonly<Record<string, string>>)[state.phase] ?? state.phase}`,
      ),
    ),
    ...(problems.length > 0
      ? [
          ...(Object.keys(PACE_TITLES) as PaceBucket[]).map(
            (bucket): Total => ({
              chapter: '序时进度',
              title: PACE_TITLES[bucket],
              count: problems.filter((state) => pace(state, at).bucket === bucket).length,
            }),
          ),
          {
            chapter: '序时进度',
            title: '现在逾期',
            count: problems.filter((state) => pace(state, at).overdue).length,
          },
        ]
      : []),
    types('return-submitted', '报送调度(期)'),
    types('return-missed', '缺报调度(期)'),
    types('overdue', '到期未完成(次)'),
    ...counted(
      '督办措施',
      events.flatMap(({ event }) => (event.type === 'rung-raised' ? [RUNG_TITLES[event.rung]] : [])),
    ),
    ...counted(
      '销号',
      events.flatMap(({ event }) =>
        event.type === 'step-refused'
          ? ['退回(次)']
          : event.type === 'closed'
            ? ['销号(件次)']
            : event.type === 'rebounded'
              ? ['反弹(次)']
              : [],
      ),
    ),
    ...counted(
      '不予办理',
      refusals.map(({ refusal }) => refusal.clause),
    ),
  ]
}
