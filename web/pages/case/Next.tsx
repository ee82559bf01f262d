import { useQuery } from '@tanstack/react-query'
import { Clause } from '../../common/Clause'
import { dayInWords, momentInWords } from '../../common/dates'
import { Loaded, Section } from '../../common/Page'
import { caseNextOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { CasePath } from '../Case'

const FEW = 3

/** Who owes what until when, what happens otherwise, and what comes by itself. */
export const Next = ({ path }: { path: CasePath }) => {
  const next = useQuery(caseNextOptions({ path }))
  return (
    <Section title="下一步">
      <Loaded query={next}>
        {({ owed, coming }) => (
          <ul className="lines">
            {owed.map(({ who, act, title, due, otherwise }) => (
              <li key={`${who}${act}`}>
                <b>{who}</b> {title}
                {due !== null && `,${dayInWords(due)}前`}
                {otherwise.slice(0, FEW).map(({ at, told, clause }) => (
                  <div className="quiet" key={`${at}${told}`}>
                    否则 {momentInWords(at)} {told} <Clause of={clause} />
                  </div>
                ))}
              </li>
            ))}
            {owed.length === 0 &&
              coming.slice(0, FEW).map(({ at, told, rule, clause }) => (
                <li key={`${at}${told}`}>
                  {momentInWords(at)} {told}
                  <div className="quiet">
                    因{rule} <Clause of={clause} />
                  </div>
                </li>
              ))}
            {owed.length === 0 && coming.length === 0 && <li className="quiet">不再等待什么。</li>}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
