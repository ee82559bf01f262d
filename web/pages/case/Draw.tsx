import { useQuery } from '@tanstack/react-query'
import { Go } from '../../common/Go'
import { Loaded, Section } from '../../common/Page'
import { caseEventsOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { Event } from '../../generated/api/types.gen'
import type { CasePath } from '../Case'
import { MOST } from './Timeline'

type Ordered = { readonly subjects: { readonly cases: readonly string[] } }
type Drawn = {
  readonly seed: string
  readonly take: number
  /** Hash of the sorted list. */
  readonly population: string
  readonly selected: readonly string[]
}

const find = <T,>(events: readonly Event[], wanted: string): T | undefined =>
  events.find(({ type }) => type === wanted)?.event as T | undefined

/** A random check's draw as it is on record: its seed, the list, what was drawn, and how anybody draws it again. */
export const Draw = ({ path }: { path: CasePath }) => {
  const events = useQuery(caseEventsOptions({ path, query: { limit: MOST } }))
  return (
    <Loaded query={events}>
      {({ events: all }) => {
        const ordered = find<Ordered>(all, 'inspection-ordered')
        const drawn = find<Drawn>(all, 'sample-drawn')
        return ordered && drawn ? <Shown list={ordered.subjects.cases} drawn={drawn} /> : null
      }}
    </Loaded>
  )
}

const inShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const Shown = ({ list, drawn }: { list: readonly string[]; drawn: Drawn }) => {
  const { seed, take, population, selected } = drawn
  const text = `${list.join('\n')}\n`
  return (
    <Section title="随机抽取" extra={`${list.length} 件中抽 ${take} 件`}>
      <dl className="facts">
        <div>
          <dt>种子</dt>
          <dd>{seed}</dd>
        </div>
        <div>
          <dt>清单摘要(SHA-256)</dt>
          <dd>
            <code>{population}</code>
          </dd>
        </div>
      </dl>
      <p className="ways">
        抽中:
        {selected.map((id) => (
          <Go key={id} href={`/cases/${id}`}>
            {id}
          </Go>
        ))}
      </p>
      <details>
        <summary className="quiet">清单和重抽的办法</summary>
        <p>
          把
          <a download="清单.txt" href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}>
            清单
          </a>
          存下,运行下面的命令,得到同样的清单摘要和同样的 {take} 件:
        </p>
        <pre className="words">{`npm run -s bihuan -- draw 清单.txt --seed ${inShell(seed)} --take ${take}`}</pre>
        <p className="quiet">{list.join('、')}</p>
      </details>
    </Section>
  )
}
