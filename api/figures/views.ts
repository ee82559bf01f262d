import { z } from 'zod'
import { CLASS_TITLES } from '../../domain/entry.js'
import type { RankedUnit, Ranking } from '../../domain/figures/ranking.js'
import type { Asked, Figures, RungMoved, Sums } from '../../domain/figures/types.js'
import { KIND_TITLES } from '../../domain/kinds/registry.js'
import { PACE_TITLES } from '../../domain/pace.js'
import { RUNG_TITLES } from '../../domain/policy.js'
import type { CaseId, UnitName } from '../../domain/words.js'
import { hrefOf, titleOfPhase } from '../cases/views.js'

const number = z.object({ count: z.int(), href: z.string() })
const sums = z.object({ received: number, open: number, closed: number, merged: number, overdue: number })
const ofCase = z.object({ case: z.string(), href: z.string(), units: z.array(z.string()) })

const rankingRow = z
  .object({
    rank: z.int().meta({ description: '得分相同的名次相同' }),
    unit: z.string(),
    score: z.string().meta({ description: '百分制,两位小数', example: '87.50' }),
    cases: number,
    completion: z.object({ share: z.string(), href: z.string() }).meta({ description: '核实完成,百分之几' }),
    onPace: number,
    returnsDue: number,
    returnsOnTime: number,
    setBack: number.meta({ description: '期内被退回或反弹的事项' }),
  })
  .meta({ id: 'RankedUnit' })

export const rankingView = z.object({
  rows: z.array(rankingRow),
  bottom: z.array(z.string()).meta({ description: '按规则应点名通报的,由人决定(HH-08)' }),
  leftOut: z.array(z.string()).meta({ description: '排名由其汇总,自己不参加' }),
})

export const figuresView = z
  .object({
    round: z.string(),
    period: z.object({ from: z.string(), to: z.string() }),
    cutOff: z.string(),
    totals: sums.optional().meta({ description: '只给看得到全部事项的人' }),
    byPhase: z.array(
      z.object({ kindTitle: z.string(), phaseTitle: z.string(), count: number, overdue: number }),
    ),
    byClass: z.array(sums.extend({ title: z.string() })),
    byUnit: z.array(sums.extend({ title: z.string() })),
    pace: z.array(z.object({ title: z.string(), count: number, overdue: number })),
    returns: z.object({ onTime: number, late: number, missing: number }).optional(),
    overdue: z.array(ofCase.extend({ due: z.string().nullable(), since: z.string(), days: z.int() })),
    missing: z.array(ofCase.extend({ period: z.string() })),
    rungs: z.object({
      raised: z.array(ofCase.extend({ title: z.string(), at: z.string(), cause: z.string() })),
      released: z.array(ofCase.extend({ title: z.string(), at: z.string(), cause: z.string() })),
    }),
    refusals: z.array(ofCase.extend({ at: z.string(), reason: z.string() })),
    rebounds: z.array(ofCase.extend({ at: z.string(), reason: z.string() })),
    ranking: rankingView.optional(),
  })
  .meta({ id: 'Figures' })

/** Basis points as per cent with two places: 8750 is 87.50. */
export const percentOf = (points: number): string =>
  `${Math.floor(points / 100)}.${String(points % 100).padStart(2, '0')}`

/** A list of the ledger as it was at the cut-off, without the cases that figures leave out. */
const opener =
  ({ round, cutOff }: Pick<Asked, 'round' | 'cutOff'>) =>
  (more: Readonly<Record<string, string>>): string =>
    `/cases?${new URLSearchParams({ round, at: cutOff, 'closed-to': 'nobody', ...more })}`

const rowOf = (asked: Asked, row: RankedUnit): z.infer<typeof rankingRow> => {
  const open = opener(asked)
  const own = { kind: 'problem', unit: row.unit, pace: 'early,on-pace,pressed' }
  const period = `${asked.from}~${asked.to}`
  const owed = { principal: row.unit, period }
  return {
    rank: row.rank,
    unit: row.unit,
    score: percentOf(row.score),
    cases: { count: row.cases, href: open(own) },
    completion: { share: percentOf(row.scores.completion), href: open(own) },
    onPace: { count: row.onPace, href: open({ ...own, pace: 'early,on-pace' }) },
    returnsDue: { count: row.returnsDue, href: open({ ...owed, happened: 'return-due' }) },
    returnsOnTime: { count: row.returnsOnTime, href: open({ ...owed, happened: 'return-on-time' }) },
    setBack: { count: row.setBack, href: open({ ...own, happened: 'setback', period }) },
  }
}

/** Whom somebody reads of: everybody, or the own units. */
export type Whose = 'all' | ReadonlySet<UnitName>

const mayRead = (whose: Whose, unit: UnitName | null): boolean =>
  whose === 'all' || (unit !== null && whose.has(unit))

export const rankingOf = (
  asked: Asked,
  { rows, bottom, leftOut }: Ranking,
  whose: Whose,
): z.infer<typeof rankingView> => ({
  rows: rows.filter(({ unit }) => mayRead(whose, unit)).map((row) => rowOf(asked, row)),
  bottom: bottom.filter((unit) => mayRead(whose, unit)),
  leftOut: leftOut.filter((unit) => mayRead(whose, unit)),
})

/** Frozen figures for a reader: of units the own, of cases those that may be seen; every number opens to its cases. */
export const figuresOf = (
  figures: Figures,
  whose: Whose,
  seen: ReadonlySet<CaseId>,
): z.infer<typeof figuresView> => {
  const { round, period, cutOff } = figures
  const asked: Asked = { round, cutOff, ...period }
  const open = opener(asked)
  const days = `${period.from}~${period.to}`
  const counted = (of: Sums, more: Readonly<Record<string, string>>) => ({
    received: { count: of.received, href: open(more) },
    open: { count: of.open, href: open({ ...more, standing: 'open' }) },
    closed: { count: of.closed, href: open({ ...more, standing: 'closed' }) },
    merged: { count: of.merged, href: open({ ...more, standing: 'merged' }) },
    overdue: { count: of.overdue, href: open({ ...more, overdue: 'true' }) },
  })
  const readable = <T extends { readonly case: CaseId; readonly units: readonly UnitName[] }>(
    list: readonly T[],
  ) =>
    list
      .filter((one) => seen.has(one.case))
      .map((one) => ({ ...one, href: hrefOf(one.case), units: [...one.units] }))
  const rungs = (list: readonly RungMoved[]) =>
    readable(list).map(({ rung, ...one }) => ({ ...one, title: RUNG_TITLES[rung] }))
  const whole = whose === 'all'
  return {
    round,
    period,
    cutOff,
    ...(whole && { totals: counted(figures.totals, {}) }),
    byPhase: whole
      ? figures.byPhase.map(({ kind, phase, count, overdue }) => ({
          kindTitle: KIND_TITLES[kind],
          phaseTitle: titleOfPhase(kind, phase),
          count: { count, href: open({ kind, phase }) },
          overdue: { count: overdue, href: open({ kind, phase, overdue: 'true' }) },
        }))
      : [],
    byClass: whole
      ? figures.byClass.map(({ class: of, ...row }) => ({
          title: of === null ? '没有类别' : CLASS_TITLES[of],
          ...counted(row, { kind: 'problem', class: of ?? 'undecided' }),
        }))
      : [],
    byUnit: figures.byUnit
      .filter(({ unit }) => mayRead(whose, unit))
      .map(({ unit, ...row }) => ({
        title: unit ?? '没有责任单位',
        ...counted(row, { principal: unit ?? 'none' }),
      })),
    pace: whole
      ? figures.pace.map(({ bucket, count, overdue }) => ({
          title: PACE_TITLES[bucket],
          count: { count, href: open({ kind: 'problem', pace: bucket }) },
          overdue: { count: overdue, href: open({ kind: 'problem', pace: bucket, overdue: 'true' }) },
        }))
      : [],
    ...(whole && {
      returns: {
        onTime: { count: figures.returns.onTime, href: open({ happened: 'return-on-time', period: days }) },
        late: { count: figures.returns.late, href: open({ happened: 'return-late', period: days }) },
        missing: { count: figures.returns.missing, href: open({ happened: 'return-missing', period: days }) },
      },
    }),
    overdue: readable(figures.overdue),
    missing: readable(figures.missing),
    rungs: { raised: rungs(figures.rungs.raised), released: rungs(figures.rungs.released) },
    refusals: readable(figures.refusals),
    rebounds: readable(figures.rebounds),
    ...(figures.ranking && { ranking: rankingOf(asked, figures.ranking, whose) }),
  }
}
