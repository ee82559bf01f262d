import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Clause } from '../../common/Clause'
import { dayInWords, momentInWords } from '../../common/dates'
import { Count, Go } from '../../common/Go'
import { Loaded, Section } from '../../common/Page'
import { type Column, Records } from '../../common/Records'
import { caseActsOptions, roundCadenceOptions } from '../../generated/api/@tanstack/react-query.gen'
import type {
  CadencePeriod,
  CadenceReturns,
  CadenceThing,
  Cadence as Whole,
} from '../../generated/api/types.gen'
import type { CasePath } from '../Case'

/** What is periodic in a round: returns, bulletins, reviews, accounts; how far each is, and what may be done about it. */
export const Cadence = ({ id }: { id: string }) => {
  const cadence = useQuery(roundCadenceOptions({ path: { id } }))
  return (
    <Loaded query={cadence}>
      {(found) => (
        <>
          <Things of={found} />
          <Section title={found.returns.title} extra={<Standing of={found.returns} />}>
            <Returns of={found.returns} />
          </Section>
        </>
      )}
    </Loaded>
  )
}

const Things = ({ of }: { of: Whole }) => {
  const kept = of.things.filter(({ state }) => state !== 'not-in-rules')
  return (
    <Section
      title="定期工作"
      extra={
        <>
          {of.phaseTitle} · <Go href={of.case.href}>本轮次的记录</Go>
        </>
      }
    >
      <Acts of={of.case} />
      {kept.length === 0 ? (
        <p className="empty">本轮次所依规则没有规定通报、讲评和交账。</p>
      ) : (
        <ul className="lines">
          {kept.map((thing) => (
            <li key={thing.thing}>
              <Thing of={thing} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** What I may do with the round now, each with its form at the round's own case. */
const Acts = ({ of: { id, href } }: { of: Whole['case'] }) => {
  const [round = '', n = ''] = id.split('/')
  const path: CasePath = { round, n }
  const acts = useQuery(caseActsOptions({ path }))
  const open = acts.data?.acts.filter((act) => act.open) ?? []
  if (open.length === 0) return null
  return (
    <p className="ways">
      您现在可以:
      {open.map(({ act, title }) => (
        <Go key={act} href={`${href}?act=${act}`}>
          {title}
        </Go>
      ))}
    </p>
  )
}

const Thing = ({ of: { title, state, source, next, periods } }: { of: CadenceThing }) => (
  <>
    <div className="row">
      <span>
        <b>{title}</b> {state === 'paused' && <span className="overdue">已暂停</span>}{' '}
        {source !== null && <Clause of={source} />}
      </span>
      <span className="quiet">
        {next === null ? '不再有下一期' : `下一期 ${next.title},${momentInWords(next.cutOff)}截止`}
      </span>
    </div>
    {periods.length > 0 && (
      <ul className="under">
        {periods.toReversed().map((period) => (
          <Period key={period.period} of={period} />
        ))}
      </ul>
    )}
  </>
)

const STATES: Readonly<Record<CadencePeriod['state'], string>> = {
  skipped: '暂停期间未办',
  freezing: '正在定格数据',
  drafted: '已拟好,待印发',
  issued: '已印发',
  correcting: '正在更正',
}

const Period = ({ of }: { of: CadencePeriod }) => (
  <li>
    {of.title} {STATES[of.state]}
    {of.issueBy !== null && of.state !== 'issued' && `,应于${dayInWords(of.issueBy)}前`}
    {of.lateSince !== null && of.state !== 'issued' && <b className="overdue"> 已逾期</b>}
    {of.versions.map(({ version, snapshot, issuedAt, reason }) => (
      <span key={version} className="quiet">
        {' · '}
        {version > 1 && `第 ${version} 版 `}
        {issuedAt !== null && `${momentInWords(issuedAt)}印发 `}
        {reason !== null && `(${reason})`}
        {snapshot && <Go href={snapshot.href}>所依数据</Go>}
      </span>
    ))}
    {of.unsigned.length > 0 && <div className="quiet">尚未签字:{of.unsigned.join('、')}</div>}
    {of.commitments.length > 0 && (
      <div className="quiet">
        承诺事项 {of.commitments.length} 件
        {of.commitments.map(({ case: id, href, overdue }) => (
          <span key={id} className={overdue === 'overdue' ? 'overdue' : ''}>
            {' '}
            <Go href={href}>{id}</Go>
          </span>
        ))}
      </div>
    )}
    {of.draft !== null && (
      <details>
        <summary className="quiet">看拟稿</summary>
        <p>
          <b>{of.draft.subject}</b>
        </p>
        <p className="words">{of.draft.body.join('\n')}</p>
      </details>
    )}
  </li>
)

const Standing = ({ of: { state, source } }: { of: CadenceReturns }) => (
  <>
    {state === 'paused' && <b className="overdue">已暂停 </b>}
    <Clause of={source} />
  </>
)

type ReturnPeriod = CadenceReturns['periods'][number]

const numbers: readonly (readonly [string, (row: ReturnPeriod) => { count: number; href: string }])[] = [
  ['应报', ({ due }) => due],
  ['按期', ({ onTime }) => onTime],
  ['迟报', ({ late }) => late],
  ['缺报', ({ missing }) => missing],
  ['暂停未报', ({ passedOver }) => passedOver],
  ['待决定', ({ undecided }) => undecided],
  ['免报', ({ waived }) => waived],
  ['补报', ({ calledIn }) => calledIn],
]

const columns: readonly Column<ReturnPeriod>[] = [
  { title: '应报日', card: 'head', of: ({ period }) => dayInWords(period) },
  ...numbers.map(([title, of]) => ({
    title,
    width: 84,
    of: (row: ReturnPeriod) => <Count of={of(row).count} href={of(row).href} />,
  })),
]

/** So many periods are shown at first. */
const FEW = 6

const Returns = ({ of: { periods, awaited, undecided, pauses } }: { of: CadenceReturns }) => {
  const [isWhole, show] = useState(periods.length <= FEW)
  return (
    <>
      {awaited.map(({ due, cutOff, cases }) => (
        <p key={due}>
          {dayInWords(due)}一期,
          <Count of={cases.count} href={cases.href} /> 件待报,{momentInWords(cutOff)}
          截止。
        </p>
      ))}
      {undecided.length > 0 && (
        <p className="overdue">暂停期间 {undecided.map(dayInWords).join('、')} 应报未报,请决定免报或补报。</p>
      )}
      {pauses.map(({ since, until }) => (
        <p className="quiet" key={since}>
          {momentInWords(since)}暂停{until === null ? ',尚未恢复' : `,${momentInWords(until)}恢复`}。
        </p>
      ))}
      <Records
        label="各期调度"
        onTelephone="table"
        rows={isWhole ? periods : periods.slice(0, FEW)}
        rowKey={({ period }) => period}
        columns={columns}
        empty="还没有满一期。"
      />
      {!isWhole && (
        <button type="button" className="link" onClick={() => show(true)}>
          看全部 {periods.length} 期
        </button>
      )}
    </>
  )
}
