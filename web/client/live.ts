import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { meQueryKey, myInboxQueryKey } from '../generated/api/@tanstack/react-query.gen'
import { leaveIfSignedOut } from './session'

/** What comes within this time is asked for once. */
const GATHER_MILLIS = 1_000
/** A stream that was refused is tried again after this; one that merely broke off the browser takes up by itself. */
const REFUSED_MILLIS = 30_000

/** What no case changes. */
const UNCHANGING: ReadonlySet<string> = new Set([
  'listPolicies',
  'listUnits',
  'listAreas',
  'listOfficers',
  'roundPlan',
  'snapshot',
])

type Key = {
  readonly _id: string
  readonly path?: { readonly round?: string; readonly n?: string; readonly id?: string }
  readonly query?: { readonly round?: string }
}

/** May a change of this case have changed what the query answered? Lists and counts of its round, and itself. */
const isTouchedBy =
  (caseId: string) =>
  (queryKey: QueryKey): boolean => {
    const [key] = queryKey as readonly [Key]
    const { path = {}, query = {} } = key
    if (UNCHANGING.has(key._id)) return false
    if (path.n !== undefined) return `${path.round}/${path.n}` === caseId
    const round = path.id ?? query.round
    return round === undefined || caseId.startsWith(`${round}/`)
  }

/** Passes on, together, what is told within `GATHER_MILLIS`. */
const gathering = (pass: (ids: ReadonlySet<string>) => void) => {
  let ids = new Set<string>()
  let due: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    const told = ids
    ids = new Set()
    due = undefined
    pass(told)
  }
  return {
    add: (id: string): void => {
      ids.add(id)
      due ??= setTimeout(flush, GATHER_MILLIS)
    },
    drop: () => clearTimeout(due),
  }
}

/** Follows the stream and has asked anew what it touches, of what is shown; the rest when it is shown again. */
const follow = (queries: QueryClient): (() => void) => {
  let stream: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  const changed = gathering((ids) => {
    const touches = [...ids].map(isTouchedBy)
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => touches.some((touched) => touched(queryKey)),
    })
  })
  /** Before the browser takes it up again, and is refused. */
  const closeIfSignedOut = async () => {
    if ((await leaveIfSignedOut()) === 'leaves') stream?.close()
  }
  const open = () => {
    stream = new EventSource('/stream')
    stream.addEventListener('case', ({ data }) => {
      const { caseId } = JSON.parse(data) as { readonly caseId: string }
      changed.add(caseId)
    })
    stream.addEventListener('notice', () => {
      void queries.invalidateQueries({ queryKey: meQueryKey() })
      void queries.invalidateQueries({ queryKey: myInboxQueryKey() })
    })
    stream.addEventListener('reset', () => void queries.invalidateQueries())
    stream.addEventListener('end', () => void closeIfSignedOut())
    stream.addEventListener('error', () => {
      if (stream?.readyState === EventSource.CONNECTING) void closeIfSignedOut()
      if (stream?.readyState !== EventSource.CLOSED) return
      // Whoever is signed out learns it by this question, and is sent to sign in.
      void queries.invalidateQueries({ queryKey: meQueryKey() })
      again = setTimeout(open, REFUSED_MILLIS)
    })
  }
  open()
  return () => {
    stream?.close()
    clearTimeout(again)
    changed.drop()
  }
}

/** What is shown follows what happens, for as long as this person is signed in. */
export const useLive = (person: string | undefined): void => {
  const queries = useQueryClient()
  useEffect(() => (person === undefined ? undefined : follow(queries)), [queries, person])
}
