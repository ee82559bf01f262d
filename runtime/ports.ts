import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { Trouble } from './trouble.js'

const LOCAL = '127.0.0.1'

/** True when nobody listens on the port and it is ours to open. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen({ port, host: LOCAL, exclusive: true }, () => server.close(() => done(true)))
  })

/**
 * From here the system gives none away: between our asking and our listening, a port of its own choosing may go to somebody who calls
 * out (Linux chooses from 32768, others from 49152).
 */
const OURS = { from: 10_000, below: 32_000 }
const TRIES = 200
const given = new Set<number>()

/** A port of 127.0.0.1 that nobody listens on now, each time another. @throws Trouble when there is none. */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(OURS.from, OURS.below)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
  throw new Trouble('本机已没有空闲端口。')
}

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
export const nextFreePort = async (from: number, taken: ReadonlySet<number> = new Set()): Promise<number> => {
  for (let port = from; port < from + 100; port++) {
    if (!taken.has(port) && (await isFree(port))) return port
  }
  return freePort()
}
