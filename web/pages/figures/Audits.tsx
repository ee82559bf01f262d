import { useQuery } from '@tanstack/react-query'
import { Clause } from '../../common/Clause'
import { Export } from '../../common/Export'
import { Count, Go } from '../../common/Go'
import { Loaded, Section } from '../../common/Page'
import { auditsOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { AuditsResponse } from '../../generated/api/types.gen'
import type { Looked } from '../Figures'

const FIRST = 8

/** The standing audits: what each looks for, and every case that fails it. */
export const Audits = ({ of }: { of: Looked }) => {
  const audits = useQuery(auditsOptions({ query: of }))
  return (
    <Section
      title="常设审计"
      extra={
        <>
          {audits.data?.clean && '全部符合 '}
          <Export href={`/audits?${new URLSearchParams(of)}`} name="常设审计" />
        </>
      }
    >
      <Loaded query={audits}>
        {({ audits: all }) => (
          <ul className="lines">
            {all.map((audit) => (
              <li key={audit.audit}>
                <Audit of={audit} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}

type One = AuditsResponse['audits'][number]

const Audit = ({ of: { title, rule, clause, checked, violating, violators } }: { of: One }) => (
  <>
    <div className="row">
      <b>{title}</b>
      <span className={violating.count > 0 ? 'overdue' : 'quiet'}>
        查 {checked} 件,不符合 <Count of={violating.count} href={violating.href} /> 件
      </span>
    </div>
    <p className="quiet">
      {rule} <Clause of={clause} />
    </p>
    <ul className="under">
      {violators.slice(0, FIRST).map(({ id, href, kindTitle, units, why }) => (
        <li key={id}>
          <Go href={href}>{id}</Go> {kindTitle} {units.join('、')}{' '}
          <span className="quiet">{why.join(';')}</span>
        </li>
      ))}
    </ul>
    {violating.count > FIRST && (
      <Go href={violating.href} className="quiet">
        看全部 {violating.count} 件
      </Go>
    )}
  </>
)
