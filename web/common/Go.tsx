import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** Addresses of the interface that have a page of the same address here; everything else is a file to download. */
const PAGES = /^\/((cases|rounds)(\/|\?|$)|snapshots\/)/
const NO_PAGE = /^\/(cases|rounds)\/[^?]*\/(events|commands|acts|papers|dossier)$/

const searchOf = (query: string): Record<string, string> => Object.fromEntries(new URLSearchParams(query))

type Going = { readonly href: string; readonly children: ReactNode; readonly className?: string }

/** A link by an address the interface gave (`href` of its answers), or by one of the pages themselves. */
export const Go = ({ href, children, className }: Going) => {
  const [path = '', query = ''] = href.split('?')
  return PAGES.test(href) && !NO_PAGE.test(path) ? (
    <Link to={path} search={searchOf(query) as never} className={className}>
      {children}
    </Link>
  ) : (
    <a href={href} className={className}>
      {children}
    </a>
  )
}

/** A number that opens what it counts. */
export const Count = ({ of, href }: { readonly of: number | string; readonly href: string }) => (
  <Go href={href} className="count">
    {of}
  </Go>
)
