import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Select } from 'antd'
import { dayInWords, momentInWords } from '../common/dates'
import { Export } from '../common/Export'
import { Go } from '../common/Go'
import { LoadedPage, Page, Section } from '../common/Page'
import { snapshotOptions } from '../generated/api/@tanstack/react-query.gen'
import type { Asked } from '../router'
import { listsOf } from './figures/frozen-lists'

/** Figures frozen for good; every number opens what it counted, as it was. One list, of one unit, has an address of its own. */
const Snapshot = () => {
  const { hash } = useParams({ strict: false }) as { hash: string }
  const { list: wanted = '', unit = '' } = useSearch({ strict: false }) as Asked
  const navigate = useNavigate()
  const snapshot = useQuery({
    ...snapshotOptions({ path: { hash }, ...(unit !== '' && { query: { unit } }) }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  const set = (more: Asked) =>
    navigate({
      to: '/snapshots/$hash',
      params: { hash },
      search: Object.fromEntries(
        Object.entries({ list: wanted, unit, ...more }).filter(([, value]) => value !== ''),
      ),
      replace: true,
    })
  const addressOf = (list: string) =>
    `/snapshots/${hash}?${new URLSearchParams({ list, ...(unit !== '' && { unit }) })}`
  return (
    <LoadedPage query={snapshot}>
      {({ from, to, cutOff, round, figures }) => {
        const lists = listsOf(figures)
        const one = lists.find(({ list }) => list === wanted)
        return (
          <Page
            title={`${dayInWords(from)}—${dayInWords(to)}的数据`}
            about={
              <>
                {momentInWords(cutOff)}截止,已定格 · <Go href={`/rounds/${round}`}>轮次 {round}</Go> · 摘要{' '}
                <code>{hash.slice(0, 16)}</code>
              </>
            }
          >
            <div className="filters">
              <Choice
                title="看哪一份"
                value={wanted}
                options={lists.map(({ list, title }) => [list, title])}
                onChoose={(list) => set({ list })}
              />
              <Choice
                title="责任单位"
                value={unit}
                options={figures.byUnit.map(({ title }) => [title, title])}
                onChoose={(chosen) => set({ unit: chosen })}
              />
            </div>
            {(one ? [one] : lists).map(({ list, title, table }) => (
              <Section
                key={list}
                title={title}
                extra={
                  <>
                    {!one && <Go href={addressOf(list)}>只看这一份</Go>}{' '}
                    <Export href={addressOf(list)} name={title.replace(/ .*/, '')} />
                  </>
                }
              >
                {table}
              </Section>
            ))}
          </Page>
        )
      }}
    </LoadedPage>
  )
}

const Choice = ({
  title,
  value,
  options,
  onChoose,
}: {
  title: string
  value: string
  options: readonly (readonly [string, string])[]
  onChoose: (value: string) => void
}) => (
  <Select
    aria-label={title}
    placeholder={title}
    allowClear
    size="middle"
    style={{ width: 220 }}
    value={value === '' ? null : value}
    onChange={(chosen: string | null | undefined) => onChoose(chosen ?? '')}
    options={options.map(([one, label]) => ({ value: one, label }))}
    popupMatchSelectWidth={false}
  />
)

export default Snapshot
