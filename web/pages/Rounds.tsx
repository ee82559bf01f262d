import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { dayInWords } from '../common/dates'
import { Count, Go } from '../common/Go'
import { Loaded, Page } from '../common/Page'
import { type Column, Records } from '../common/Records'
import { listRoundsOptions } from '../generated/api/@tanstack/react-query.gen'
import type { Round } from '../generated/api/types.gen'
import { useMe } from '../Shell'

const columns: readonly Column<Round>[] = [
  {
    title: '轮次',
    card: 'head',
    of: ({ href, title, drill }) => (
      <Go href={href}>
        {drill && '【演练】'}
        {title}
      </Go>
    ),
  },
  { title: '城市', width: 90, of: ({ city }) => city },
  {
    title: '方案日期',
    width: 130,
    of: ({ planDate }) => (planDate === null ? '方案未报' : dayInWords(planDate)),
  },
  { title: '事项', width: 70, of: ({ id, entries }) => <Count of={entries} href={`/cases?round=${id}`} /> },
  {
    title: '整改中',
    width: 80,
    of: ({ id, rectifying }) => <Count of={rectifying} href={`/cases?round=${id}&phase=rectifying`} />,
  },
  {
    title: '已销号',
    width: 80,
    of: ({ id, closed }) => <Count of={closed} href={`/cases?round=${id}&phase=closed,archived`} />,
  },
  {
    title: '逾期',
    width: 70,
    of: ({ id, overdue }) => (
      <span className={overdue > 0 ? 'overdue' : ''}>
        <Count of={overdue} href={`/cases?round=${id}&overdue=true`} />
      </span>
    ),
  },
]

const Rounds = () => {
  const rounds = useQuery(listRoundsOptions())
  const me = useMe()
  return (
    <Page
      title="督察轮次"
      actions={
        me?.may.includes('open-round') && (
          <Link to="/rounds/new">
            <Button type="primary" size="middle" tabIndex={-1}>
              从整改方案建立
            </Button>
          </Link>
        )
      }
    >
      <Loaded query={rounds}>
        {({ rounds: all }) => (
          <Records
            label="督察轮次"
            rows={all}
            rowKey={({ id }) => id}
            columns={columns}
            empty="还没有督察轮次。"
          />
        )}
      </Loaded>
    </Page>
  )
}

export default Rounds
