import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { dayInWords, momentInWords } from '../common/dates'
import { Export } from '../common/Export'
import { Count, Go } from '../common/Go'
import { LoadedPage, Page, Section } from '../common/Page'
import { type Column, Records } from '../common/Records'
import { snapshotOptions } from '../generated/api/@tanstack/react-query.gen'
import type { Figures } from '../generated/api/types.gen'
import { RankingTable } from './figures/RankingTable'

type Sums = Figures['byUnit'][number]

const sums: readonly (readonly [string, (row: Sums) => { count: number; href: string }])[] = [
  ['收到', ({ received }) => received],
  ['在办', ({ open }) => open],
  ['办结', ({ closed }) => closed],
  ['并案', ({ merged }) => merged],
  ['逾期', ({ overdue }) => overdue],
]

const columns: readonly Column<Sums>[] = [
  { title: '单位', card: 'head', of: ({ title }) => title },
  ...sums.map(([title, of]) => ({
    title,
    width: 96,
    of: (row: Sums) => <Count of={of(row).count} href={of(row).href} />,
  })),
]

type Late = Figures['overdue'][number]

const lateColumns: readonly Column<Late>[] = [
  { title: '编号', card: 'head', width: 180, of: ({ case: id, href }) => <Go href={href}>{id}</Go> },
  { title: '责任单位', of: ({ units }) => units.join('、') },
  { title: '期限', width: 140, of: ({ due }) => (due === null ? '—' : dayInWords(due)) },
  { title: '逾期', width: 100, of: ({ days }) => `${days} 天` },
]

/** Figures frozen for good; every number opens what it counted, as it was. */
const Snapshot = () => {
  const { hash } = useParams({ strict: false }) as { hash: string }
  const snapshot = useQuery({ ...snapshotOptions({ path: { hash } }), staleTime: Number.POSITIVE_INFINITY })
  return (
    <LoadedPage query={snapshot}>
      {({ from, to, cutOff, round, figures }) => (
        <Page
          title={`${dayInWords(from)}—${dayInWords(to)}的数据`}
          about={
            <>
              {momentInWords(cutOff)}截止,已定格 · <Go href={`/rounds/${round}`}>轮次 {round}</Go> · 摘要{' '}
              <code>{hash.slice(0, 16)}</code>
            </>
          }
        >
          <Section title="各单位">
            <Records
              label="各单位"
              onTelephone="table"
              rows={figures.byUnit}
              rowKey={({ title }) => title}
              columns={columns}
              empty="没有事项。"
            />
          </Section>
          {figures.ranking && (
            <Section title="排名" extra={<Export href={`/snapshots/${hash}`} name="排名" />}>
              <RankingTable of={figures.ranking} />
            </Section>
          )}
          <Section title="逾期事项">
            <Records
              label="逾期事项"
              rows={figures.overdue}
              rowKey={({ case: id }) => id}
              columns={lateColumns}
              empty="没有逾期事项。"
            />
          </Section>
        </Page>
      )}
    </LoadedPage>
  )
}

export default Snapshot
