import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readTraceparent, TRACEPARENT } from '../../contracts/trace.js'
import type { OpenSpan, Tracer } from '../../runtime/tracing/tracer.js'

/** Each request as a span: of the caller's trace, or the first of its own. Looking whether we are well is none. */
export const traceRequests = (server: FastifyInstance, tracer: Tracer): void => {
  const open = new WeakMap<FastifyRequest, OpenSpan>()
  server.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
    if (request.url.startsWith('/health')) return done()
    const span = tracer.open(request.method, 'server', readTraceparent(request.headers[TRACEPARENT]))
    open.set(request, span)
    tracer.within(span.trace, done)
  })
  server.addHook('onResponse', async (request: FastifyRequest, { statusCode }: FastifyReply) => {
    const { method } = request
    const route = request.routeOptions.url ?? ''
    open
      .get(request)
      ?.end(
        statusCode < 500 ? 'ok' : 'failed',
        { 'http.request.method': method, 'http.route': route, 'http.response.status_code': statusCode },
        `${method} ${route}`.trim(),
      )
  })
}
