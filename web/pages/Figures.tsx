import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useSend } from '../client/send'
import { dayInWords, momentInWords } from '../common/dates'
import { Export } from '../common/Export'
import { Go } from '../common/Go'
import { Loaded, LoadedPage, Page, Section } from '../common/Page'
import { ProblemNote } from '../common/ProblemNote'
import { type Column, Records } from '../common/Records'
import {
  listRoundsOptions,
  rankingsOptions,
  snapshotsOptions,
} from '../generated/api/@tanstack/react-query.gen'
import { freezeFigures } from '../generated/api/sdk.gen'
import type { Round, Snapshot } from '../generated/api/types.gen'
import type { Asked } from '../router'
import { useMe } from '../Shell'
import { Audits } from './figures/Audits'
import { Pace } from './figures/Pace'
import { RankingTable } from './figures/RankingTable'

/** What is looked at: one round, now or as it was at the end of a day. */
export type Looked = { readonly round: string; readonly at?: string }

/** Pace, ranking, standing audits and frozen figures of a round; every number opens what it counts. */
const Figures = () => {
  const rounds = useQuery(listRoundsOptions())
  return (
    <LoadedPage query={rounds}>
      {({ rounds: all }) => {
        const [first] = all
        return first ? (
          <OfRounds all={all} first={first} />
        ) : (
          <Page title="统计">
            <p className="empty">还没有督察轮次。</p>
          </Page>
        )
      }}
    </LoadedPage>
  )
}

const OfRounds = ({ all, first }: { all: readonly Round[]; first: Round }) => {
  const { round = first.id, at = '' } = useSearch({ strict: false }) as Asked
  const navigate = useNavigate()
  const looked: Looked = { round, ...(at !== '' && { at }) }
  const set = (more: Asked) => {
    const wanted = Object.entries({ round, at, ...more }).filter(([, value]) => value !== '')
    void navigate({ to: '/figures', search: Object.fromEntries(wanted), replace: true })
  }
  return (
    <Page title="统计" about={at === '' ? '截至现在' : `截至${dayInWords(at)}当日终`}>
      <div className="filters">
        <Select
          aria-label="轮次"
          size="middle"
          style={{ width: 220 }}
          value={round}
          onChange={(chosen: string) => set({ round: chosen })}
          options={all.map(({ id, title }) => ({ value: id, label: title }))}
          popupMatchSelectWidth={false}
        />
        <Input
          aria-label="截至哪一天"
          type="date"
          size="middle"
          style={{ width: 160 }}
          value={at}
          onChange={({ target }) => set({ at: target.value })}
        />
      </div>
      <Pace of={looked} />
      <Ranking of={looked} />
      <Audits of={looked} />
      <Frozen of={looked} />
    </Page>
  )
}

const Ranking = ({ of }: { of: Looked }) => {
  const ranking = useQuery(rankingsOptions({ query: of }))
  return (
    <Section
      title="排名"
      extra={
        ranking.data && (
          <>
            {dayInWords(ranking.data.from)}—{dayInWords(ranking.data.to)}{' '}
            <Export href={`/rankings?${new URLSearchParams(of)}`} name="排名" />
          </>
        )
      }
    >
      <Loaded query={ranking}>{({ ranking: found }) => <RankingTable of={found} />}</Loaded>
    </Section>
  )
}

const frozenColumns: readonly Column<Snapshot>[] = [
  {
    title: '截止',
    card: 'head',
    of: ({ href, cutOff }) => <Go href={href}>{momentInWords(cutOff)}</Go>,
  },
  { title: '期间', width: 260, of: ({ from, to }) => `${dayInWords(from)}—${dayInWords(to)}` },
  { title: '摘要', width: 180, card: 'none', of: ({ hash }) => <code>{hash.slice(0, 16)}</code> },
]

const Frozen = ({ of }: { of: Looked }) => {
  const { round } = of
  const me = useMe()
  const frozen = useQuery(snapshotsOptions({ query: { round } }))
  const freeze = useSend((body: { readonly at?: string }, key: string) =>
    freezeFigures({ path: { id: round }, body, headers: { 'Idempotency-Key': key }, throwOnError: true }),
  )
  return (
    <Section title="定格的数据" extra="定格之后不再变">
      {me?.may.includes('freeze-figures') && (
        <p className="filters">
          <Button
            size="middle"
            loading={freeze.isPending}
            onClick={() => freeze.mutate(of.at === undefined ? {} : { at: of.at })}
          >
            {of.at === undefined ? '定格现在的数据' : `定格截至${dayInWords(of.at)}的数据`}
          </Button>
        </p>
      )}
      {freeze.error && <ProblemNote error={freeze.error} />}
      <Loaded query={frozen}>
        {({ snapshots }) => (
          <Records
            label="定格的数据"
            rows={snapshots}
            rowKey={({ key }) => key}
            columns={frozenColumns}
            empty="还没有定格过数据。"
          />
        )}
      </Loaded>
    </Section>
  )
}

export default Figures
