import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'

/**
 * Serves what a process measures at `http://host:port/metrics`, for Prometheus alone: a port of its own, which no proxy before the
 * door leads to. Nothing in it names a person or a case.
 */
export const serveMetrics = async (address: string, registry: Registry): Promise<Server> => {
  const cut = address.lastIndexOf(':')
  const server = createServer((request, reply) => {
    if (request.url !== '/metrics') {
      reply.writeHead(404).end()
      return
    }
    registry.metrics().then(
      (text) => reply.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => reply.writeHead(503).end(),
    )
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(Number(address.slice(cut + 1)), address.slice(0, cut).replace(/^\[|\]$/g, ''), done)
  })
  return server
}
