import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Clause } from '../../common/Clause'
import { Due } from '../../common/Due'
import { Loaded } from '../../common/Page'
import { caseActsOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { Act } from '../../generated/api/types.gen'
import type { Asked } from '../../router'
import type { CasePath } from '../Case'

const ActForm = lazy(() => import('./ActForm'))

/** What I may do with the case now, and for the rest why not. Which act's form is open, and what it begins with, stands in the address. */
export const Acts = ({ path }: { path: CasePath }) => {
  const acts = useQuery(caseActsOptions({ path }))
  const { act: chosen, ...given } = useSearch({ strict: false }) as Asked
  const navigate = useNavigate()
  const [done, tell] = useState<string>()
  const choose = (act: string | undefined) => {
    tell(undefined)
    navigate({
      to: '/cases/$round/$n',
      params: path,
      search: act === undefined ? {} : { act },
      replace: true,
      resetScroll: false,
    })
  }
  return (
    <Loaded query={acts}>
      {({ acts: all }) => {
        const open = all.filter((act) => act.open)
        const wanted = all.find(({ act }) => act === chosen)
        return (
          <>
            <div className="next">
              {wanted?.open ? (
                <>
                  <p className="what">{wanted.title}</p>
                  {wanted.standing === 'owed' && <Term of={wanted} />}
                  <Suspense fallback={null}>
                    <ActForm
                      key={wanted.act}
                      act={wanted}
                      path={path}
                      open={open}
                      given={given}
                      onChoose={choose}
                      onDone={(words) => {
                        choose(undefined)
                        tell(words)
                      }}
                    />
                  </Suspense>
                </>
              ) : (
                <Mine all={all} done={done} refused={wanted} onChoose={choose} />
              )}
            </div>
            {wanted?.open !== true && <Others all={all} onChoose={choose} />}
          </>
        )
      }}
    </Loaded>
  )
}

const Term = ({ of: { due } }: { of: Act }) =>
  due === null ? null : (
    <p>
      <span className="quiet">期限 </span>
      <Due due={due} />
    </p>
  )

type Listed = { readonly all: readonly Act[]; readonly onChoose: (act: string) => void }

/** What is expected of me, the most urgent as the largest thing on the page. */
const Mine = ({
  all,
  done,
  refused,
  onChoose,
}: Listed & { readonly done: string | undefined; readonly refused: Act | undefined }) => {
  const [first, ...others] = all.filter(({ standing }) => standing === 'owed')
  return (
    <div className="acts">
      {done && (
        <p role="status">
          <b>{done}</b>
        </p>
      )}
      {refused && !done && (
        <p>
          “{refused.title}”现在不能办:{refused.why} {refused.clause && <Clause of={refused.clause} />}
        </p>
      )}
      {first ? (
        <div>
          <p className="quiet">现在轮到您</p>
          <div className="open">
            <Button type="primary" size="large" onClick={() => onChoose(first.act)}>
              {first.title}
            </Button>
            {others.map(({ act, title }) => (
              <Button key={act} size="large" onClick={() => onChoose(act)}>
                {title}
              </Button>
            ))}
          </div>
          <Term of={first} />
        </div>
      ) : (
        <p className="quiet">这件事现在没有等您办的。</p>
      )}
    </div>
  )
}

/** What I may do besides, what waits for its time, and what is others' to do. */
const Others = ({ all, onChoose }: Listed) => {
  const open = all.filter(({ standing }) => standing === 'open')
  const early = all.filter(({ standing }) => standing === 'not-now')
  const foreign = all.filter(({ standing }) => standing === 'not-mine')
  return (
    <div className="other-acts">
      {open.length > 0 && (
        <details open={open.length <= FEW}>
          <summary>其他可办的({open.length} 项)</summary>
          <div className="open">
            {open.map(({ act, title }) => (
              <Button key={act} size="middle" onClick={() => onChoose(act)}>
                {title}
              </Button>
            ))}
          </div>
        </details>
      )}
      <Closed title="现在还不能办的" of={early} />
      <Closed title="不由您办的" of={foreign} />
    </div>
  )
}

/** So many acts are shown without being asked for. */
const FEW = 12

const Closed = ({ title, of }: { readonly title: string; readonly of: readonly Act[] }) =>
  of.length === 0 ? null : (
    <details>
      <summary className="quiet">
        {title}({of.length} 项),看看为什么
      </summary>
      <ul className="closed-acts">
        {of.map(({ act, title: name, why, clause }) => (
          <li key={act}>
            <b>{name}</b> <span className="quiet">{why}</span> {clause && <Clause of={clause} />}
          </li>
        ))}
      </ul>
    </details>
  )
