import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Due } from '../common/Due'
import { Go } from '../common/Go'
import { Loaded, Page } from '../common/Page'
import { type Column, Records } from '../common/Records'
import { listCasesOptions } from '../generated/api/@tanstack/react-query.gen'
import type { CaseLine, CasePublic } from '../generated/api/types.gen'
import { rest } from '../navigation'

type Row = CaseLine | CasePublic
const isLine = (row: Row): row is CaseLine => !('reading' in row)

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

/** Cases of one kind, the most urgent first. */
const Kind = () => {
  const { kind } = useParams({ strict: false }) as { kind: CaseLine['kind'] }
  const title = rest.find(({ to }) => to === `/kinds/${kind}`)?.title ?? '事项'
  const cases = useQuery(listCasesOptions({ query: { kind, limit: 200 } }))
  return (
    <Page title={title}>
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
