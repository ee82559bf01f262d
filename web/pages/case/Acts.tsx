import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { Clause } from '../../common/Clause'
import { Loaded } from '../../common/Page'
import { caseActsOptions } from '../../generated/api/@tanstack/react-query.gen'
import type { Act } from '../../generated/api/types.gen'
import type { CasePath } from '../Case'

const ActForm = lazy(() => import('./ActForm'))

/** What I may do with the case now, and for the rest why not. Which act's form is open stands in the address. */
export const Acts = ({ path }: { path: CasePath }) => {
  const acts = useQuery(caseActsOptions({ path }))
  const { act: chosen } = useSearch({ strict: false }) as { act?: string }
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
        const closed = all.filter((act) => !act.open)
        const wanted = all.find(({ act }) => act === chosen)
        return (
          <>
            <div className="next">
              {wanted?.open ? (
                <>
                  <p className="what">{wanted.title}</p>
                  <Suspense fallback={null}>
                    <ActForm
                      key={wanted.act}
                      act={wanted}
                      path={path}
                      open={open}
                      onChoose={choose}
                      onDone={(words) => {
                        choose(undefined)
                        tell(words)
                      }}
                    />
                  </Suspense>
                </>
              ) : (
                <Open open={open} done={done} refused={wanted} onChoose={choose} />
              )}
            </div>
            {closed.length > 0 && <Closed closed={closed} />}
          </>
        )
      }}
    </Loaded>
  )
}

type Opened = {
  readonly open: readonly Act[]
  readonly done: string | undefined
  readonly refused: Act | undefined
  readonly onChoose: (act: string) => void
}

const Open = ({ open, done, refused, onChoose }: Opened) => (
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
    {open.length === 0 ? (
      <p className="quiet">现在没有要您办的。</p>
    ) : (
      <>
        <p className="quiet">您现在可以</p>
        <div className="open">
          {open.map(({ act, title }) => (
            <Button key={act} size="middle" onClick={() => onChoose(act)}>
              {title}
            </Button>
          ))}
        </div>
      </>
    )}
  </div>
)

const Closed = ({ closed }: { closed: readonly Act[] }) => (
  <details>
    <summary className="quiet">另有 {closed.length} 项现在不能办,看看为什么</summary>
    <ul className="closed-acts">
      {closed.map(({ act, title, why, clause }) => (
        <li key={act}>
          <b>{title}</b> <span className="quiet">{why}</span> {clause && <Clause of={clause} />}
        </li>
      ))}
    </ul>
  </details>
)
