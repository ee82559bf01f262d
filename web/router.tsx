import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { NotFound } from './pages/NotFound'
import { Shell } from './Shell'

/**
 * Every page, by its address below `/console`. A page of the interface's address (`/cases/…`, `/rounds/…`) has the same address
 * here, so that `href`s of answers open it (`common/Go.tsx`). To add a page: its file in `pages/` with the component as `default`,
 * one route here, one line in `navigation.ts`.
 */
const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
})

/** Pages for whoever is not signed in, or no longer: nothing stands around them. */
const bare = [
  createRoute({
    getParentRoute: () => root,
    path: '/signed-out',
    component: lazyRouteComponent(() => import('./pages/SignedOut')),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/signing-out',
    component: lazyRouteComponent(() => import('./pages/SigningOut')),
  }),
]

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

/** What is asked of a list stands in its address, every value as text. */
export type Asked = Readonly<Record<string, string>>
const asked = (search: Record<string, unknown>): Asked =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )

const page = <P extends string>(path: P, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    validateSearch: asked,
    component: lazyRouteComponent(load),
  })

const pages = [
  page('/', () => import('./pages/Today')),
  page('/me/todos', () => import('./pages/Todos')),
  page('/more', () => import('./pages/More')),
  page('/cases', () => import('./pages/Ledger')),
  page('/cases/$round/$n', () => import('./pages/Case')),
  page('/rounds', () => import('./pages/Rounds')),
  page('/rounds/new', () => import('./pages/NewRound')),
  page('/rounds/$id', () => import('./pages/Round')),
  page('/figures', () => import('./pages/Figures')),
  page('/snapshots/$hash', () => import('./pages/Snapshot')),
  page('/kinds/$kind', () => import('./pages/Kind')),
]

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: root.addChildren([...bare, shell.addChildren(pages)]),
    basepath: '/console',
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(asked(search)).toString()
      return text === '' ? '' : `?${text}`
    },
  })
