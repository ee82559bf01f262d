import type { z } from 'zod'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Instant } from '../../domain/words.js'
import { tableOf } from '../cases/csv.js'
import type { figuresView, rankingView } from './views.js'

type Shown = z.infer<typeof figuresView>
type Cell = string | number | null
type Table = { readonly titles: readonly string[]; readonly rows: readonly (readonly Cell[])[] }

/** The lists that frozen figures name, each a table of its own. */
export const LISTS = [
  'ranking',
  'units',
  'phases',
  'classes',
  'pace',
  'overdue',
  'missing',
  'raised',
  'released',
  'refusals',
  'rebounds',
] as const
export type List = (typeof LISTS)[number]

export const LIST_TITLES: Readonly<Record<List, string>> = {
  ranking: '排名',
  units: '各单位',
  phases: '各阶段',
  classes: '各类别',
  pace: '序时进度',
  overdue: '逾期事项',
  missing: '缺报调度',
  raised: '采取的督办措施',
  released: '解除的督办措施',
  refusals: '退回',
  rebounds: '反弹',
}

const day = (at: string): string => dateOf(at as Instant)
const who = ({ units }: { readonly units: readonly string[] }): string => units.join('、')

const sums = (of: string, rows: Shown['byUnit']): Table => ({
  titles: [of, '收到', '在办', '办结', '并案', '逾期'],
  rows: rows.map(({ title, received, open, closed, merged, overdue }) => [
    title,
    ...[received, open, closed, merged, overdue].map(({ count }) => count),
  ]),
})

const rungs = (rows: Shown['rungs']['raised']): Table => ({
  titles: ['编号', '责任单位', '措施', '日期', '事由'],
  rows: rows.map((one) => [one.case, who(one), one.title, day(one.at), one.cause]),
})

const setbacks = (rows: Shown['refusals']): Table => ({
  titles: ['编号', '责任单位', '日期', '理由'],
  rows: rows.map((one) => [one.case, who(one), day(one.at), one.reason]),
})

const rankingRows = ({ rows }: z.infer<typeof rankingView>): Table => ({
  titles: [
    '名次',
    '单位',
    '得分',
    '事项',
    '核实完成(%)',
    '达到序时进度',
    '应报调度',
    '按期报送',
    '退回或反弹',
  ],
  rows: rows.map((row) => [
    row.rank,
    row.unit,
    row.score,
    row.cases.count,
    row.completion.share,
    row.onPace.count,
    row.returnsDue.count,
    row.returnsOnTime.count,
    row.setBack.count,
  ]),
})

const written = ({ titles, rows }: Table): string => tableOf(titles, rows)

export const rankingTable = (ranking: z.infer<typeof rankingView>): string => written(rankingRows(ranking))

const listIn = (shown: Shown, list: Exclude<List, 'ranking'>): Table => {
  switch (list) {
    case 'units':
      return sums('单位', shown.byUnit)
    case 'classes':
      return sums('类别', shown.byClass)
    case 'phases':
      return {
        titles: ['种类', '阶段', '事项', '其中逾期'],
        rows: shown.byPhase.map(({ kindTitle, phaseTitle, count, overdue }) => [
          kindTitle,
          phaseTitle,
          count.count,
          overdue.count,
        ]),
      }
    case 'pace':
      return {
        titles: ['进度', '事项', '其中逾期'],
        rows: shown.pace.map(({ title, count, overdue }) => [title, count.count, overdue.count]),
      }
    case 'overdue':
      return {
        titles: ['编号', '责任单位', '期限', '逾期自', '逾期天数'],
        rows: shown.overdue.map((one) => [one.case, who(one), one.due, day(one.since), one.days]),
      }
    case 'missing':
      return {
        titles: ['编号', '责任单位', '应报日'],
        rows: shown.missing.map((one) => [one.case, who(one), one.period]),
      }
    case 'raised':
      return rungs(shown.rungs.raised)
    case 'released':
      return rungs(shown.rungs.released)
    case 'refusals':
      return setbacks(shown.refusals)
    case 'rebounds':
      return setbacks(shown.rebounds)
  }
}

/** @returns undefined where there is no such list: rules may have no ranking. */
export const listTable = (shown: Shown, list: List): string | undefined => {
  if (list !== 'ranking') return written(listIn(shown, list))
  return shown.ranking && rankingTable(shown.ranking)
}

/** The lists of cases narrowed to a unit's; sums and ranks stay what they are. */
export const ofUnit = (shown: Shown, unit: string | undefined): Shown => {
  if (unit === undefined) return shown
  const its = <T extends { readonly units: readonly string[] }>(list: readonly T[]): T[] =>
    list.filter(({ units }) => units.includes(unit))
  return {
    ...shown,
    overdue: its(shown.overdue),
    missing: its(shown.missing),
    rungs: { raised: its(shown.rungs.raised), released: its(shown.rungs.released) },
    refusals: its(shown.refusals),
    rebounds: its(shown.rebounds),
  }
}
