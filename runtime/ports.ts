import { createServer } from 'node:net'
import { Trouble } from './trouble.js'

const LOCAL = '127.0.0.1'

/** Try to listen: the port, or undefined when it is taken or not ours to open. `0` asks for any. */
const listen = (port: number): Promise<number | undefined> =>
  new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(undefined))
    server.listen({ port, host: LOCAL, exclusive: true }, () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : undefined))
    })
  })

/** A port of 127.0.0.1 that nobody listens on now. */
export const freePort = async (): Promise<number> => {
  const port = await listen(0)
  if (port === undefined) throw new Trouble('本机已没有空闲端口。')
  return port
}

/** True when nobody listens on the port. */
export const isFree = async (port: number): Promise<boolean> => (await listen(port)) !== undefined

/**
 * The port a person asked for.
 *
 * @throws Trouble when it is taken: what was asked for is never swapped in silence.
 */
export const exactPort = async (port: number, purpose: string): Promise<number> => {
  if (await isFree(port)) return port
  throw new Trouble(`端口 ${port}(${purpose})已被占用。请停止占用它的程序,或换一个端口。`)
}

/** The first free port from our own default upwards, none of those already given away. */
export const nextFreePort = async (from: number, given: ReadonlySet<number> = new Set()): Promise<number> => {
  for (let port = from; port < from + 100; port++) {
    if (!given.has(port) && (await isFree(port))) return port
  }
  return freePort()
}
