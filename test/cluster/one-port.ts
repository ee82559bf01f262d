import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One port in front of several APIs, by turns; one that does not take the connection is passed over. */
export const onePort = async (
  upstreams: readonly number[],
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  let turn = 0
  const server: Server = createServer((asked, answer) => {
    const body: Buffer[] = []
    asked.on('data', (chunk: Buffer) => body.push(chunk))
    asked.on('error', () => answer.destroy())
    asked.on('end', () => {
      turn += 1
      const order = upstreams.map((_, index) => upstreams[(turn + index) % upstreams.length] ?? 0)
      pass(order, asked, Buffer.concat(body), answer)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const pass = (
  [port, ...others]: readonly number[],
  asked: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
): void => {
  if (port === undefined) {
    answer.writeHead(503, { 'content-type': 'application/problem+json' })
    answer.end(
      JSON.stringify({ type: 'about:blank', title: '暂不可用', status: 503, detail: '接口都没有应答。' }),
    )
    return
  }
  const { method, url: path, headers } = asked
  const onward = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers)
    given.on('error', () => answer.destroy())
    given.pipe(answer)
  })
  onward.on('error', (error: NodeJS.ErrnoException) => {
    // Only what certainly reached nobody goes to the next; whoever asked asks again with the same key.
    if (error.code === 'ECONNREFUSED') pass(others, asked, body, answer)
    else answer.destroy()
  })
  onward.end(body)
}
