import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Clause } from '../../common/Clause'
import { momentInWords } from '../../common/dates'
import { Loaded, Section } from '../../common/Page'
import { caseWhyOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { CasePath } from '../Case'

const FEW = 3

/** Every automatic act and every refusal with its rule, its clause and what was seen then; asked for when it is opened. */
export const Why = ({ path }: { path: CasePath }) => {
  const [isOpen, open] = useState(false)
  return (
    <Section title="为什么">
      <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
        <summary className="quiet">系统自行办的、没有准予的,各依据什么</summary>
        {isOpen && <Explained path={path} />}
      </details>
    </Section>
  )
}

const Explained = ({ path }: { path: CasePath }) => {
  const why = useQuery(caseWhyOptions({ path }))
  return (
    <Loaded query={why}>
      {({ acts, refused }) =>
        acts.length + refused.length === 0 ? (
          <p className="empty">系统还没有自行办过什么,也没有不予办理的。</p>
        ) : (
          <ul className="lines">
            {refused.toReversed().map(({ at, who, title, why: reason, clause, facts }) => (
              <li key={`${at}${title}`}>
                {momentInWords(at)} {who}“{title}”没有办成:{reason} <Clause of={clause} />
                <Facts of={facts} />
              </li>
            ))}
            {acts.toReversed().map(({ seq, at, told, rule, clause, source, facts }) => (
              <li key={seq}>
                {momentInWords(at)} {told}
                <div className="quiet">
                  因{rule} <Clause of={clause} />
                  {source !== '' && source !== clause && <> {source}</>}
                </div>
                <Facts of={facts} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

const Facts = ({ of }: { readonly of: readonly string[] }) =>
  of.length === 0 ? null : of.length <= FEW ? (
    <div className="quiet">当时:{of.join(';')}</div>
  ) : (
    <details>
      <summary className="quiet">当时看到的 {of.length} 项情况</summary>
      <ul className="under">
        {of.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </details>
  )
