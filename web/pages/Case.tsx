import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { isLine } from '../common/case-row'
import { Due } from '../common/Due'
import { dayInWords, momentInWords } from '../common/dates'
import { Count, Go } from '../common/Go'
import { LoadedPage, Page, Section } from '../common/Page'
import { caseByIdOptions, listCasesOptions } from '../generated/api/@tanstack/react-query.gen'
import type { CasePublic, CaseWhole } from '../generated/api/types.gen'
import { Acts } from './case/Acts'
import { Draw } from './case/Draw'
import { Next } from './case/Next'
import { Timeline } from './case/Timeline'
import { Why } from './case/Why'

export type CasePath = { readonly round: string; readonly n: string }

/** One case: where it stands, whose turn it is, what comes next and why, what I may do, and all that happened. */
const Case = () => {
  const path = useParams({ strict: false }) as CasePath
  const one = useQuery(caseByIdOptions({ path }))
  return (
    <LoadedPage query={one}>
      {(found) => (found.reading === 'whole' ? <Whole of={found} path={path} /> : <Posted of={found} />)}
    </LoadedPage>
  )
}

const LONGEST_HEAD = 60

/** The first line of what a case is about, cut where it is long; the whole is under it. */
const headOf = (text: string): string => {
  const [first = ''] = text.split('\n')
  return first.length > LONGEST_HEAD ? `${first.slice(0, LONGEST_HEAD)}……` : first
}

const Whole = ({ of, path }: { of: CaseWhole; path: CasePath }) => (
  <Page title={headOf(of.text)} about={`${of.kindTitle} ${of.id} · ${of.phaseTitle}`}>
    <Acts path={path} />
    <div className="two">
      <div>
        <Section title="现状">
          <Standing of={of} />
        </Section>
        {of.kind === 'inspection' && <Draw path={path} />}
        <Related id={of.id} />
        <Next path={path} />
        <Why path={path} />
        {of.chain.length > 0 && (
          <Section title="销号环节">
            <Chain of={of} />
          </Section>
        )}
      </div>
      <Timeline path={path} />
    </div>
  </Page>
)

const MOST_RELATED = 20

/** What came of this case or belongs to it, as far as I may read it. */
const Related = ({ id }: { id: string }) => {
  const related = useQuery(listCasesOptions({ query: { origin: id, limit: MOST_RELATED } }))
  const cases = related.data?.cases.filter(isLine) ?? []
  if (cases.length === 0) return null
  return (
    <Section title="关联事项" extra={<Go href={`/cases?origin=${encodeURIComponent(id)}`}>在台账中查看</Go>}>
      <ul className="lines">
        {cases.map(({ id: one, href, kindTitle, text, phaseTitle, due, overdueSince }) => (
          <li key={one} className="row">
            <span>
              <Go href={href} className="clamp">{`${kindTitle}:${text}`}</Go>
              <span className="quiet">{phaseTitle}</span>
            </span>
            <Due due={due} overdueSince={overdueSince} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const Standing = ({ of }: { of: CaseWhole }) => {
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    ['阶段', of.phaseTitle],
    ['现在轮到', of.turn ?? '—'],
    ['期限', <Due key="due" due={of.due} overdueSince={of.overdueSince} note={of.dueNote} />],
    ...(of.originalDue !== null && of.originalDue !== of.due
      ? ([['原定期限', dayInWords(of.originalDue)]] as const)
      : []),
    ...(of.kind === 'problem' ? ([['进度', `自报 ${of.claimed}%,核实 ${of.verified}%`]] as const) : []),
    ...(of.classTitle === null ? [] : ([['类别', of.classTitle]] as const)),
    ['责任单位', of.units.join('、') || '—'],
    ...(of.origin === null
      ? []
      : ([
          [
            of.kind === 'referral' ? '来源事项' : '关联事项',
            <Go key="origin" href={of.origin.href}>
              {`${of.origin.id} ${headOf(of.origin.text)}`}
            </Go>,
          ],
        ] as const)),
    ...(of.leadUnit === null ? [] : ([['牵头验收单位', of.leadUnit]] as const)),
    ...(of.cooperatingUnits.length === 0
      ? []
      : ([['配合验收单位', of.cooperatingUnits.join('、')]] as const)),
    ...(of.supervisingUnit === null ? [] : ([['监管单位', of.supervisingUnit]] as const)),
    ...(of.returnsMissed === 0 ? [] : ([['缺报', `${of.returnsMissed} 期`]] as const)),
    ...(of.links.engine === undefined
      ? []
      : ([
          [
            '流程引擎',
            <a key="engine" href={of.links.engine} target="_blank" rel="noreferrer">
              在 Temporal 中查看
            </a>,
          ],
        ] as const)),
    [
      '本单位其他事项',
      of.units[0] === undefined ? (
        '—'
      ) : (
        <Count key="unit" of="查看" href={`/cases?unit=${encodeURIComponent(of.units[0])}`} />
      ),
    ],
  ]
  return (
    <>
      {headOf(of.text) !== of.text && <p className="words">{of.text}</p>}
      <dl className="facts">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

const Chain = ({ of }: { of: CaseWhole }) => (
  <ol className="chain">
    {of.chain.map(({ id, title, who, standing, signed }) => (
      <li key={id} className={standing}>
        <span>
          {title}
          {who !== null && <small> {who}</small>}
          {standing === 'now' && of.turn !== null && <small> · 现在轮到{of.turn}</small>}
          {signed.map(({ name, at }) => (
            <small key={`${name}${at}`}>
              <br />
              {name} {momentInWords(at)} 签
            </small>
          ))}
        </span>
      </li>
    ))}
  </ol>
)

const Posted = ({ of }: { of: CasePublic }) => (
  <Page title={of.text} about={`公示中 · ${of.units.join('、')}`}>
    <p>
      {of.postedOn !== null && `${dayInWords(of.postedOn)}起公示`}
      {of.until !== null && `,至${dayInWords(of.until)}`}。
    </p>
  </Page>
)

export default Case
