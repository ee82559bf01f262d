import { Alert } from 'antd'
import { refusedOf } from '../client/problem'
import { Clause } from './Clause'
import { Go } from './Go'

type Noted = {
  readonly error: unknown
  /** Shown as buttons: what may be done instead, where the page can do it. */
  readonly act?: (act: string) => (() => void) | undefined
}

const CONSOLE_PAGE = /^\/(cases|rounds)/

/** A refusal as its problem document says it: what, why, by which clause, and what to do instead. */
export const ProblemNote = ({ error, act }: Noted) => {
  const { title, detail, clause, instead = [], errors = [], incident } = refusedOf(error)
  return (
    <Alert
      role="alert"
      type="warning"
      showIcon
      className="problem"
      title={title}
      description={
        <>
          <p>
            {detail} {clause && <Clause of={clause} />}
          </p>
          {errors.length > 0 && (
            <ul>
              {errors.map(({ path, message }) => (
                <li key={`${path}${message}`}>{message}</li>
              ))}
            </ul>
          )}
          {incident && <p>故障编号 {incident}</p>}
          {instead.length > 0 && (
            <p className="ways">
              可以:
              {instead.map(({ act: name, title: way, href }) => {
                const begin = act?.(name)
                if (begin)
                  return (
                    <button type="button" className="link" key={name} onClick={begin}>
                      {way}
                    </button>
                  )
                return href && CONSOLE_PAGE.test(href) && !href.endsWith('/commands') ? (
                  <Go key={name} href={href}>
                    {way}
                  </Go>
                ) : (
                  <span key={name}>{way}</span>
                )
              })}
            </p>
          )}
        </>
      }
    />
  )
}
