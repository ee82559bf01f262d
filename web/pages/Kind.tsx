import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { isLine } from '../common/case-row'
import { Due } from '../common/Due'
import { Export } from '../common/Export'
import { Go } from '../common/Go'
import { Loaded, Page } from '../common/Page'
import { type Column, Records } from '../common/Records'
import {
  listCasesOptions,
  listRoundsOptions,
  roundOpeningsOptions,
} from '../generated/api/@tanstack/react-query.gen'
import type { CaseLine } from '../generated/api/types.gen'
import { rest } from '../navigation'
import type { Asked } from '../router'
import { useMe } from '../Shell'
import { Petitions } from './kind/Petitions'

const OpenCase = lazy(() => import('./kind/OpenCase'))

const columns: readonly Column<CaseLine>[] = [
  {
    title: '事项',
    card: 'head',
    of: ({ href, text }) => (
      <Go href={href} className="clamp">
        {text}
      </Go>
    ),
  },
  { title: '单位', width: 220, of: ({ units }) => units.join('、') || '—' },
  { title: '阶段', width: 110, of: ({ phaseTitle }) => phaseTitle },
  { title: '现在轮到', width: 150, of: ({ turn }) => turn ?? '—' },
  { title: '期限', width: 150, of: ({ due, overdueSince }) => <Due due={due} overdueSince={overdueSince} /> },
]

/** Cases of one kind, the most urgent first; a new one is opened here. */
const Kind = () => {
  const { kind } = useParams({ strict: false }) as { kind: CaseLine['kind'] }
  const title = rest.find(({ to }) => to === `/kinds/${kind}`)?.title ?? '事项'
  const cases = useQuery(listCasesOptions({ query: { kind, limit: 200 } }))
  const rounds = useQuery(listRoundsOptions())
  const me = useMe()
  const { round: chosen } = useSearch({ strict: false }) as Asked
  const navigate = useNavigate()
  const [opening, open] = useState<string>()
  const all = rounds.data?.rounds ?? []
  const round = all.find(({ id }) => id === chosen) ?? all[0]
  const openings = useQuery({
    ...roundOpeningsOptions({ path: { id: round?.id ?? '' } }),
    enabled: round !== undefined,
  })
  const own = openings.data?.openings.find((one) => one.kind === kind && one.open)
  const listed = `/cases?kind=${kind}`
  return (
    <Page
      title={title}
      actions={
        <>
          <Go href={listed} className="head-link">
            筛选
          </Go>
          <Export href={listed} name={title} />
          {round && (
            <>
              {all.length > 1 && (
                <Select
                  aria-label="轮次"
                  size="middle"
                  style={{ width: 200 }}
                  value={round.id}
                  onChange={(id: string) =>
                    navigate({ to: '/kinds/$kind', params: { kind }, search: { round: id }, replace: true })
                  }
                  options={all.map(({ id, title: name }) => ({ value: id, label: name }))}
                  popupMatchSelectWidth={false}
                />
              )}
              {own && opening !== own.act && (
                <Button type="primary" size="middle" onClick={() => open(own.act)}>
                  {own.title}
                </Button>
              )}
            </>
          )}
        </>
      }
    >
      {round && own && opening === own.act && (
        <div className="next">
          <p className="what">{own.title}</p>
          <p className="quiet">{round.title}</p>
          <Suspense fallback={null}>
            <OpenCase
              key={`${own.act}${round.id}`}
              of={own}
              round={round.id}
              onCancel={() => open(undefined)}
            />
          </Suspense>
        </div>
      )}
      {kind === 'petition' && round && me?.may.includes('read-petitions') && <Petitions of={round} />}
      <Loaded query={cases}>
        {({ cases: found }) => (
          <Records
            label={title}
            rows={found.filter(isLine)}
            rowKey={({ id }) => id}
            columns={columns}
            empty={`没有${title}事项。`}
          />
        )}
      </Loaded>
    </Page>
  )
}

export default Kind
