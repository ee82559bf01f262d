import type { FastifyInstance } from 'fastify'

type Route = { readonly method: string; readonly pattern: RegExp }

const patternOf = (path: string): RegExp =>
  new RegExp(
    `^${path
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/')}/?$`,
  )

/** Which addresses there are and by which methods: for saying 405 where 404 would mislead. */
export class RouteTable {
  private readonly routes: Route[] = []

  /** Has to be called before the routes are made. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ method, url }) => {
      if (url.includes('*')) return
      for (const one of [method].flat()) this.routes.push({ method: one, pattern: patternOf(url) })
    })
  }

  methodsOf(url: string): readonly string[] {
    const [path = '/'] = url.split('?')
    const found = this.routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    return [...new Set(found)].toSorted()
  }
}
