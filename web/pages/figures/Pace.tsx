import { useQuery } from '@tanstack/react-query'
import { Export } from '../../common/Export'
import { Count } from '../../common/Go'
import { Loaded, Section } from '../../common/Page'
import { type Column, Records } from '../../common/Records'
import { paceOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { PaceResponse } from '../../generated/api/types.gen'
import type { Looked } from '../Figures'

type Bucket = PaceResponse['buckets'][number]

const columns: readonly Column<Bucket>[] = [
  { title: '进度', card: 'head', of: ({ title }) => title },
  { title: '事项', width: 120, of: ({ count, href }) => <Count of={count} href={href} /> },
  {
    title: '其中逾期',
    width: 120,
    of: ({ overdue: { count, href } }) => (
      <span className={count > 0 ? 'overdue' : ''}>
        <Count of={count} href={href} />
      </span>
    ),
  },
]

/** 序时进度: how many are early, on pace, pressed; together all there are. */
export const Pace = ({ of }: { of: Looked }) => {
  const pace = useQuery(paceOptions({ query: of }))
  return (
    <Loaded query={pace}>
      {({ total, buckets }) => (
        <Section
          title="序时进度"
          extra={
            <>
              共 <Count of={total.count} href={total.href} /> 件{' '}
              <Export href={`/pace?${new URLSearchParams(of)}`} name="序时进度" />
            </>
          }
        >
          <Records
            label="序时进度"
            onTelephone="table"
            rows={buckets}
            rowKey={({ bucket }) => bucket}
            columns={columns}
            empty="没有整改事项。"
          />
        </Section>
      )}
    </Loaded>
  )
}
