import { Spin } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { ProblemNote } from './ProblemNote'

type Framed = {
  readonly title: string
  /** One quiet line under the title. */
  readonly about?: ReactNode
  /** Buttons at the head. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page: its title is also the tab's. */
export const Page = ({ title, about, actions, children }: Framed) => {
  useEffect(() => {
    document.title = `${title} · 闭环`
  }, [title])
  return (
    <main className="page">
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {about && <p className="quiet">{about}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </main>
  )
}

/** A part of a page under its own heading. */
export const Section = ({
  title,
  extra,
  children,
}: {
  title: string
  extra?: ReactNode
  children: ReactNode
}) => (
  <section className="section">
    <h2>
      {title}
      {extra && <span className="extra">{extra}</span>}
    </h2>
    {children}
  </section>
)

type Loadable<T> = { readonly data: T | undefined; readonly error: unknown; readonly isPending: boolean }

/** A page that is all about what was asked for: when that is refused, the refusal is the page. */
export const LoadedPage = <T,>({
  query,
  children,
}: {
  query: Loadable<T>
  children: (data: T) => ReactNode
}) =>
  query.data === undefined && !query.isPending ? (
    <Page title="打不开这一页">
      <ProblemNote error={query.error} />
    </Page>
  ) : (
    <Loaded query={query}>{children}</Loaded>
  )

/** What was asked for, once it is there; until then a quiet sign, and the refusal when it is refused. */
export const Loaded = <T,>({ query, children }: { query: Loadable<T>; children: (data: T) => ReactNode }) => {
  if (query.data !== undefined) return children(query.data)
  if (query.isPending) return <Spin className="waiting" delay={200} />
  return <ProblemNote error={query.error} />
}
