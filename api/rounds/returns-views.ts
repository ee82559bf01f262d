import { z } from 'zod'
import type { ReturnsDue } from '../../db/queries/returns-of-round.js'
import { addDays } from '../../domain/calendar/dates.js'
import type { Rules } from '../../domain/context.js'
import type { Rhythm } from '../../domain/policy.js'
import { returnDueAt } from '../../domain/returns/period.js'
import { returnsPassedOver } from '../../domain/round/returns.js'
import type { RoundState } from '../../domain/round/types.js'
import type { Instant, PlainDate } from '../../domain/words.js'

const number = z.object({ count: z.int(), href: z.string() })

export const returnsView = z
  .object({
    title: z.string(),
    every: z.enum(['week', 'month', 'ten-days', 'day']),
    state: z.enum(['running', 'paused']),
    source: z.string(),
    pauses: z.array(z.object({ since: z.string(), until: z.string().nullable() })),
    undecided: z.array(z.string()).meta({ description: '暂停期间应报而未报、还没有决定免报或补报的各期' }),
    awaited: z
      .array(z.object({ due: z.string(), cutOff: z.string(), cases: number }))
      .meta({ description: '现在等着报的,按期限' }),
    periods: z
      .array(
        z.object({
          period: z.string().meta({ description: '应报之日' }),
          from: z.string().nullable().meta({ description: '上一期应报之日的次日;最早一期不知' }),
          cutOff: z.string().meta({ description: '到此时未报即为缺报' }),
          due: number,
          onTime: number,
          late: number,
          missing: number,
          passedOver: number.meta({ description: '因暂停未报' }),
          undecided: number,
          waived: number,
          calledIn: number,
        }),
      )
      .meta({ description: '最近的在前' }),
  })
  .meta({ id: 'CadenceReturns' })

const TITLES: Readonly<Record<Rhythm['every'], string>> = {
  week: '周调度',
  month: '月调度',
  'ten-days': '旬调度',
  day: '日调度',
}

/** So many periods are shown; older ones are asked for by figures of their days. */
export const MOST_PERIODS = 60

type Counted = {
  readonly now: Instant
  readonly periods: readonly ReturnsDue[]
  readonly awaited: readonly { readonly due: PlainDate; readonly count: number }[]
}

/** The returns of a round's cases, period by period; each number opens to its cases (JN-07, HH-02, HY-01). */
export const returnsOf = (
  rules: Rules,
  state: RoundState,
  { now, periods, awaited }: Counted,
): z.infer<typeof returnsView> => {
  const { rhythm, source } = rules.policy.returns
  const counted = (count: number, happened: string, day: PlainDate) => ({
    count,
    href: `/cases?${new URLSearchParams({
      round: state.round,
      happened,
      period: `${day}~${day}`,
      'closed-to': 'nobody',
    })}`,
  })
  return {
    title: TITLES[rhythm.every],
    every: rhythm.every,
    state: state.paused.includes('return') ? 'paused' : 'running',
    source,
    pauses: (state.returnPauses ?? []).map(({ since, until }) => ({ since, until: until ?? null })),
    undecided: returnsPassedOver(rules, state, now).map(({ period }) => period),
    awaited: awaited.map(({ due, count }) => ({
      due,
      cutOff: returnDueAt(rules, due),
      cases: counted(count, 'return-awaited', due),
    })),
    periods: periods.map((one, index) => {
      const before = periods[index + 1]?.period
      return {
        period: one.period,
        from: before === undefined ? null : addDays(before, 1),
        cutOff: returnDueAt(rules, one.period),
        due: counted(one.due, 'return-due', one.period),
        onTime: counted(one.onTime, 'return-on-time', one.period),
        late: counted(one.late, 'return-late', one.period),
        missing: counted(one.missing, 'return-missing', one.period),
        passedOver: counted(one.passedOver, 'return-passed-over', one.period),
        undecided: counted(one.undecided, 'return-undecided', one.period),
        waived: counted(one.waived, 'return-waived', one.period),
        calledIn: counted(one.calledIn, 'return-called-in', one.period),
      }
    }),
  }
}
