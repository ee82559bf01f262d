import { useQuery } from '@tanstack/react-query'
import { Go } from '../../common/Go'
import { Loaded, Section } from '../../common/Page'
import { petitionCountsOptions, petitionRepeatsOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { PetitionCountsResponse, PetitionRepeatsResponse, Round } from '../../generated/api/types.gen'

/** The petitions of a round: how many came, were taken up, answered; and which may be the same. */
export const Petitions = ({ of: { id, title } }: { of: Round }) => {
  const counts = useQuery(petitionCountsOptions({ path: { id } }))
  const repeats = useQuery(petitionRepeatsOptions({ path: { id } }))
  return (
    <Section title="信访情况" extra={title}>
      <Loaded query={counts}>{(found) => <Counts of={found} />}</Loaded>
      <Loaded query={repeats}>{({ groups }) => <Repeats groups={groups} />}</Loaded>
    </Section>
  )
}

const TITLES: Readonly<Record<keyof PetitionCountsResponse, string>> = {
  received: '收到',
  accepted: '受理',
  closed: '办结',
  merged: '并案',
  declined: '不予受理',
}

const Counts = ({ of }: { of: PetitionCountsResponse }) => (
  <dl className="facts">
    {Object.entries(TITLES).map(([name, title]) => {
      const { count, cases } = of[name as keyof PetitionCountsResponse]
      return (
        <div key={name}>
          <dt>{title}</dt>
          <dd>
            {count === 0 ? (
              0
            ) : (
              <details>
                <summary>{count} 件</summary>
                {cases.map(({ id, href }) => (
                  <div key={id}>
                    <Go href={href}>{id}</Go>
                  </div>
                ))}
              </details>
            )}
          </dd>
        </div>
      )
    })}
  </dl>
)

const Repeats = ({ groups }: { groups: PetitionRepeatsResponse['groups'] }) =>
  groups.length === 0 ? (
    <p className="empty">没有疑似重复的信访件。</p>
  ) : (
    <ul className="lines">
      {groups.map(({ main, petitions, supervise }) => (
        <li key={main.id}>
          <Go href={main.href}>{main.id}</Go> {main.place} {main.subject}
          {supervise && <b className="overdue"> 并案后达到建议督办的件数</b>}
          <ul className="under">
            {petitions.map(({ id, href, placeAlike, subjectAlike, merge }) => (
              <li key={id}>
                疑似重复 <Go href={href}>{id}</Go>{' '}
                <span className="quiet">
                  地点相近 {placeAlike}%,事由相近 {subjectAlike}%
                </span>{' '}
                <Go href={`${href}?act=${merge.type}&into=${encodeURIComponent(merge.into)}`}>去并案</Go>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
