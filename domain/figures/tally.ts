import { dateOf, daysBetween } from '../calendar/dates.js'
import type { AnyPhase, CaseKind } from '../decider-types.js'
import type { CaseClass } from '../entry.js'
import type { PaceBucket } from '../pace.js'
import type { Policy, RungId } from '../policy.js'
import { never } from '../refusal.js'
import type { CaseId, Instant, PlainDate, UnitName } from '../words.js'
import type { Standing } from './facts.js'
import { type Measure, rankingOf } from './ranking.js'
import type { Asked, Figures, Sums } from './types.js'

/** Cases that are alike in everything that is summed, and how many they are. */
export type Cell = {
  readonly kind: CaseKind
  readonly phase: AnyPhase
  readonly class: CaseClass | null
  /** The first responsible unit. */
  readonly unit: UnitName | null
  readonly standing: Standing
  readonly bucket: PaceBucket | null
  readonly overdue: 'overdue' | 'not-overdue'
  readonly count: number
}

type OfCase = { readonly case: CaseId; readonly units: readonly UnitName[] }

/** What happened in the period that a bulletin tells of. */
export type Incident = OfCase & { readonly at: Instant } & (
    | { readonly what: 'rung-raised' | 'rung-released'; readonly rung: RungId; readonly reason: string }
    | { readonly what: 'step-refused' | 'rebounded'; readonly reason: string }
  )

/** What was counted, wherever: in the tables by SQL, or over the records themselves. In any order. */
export type Tally = {
  readonly cells: readonly Cell[]
  readonly overdue: readonly (OfCase & { readonly due: PlainDate | null; readonly since: Instant })[]
  readonly returns: { readonly onTime: number; readonly late: number; readonly missing: number }
  readonly missing: readonly (OfCase & { readonly period: PlainDate })[]
  readonly incidents: readonly Incident[]
  readonly measures: readonly Measure[]
}

const sumsOf = (cells: readonly Cell[]): Sums => {
  const counted = (test: (cell: Cell) => boolean): number =>
    cells.reduce((sum, cell) => (test(cell) ? sum + cell.count : sum), 0)
  return {
    received: counted(() => true),
    open: counted(({ standing }) => standing === 'open'),
    closed: counted(({ standing }) => standing === 'closed'),
    merged: counted(({ standing }) => standing === 'merged'),
    overdue: counted(({ overdue }) => overdue === 'overdue'),
  }
}

/** The same order on every machine: no language's alphabet. */
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Cells by what they have in common, in the order of its text; what is null comes last. */
const grouped = <K extends string>(
  cells: readonly Cell[],
  keyOf: (cell: Cell) => K | null,
): readonly (readonly [K | null, readonly [Cell, ...Cell[]]])[] => {
  const groups = new Map<K | null, [Cell, ...Cell[]]>()
  for (const cell of cells) {
    const key = keyOf(cell)
    const group = groups.get(key)
    if (group) group.push(cell)
    else groups.set(key, [cell])
  }
  return [...groups].toSorted(([a], [b]) => (a === null ? 1 : b === null ? -1 : inOrder(a, b)))
}

const BUCKETS: readonly PaceBucket[] = ['early', 'on-pace', 'pressed', 'not-yet']

type Sorted = Pick<Figures, 'rungs' | 'refusals' | 'rebounds'>

const told = (incidents: readonly Incident[]): Sorted => {
  const raised: Figures['rungs']['raised'][number][] = []
  const released: Figures['rungs']['released'][number][] = []
  const refusals: Figures['refusals'][number][] = []
  const rebounds: Figures['rebounds'][number][] = []
  for (const { case: id, units, at, ...one } of incidents.toSorted(
    (a, b) => inOrder(a.at, b.at) || inOrder(a.case, b.case) || inOrder(a.reason, b.reason),
  )) {
    switch (one.what) {
      case 'rung-raised':
        raised.push({ case: id, units, rung: one.rung, at, cause: one.reason })
        break
      case 'rung-released':
        released.push({ case: id, units, rung: one.rung, at, cause: one.reason })
        break
      case 'step-refused':
        refusals.push({ case: id, units, at, reason: one.reason })
        break
      case 'rebounded':
        rebounds.push({ case: id, units, at, reason: one.reason })
        break
      default:
        never(one)
    }
  }
  return { rungs: { raised, released }, refusals, rebounds }
}

/** What was counted, as the figures a bulletin is written from: in one order, with the ranking by the round's rules. */
export const figuresOf = (
  { ranking, office }: Pick<Policy, 'ranking' | 'office'>,
  { round, from, to, cutOff }: Asked,
  { cells, overdue, returns, missing, incidents, measures }: Tally,
): Figures => {
  const problems = cells.filter(({ kind }) => kind === 'problem')
  const today = dateOf(cutOff)
  return {
    round,
    period: { from, to },
    cutOff,
    totals: sumsOf(cells),
    byPhase: grouped(cells, ({ kind, phase }) => `${kind} ${phase}`).map(([, group]) => {
      const { received, overdue: late } = sumsOf(group)
      return { kind: group[0].kind, phase: group[0].phase, count: received, overdue: late }
    }),
    byClass: grouped(problems, (cell) => cell.class).map(([of, group]) => ({ class: of, ...sumsOf(group) })),
    byUnit: grouped(cells, ({ unit }) => unit).map(([unit, group]) => ({ unit, ...sumsOf(group) })),
    pace: BUCKETS.map((bucket) => {
      const { received, overdue: late } = sumsOf(problems.filter((cell) => cell.bucket === bucket))
      return { bucket, count: received, overdue: late }
    }),
    returns: { onTime: returns.onTime, late: returns.late, missing: returns.missing },
    overdue: overdue
      .toSorted((a, b) => inOrder(a.since, b.since) || inOrder(a.case, b.case))
      .map(({ case: id, units, due, since }) => ({
        case: id,
        units,
        due,
        since,
        days: daysBetween(dateOf(since), today),
      })),
    missing: missing
      .toSorted((a, b) => inOrder(a.period, b.period) || inOrder(a.case, b.case))
      .map(({ case: id, units, period }) => ({ case: id, units, period })),
    ...told(incidents),
    ...(ranking && { ranking: rankingOf(ranking, office, measures) }),
  }
}
