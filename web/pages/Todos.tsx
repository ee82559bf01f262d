import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Select } from 'antd'
import { Due } from '../common/Due'
import { Export } from '../common/Export'
import { Go } from '../common/Go'
import { Loaded, Page } from '../common/Page'
import { type Column, Records } from '../common/Records'
import { listRoundsOptions, myTodosOptions } from '../generated/api/@tanstack/react-query.gen'
import type { Todo } from '../generated/api/types.gen'
import type { Asked } from '../router'

const MOST = 1_000

const columns: readonly Column<Todo>[] = [
  {
    title: '待办',
    width: 150,
    card: 'head',
    of: ({ href, act, title }) => <Go href={`${href}?act=${act}`}>{title}</Go>,
  },
  { title: '问题与措施', of: ({ text }) => <span className="clamp">{text}</span> },
  { title: '单位', width: 200, of: ({ unit }) => unit ?? '—' },
  { title: '期限', width: 130, of: ({ due }) => <Due due={due} /> },
]

const keyOf = ({ href, act, title, seat, unit }: Todo): string => [href, act, title, seat, unit].join(' ')

/** Everything I owe, the most urgent first, narrowed by what stands in the address. */
const Todos = () => {
  const asked = useSearch({ strict: false }) as Asked
  const navigate = useNavigate()
  const all = useQuery(myTodosOptions({ query: { limit: MOST } }))
  const shown = useQuery(myTodosOptions({ query: { ...asked, limit: MOST } as never }))
  const rounds = useQuery(listRoundsOptions())
  const acts = new Map(all.data?.todos.map(({ act, actTitle }) => [act, actTitle]))
  const choose = (name: string, title: string, options: readonly (readonly [string, string])[]) => (
    <Select
      aria-label={title}
      placeholder={title}
      allowClear
      size="middle"
      style={{ width: 200 }}
      value={asked[name] ?? null}
      onChange={(value: string | null | undefined) => {
        const { [name]: _old, ...others } = asked
        return navigate({ to: '/me/todos', search: value ? { ...others, [name]: value } : others })
      }}
      options={options.map(([value, label]) => ({ value, label }))}
      popupMatchSelectWidth={false}
    />
  )
  return (
    <Page
      title="待办"
      about="最急的在前"
      actions={<Export href={`/me/todos?${new URLSearchParams(asked)}`} name="待办" />}
    >
      <div className="filters">
        {choose('act', '办什么', [...acts])}
        {choose('round', '轮次', rounds.data?.rounds.map(({ id, title }) => [id, title] as const) ?? [])}
      </div>
      <Loaded query={shown}>
        {({ todos }) => (
          <Records label="待办" rows={todos} rowKey={keyOf} columns={columns} empty="没有待办。" />
        )}
      </Loaded>
    </Page>
  )
}

export default Todos
