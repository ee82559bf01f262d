import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Clause } from '../../common/Clause'
import { momentInWords } from '../../common/dates'
import { Loaded, Section } from '../../common/Page'
import { caseEventsOptions, casePapersOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { Event, Paper } from '../../generated/api/types.gen'
import type { CasePath } from '../Case'

const FIRST = 12
/** As many events as are asked for at once. */
export const MOST = 1_000

/** All that happened, the latest first, and the papers that came of it. */
export const Timeline = ({ path }: { path: CasePath }) => {
  const events = useQuery(caseEventsOptions({ path, query: { limit: MOST } }))
  const papers = useQuery(casePapersOptions({ path }))
  const { round, n } = path
  return (
    <div>
      <Section title="公文">
        <Loaded query={papers}>{({ papers: all }) => <Papers all={all} />}</Loaded>
      </Section>
      <Section title="全过程" extra={<a href={`/cases/${round}/${n}/dossier`}>下载案卷</a>}>
        <Loaded query={events}>{({ events: all }) => <Happened all={all.toReversed()} />}</Loaded>
      </Section>
    </div>
  )
}

const Papers = ({ all }: { all: readonly Paper[] }) =>
  all.length === 0 ? (
    <p className="empty">还没有公文。</p>
  ) : (
    <ul className="lines">
      {all.map(({ number, title, href, at }) => (
        <li key={number} className="row">
          <a href={href}>
            {title} {number}
          </a>
          <span className="quiet">{momentInWords(at)}</span>
        </li>
      ))}
    </ul>
  )

const ruleOf = ({ by }: Event) =>
  by.kind === 'engine' ? (by as unknown as { readonly rule: string; readonly clause: string }) : undefined

const Happened = ({ all }: { all: readonly Event[] }) => {
  const [isWhole, show] = useState(all.length <= FIRST)
  return (
    <>
      <ol className="timeline">
        {(isWhole ? all : all.slice(0, FIRST)).map((event) => {
          const rule = ruleOf(event)
          return (
            <li key={event.seq} className={rule ? 'engine' : 'person'}>
              {event.told}
              <small>
                {momentInWords(event.at)} ·{' '}
                {rule ? (
                  <>
                    系统,因{rule.rule} <Clause of={rule.clause} />
                  </>
                ) : (
                  event.author
                )}
              </small>
            </li>
          )
        })}
      </ol>
      {!isWhole && (
        <button type="button" className="link" onClick={() => show(true)}>
          看全部 {all.length} 条
        </button>
      )}
    </>
  )
}
