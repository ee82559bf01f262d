import type { ReactNode } from 'react'
import { dayInWords, momentInWords } from '../../common/dates'
import { Count, Go } from '../../common/Go'
import { type Column, Records } from '../../common/Records'
import type { Figures, SnapshotData } from '../../generated/api/types.gen'
import { LongRecords } from './LongRecords'
import { RankingTable } from './RankingTable'

type Opened = { readonly count: number; readonly href: string }
type List = NonNullable<NonNullable<SnapshotData['query']>['list']>
type Sums = Figures['byUnit'][number]
type Phase = Figures['byPhase'][number]
type Bucket = Figures['pace'][number]
type Rung = Figures['rungs']['raised'][number]
type Setback = Figures['refusals'][number]
type OfCase = Pick<Figures['missing'][number], 'case' | 'href' | 'units'>

const number = <Row,>(title: string, of: (row: Row) => Opened): Column<Row> => ({
  title,
  width: 96,
  of: (row) => <Count of={of(row).count} href={of(row).href} />,
})

const sums = (title: string): readonly Column<Sums>[] => [
  { title, card: 'head', of: (row) => row.title },
  number('收到', ({ received }) => received),
  number('在办', ({ open }) => open),
  number('办结', ({ closed }) => closed),
  number('并案', ({ merged }) => merged),
  number('逾期', ({ overdue }) => overdue),
]

const phaseColumns: readonly Column<Phase>[] = [
  { title: '阶段', card: 'head', of: ({ kindTitle, phaseTitle }) => `${kindTitle} · ${phaseTitle}` },
  number('事项', ({ count }) => count),
  number('其中逾期', ({ overdue }) => overdue),
]

const paceColumns: readonly Column<Bucket>[] = [
  { title: '进度', card: 'head', of: ({ title }) => title },
  number('事项', ({ count }) => count),
  number('其中逾期', ({ overdue }) => overdue),
]

const ofCase: readonly Column<OfCase>[] = [
  { title: '编号', card: 'head', width: 180, of: ({ case: id, href }) => <Go href={href}>{id}</Go> },
  { title: '责任单位', of: ({ units }) => units.join('、') },
]

const lateColumns: readonly Column<Figures['overdue'][number]>[] = [
  ...ofCase,
  { title: '期限', width: 140, of: ({ due }) => (due === null ? '—' : dayInWords(due)) },
  { title: '逾期', width: 100, of: ({ days }) => `${days} 天` },
]
const missingColumns: readonly Column<Figures['missing'][number]>[] = [
  ...ofCase,
  { title: '应报日', width: 140, of: ({ period }) => dayInWords(period) },
]
const rungColumns: readonly Column<Rung>[] = [
  ...ofCase,
  { title: '措施', width: 120, of: ({ title }) => title },
  { title: '时间', width: 150, of: ({ at }) => momentInWords(at) },
  { title: '事由', of: ({ cause }) => cause },
]
const setbackColumns: readonly Column<Setback>[] = [
  ...ofCase,
  { title: '时间', width: 150, of: ({ at }) => momentInWords(at) },
  { title: '理由', of: ({ reason }) => reason },
]

type FrozenList = { readonly list: List; readonly title: string; readonly table: ReactNode }

const cases = <Row extends OfCase>(
  list: List,
  title: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): FrozenList => ({
  list,
  title: `${title} ${rows.length} 件次`,
  table: <LongRecords label={title} rows={rows} columns={columns} empty={`没有${title}。`} />,
})

/** Numbers to be compared; who reads only of one unit is not given all of them. */
const numbers = <Row,>(
  list: List,
  title: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  rowKey: (row: Row) => string,
): readonly FrozenList[] =>
  rows.length === 0
    ? []
    : [
        {
          list,
          title,
          table: (
            <Records
              label={title}
              onTelephone="table"
              rows={rows}
              rowKey={rowKey}
              columns={columns}
              empty="没有事项。"
            />
          ),
        },
      ]

const titled = ({ title }: { readonly title: string }): string => title

/** Every list the figures name, in the order they are read. */
export const listsOf = (figures: Figures): readonly FrozenList[] => [
  ...numbers('units', '各单位', figures.byUnit, sums('单位'), titled),
  ...(figures.ranking
    ? [{ list: 'ranking' as const, title: '排名', table: <RankingTable of={figures.ranking} /> }]
    : []),
  ...numbers('classes', '各类别', figures.byClass, sums('类别'), titled),
  ...numbers(
    'phases',
    '各阶段',
    figures.byPhase,
    phaseColumns,
    ({ kindTitle, phaseTitle }) => `${kindTitle}${phaseTitle}`,
  ),
  ...numbers('pace', '序时进度', figures.pace, paceColumns, titled),
  cases('overdue', '逾期事项', figures.overdue, lateColumns),
  cases('missing', '缺报调度', figures.missing, missingColumns),
  cases('raised', '采取的督办措施', figures.rungs.raised, rungColumns),
  cases('released', '解除的督办措施', figures.rungs.released, rungColumns),
  cases('refusals', '退回', figures.refusals, setbackColumns),
  cases('rebounds', '反弹', figures.rebounds, setbackColumns),
]
