import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { type CaseRow, isLine } from '../common/case-row'
import { Due } from '../common/Due'
import { Export } from '../common/Export'
import { Count, Go } from '../common/Go'
import { Loaded, Page } from '../common/Page'
import { ProblemNote } from '../common/ProblemNote'
import { type Column, Records } from '../common/Records'
import {
  listCasesQueryKey,
  listRoundsOptions,
  summaryOptions,
} from '../generated/api/@tanstack/react-query.gen'
import { listCases } from '../generated/api/sdk.gen'
import type { ListCasesData } from '../generated/api/types.gen'
import type { Asked } from '../router'

type Query = NonNullable<ListCasesData['query']>

const PAGE = 50
/** What the filters show of what is asked; the rest came with a link. */
const FILTERS: ReadonlySet<string> = new Set(['q', 'round', 'kind', 'phase', 'overdue'])

const columns: readonly Column<CaseRow>[] = [
  { title: '编号', width: 132, card: 'none', of: ({ id }) => <Go href={`/cases/${id}`}>{id}</Go> },
  {
    title: '事项',
    card: 'head',
    of: ({ id, text }) => (
      <Go href={`/cases/${id}`} className="clamp">
        {text}
      </Go>
    ),
  },
  { title: '责任单位', width: 180, of: ({ units }) => units.join('、') },
  { title: '阶段', width: 96, of: (row) => (isLine(row) ? row.phaseTitle : '公示中') },
  { title: '现在轮到', width: 130, of: (row) => (isLine(row) ? (row.turn ?? '—') : '—') },
  {
    title: '进度',
    width: 72,
    of: (row) => (isLine(row) && row.kind === 'problem' ? `${row.verified}%` : '—'),
  },
  {
    title: '期限',
    width: 150,
    of: (row) =>
      isLine(row) ? <Due due={row.due} overdueSince={row.overdueSince} note={row.dueNote} /> : '—',
  },
]

/** Every case I may see, narrowed by what stands in the address. */
const Ledger = () => {
  const asked = useSearch({ strict: false }) as Asked
  const navigate = useNavigate()
  const set = (more: Asked) =>
    navigate({
      to: '/cases',
      search: Object.fromEntries(Object.entries({ ...asked, ...more }).filter(([, value]) => value !== '')),
    })
  const query = asked as Query
  const list = useInfiniteQuery({
    queryKey: [...listCasesQueryKey({ query }), 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await listCases({
        query: { ...query, limit: PAGE, ...(pageParam !== undefined && { after: pageParam as never }) },
        signal,
        throwOnError: true,
      })
      return data
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const rows = list.data?.pages.flatMap(({ cases }) => cases)
  return (
    <Page title="台账" actions={<Export href={`/cases?${new URLSearchParams(asked)}`} name="台账" />}>
      <Counts asked={asked} />
      <Filters asked={asked} set={set} />
      {list.error && <ProblemNote error={list.error} />}
      {rows ? (
        <Records
          label="台账"
          rows={rows}
          rowKey={({ id }) => id}
          columns={columns}
          empty="没有符合条件的事项。"
        />
      ) : (
        <Loaded query={{ data: undefined, error: list.error, isPending: list.isPending }}>
          {() => null}
        </Loaded>
      )}
      {list.hasNextPage && (
        <p className="more-rows">
          <Button loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            再看 {PAGE} 件
          </Button>
          <span className="quiet">已列出 {rows?.length ?? 0} 件</span>
        </p>
      )}
    </Page>
  )
}

const Counts = ({ asked }: { asked: Asked }) => {
  const { round } = asked
  const summary = useQuery(summaryOptions({ query: round === undefined ? {} : { round: round as never } }))
  if (!summary.data) return <p className="quiet counts">&nbsp;</p>
  const { total, byPhaseAndClass, pace } = summary.data
  const within = round === undefined ? '' : `round=${round}&`
  const overdue = byPhaseAndClass.reduce((sum, { overdue: late }) => sum + late, 0)
  return (
    <p className="counts">
      共 <Count of={total} href={`/cases?${within}`} /> 件
      {overdue > 0 && (
        <>
          ,逾期 <Count of={overdue} href={`/cases?${within}overdue=true`} /> 件
        </>
      )}
      {pace.map(({ bucket, title, count, href }) =>
        count === 0 ? null : (
          <span key={bucket}>
            ,{title} <Count of={count} href={href} /> 件
          </span>
        ),
      )}
    </p>
  )
}

const Filters = ({ asked, set }: { asked: Asked; set: (more: Asked) => void }) => {
  const rounds = useQuery(listRoundsOptions())
  const summary = useQuery(summaryOptions({ query: {} }))
  const [words, write] = useState(asked.q ?? '')
  const phases = new Map(
    summary.data?.byPhaseAndClass.map(({ phase, phaseTitle, kindTitle, kind }) => [
      phase,
      kind === 'problem' ? phaseTitle : `${kindTitle} · ${phaseTitle}`,
    ]),
  )
  const kinds = new Map(summary.data?.byPhaseAndClass.map(({ kind, kindTitle }) => [kind, kindTitle]))
  const others = Object.keys(asked).filter((name) => !FILTERS.has(name))
  const choose = (
    name: string,
    title: string,
    options: readonly (readonly [string, string])[],
    width: number,
  ) => (
    <Select
      aria-label={title}
      placeholder={title}
      allowClear
      style={{ width }}
      size="middle"
      value={asked[name] ?? null}
      onChange={(value: string | null | undefined) => set({ [name]: value ?? '' })}
      options={options.map(([value, label]) => ({ value, label }))}
      popupMatchSelectWidth={false}
    />
  )
  return (
    <div className="filters">
      <Input.Search
        aria-label="查找"
        placeholder="编号、内容或单位"
        size="middle"
        style={{ width: 220 }}
        value={words}
        onChange={({ target }) => write(target.value)}
        onSearch={(q) => set({ q })}
        allowClear
      />
      {choose('round', '轮次', rounds.data?.rounds.map(({ id, title }) => [id, title]) ?? [], 150)}
      {choose('kind', '种类', [...kinds], 110)}
      {choose('phase', '阶段', [...phases], 120)}
      {choose(
        'overdue',
        '是否逾期',
        [
          ['true', '已逾期'],
          ['false', '未逾期'],
        ],
        110,
      )}
      {others.length > 0 && (
        <Button type="link" onClick={() => set(Object.fromEntries(others.map((name) => [name, ''])))}>
          取消其他条件
        </Button>
      )}
    </div>
  )
}

export default Ledger
