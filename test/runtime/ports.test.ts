import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { exactPort, freePort, isFree, nextFreePort } from '../../runtime/ports.js'

describe('a port', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })
  const takenPort = async (): Promise<number> => {
    const port = await freePort()
    const server = createServer()
    servers.push(server)
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
    return port
  }

  it('asked for and taken is refused, naming it and what it was for', async () => {
    const port = await takenPort()
    await expect(exactPort(port, '控制台与接口')).rejects.toThrow(
      `端口 ${port}(控制台与接口)已被占用。请停止占用它的程序,或换一个端口。`,
    )
  })

  it('of our own choosing gives way to the next free one', async () => {
    const taken = await takenPort()
    const next = await nextFreePort(taken)
    expect(next).toBeGreaterThan(taken)
    expect(await isFree(next)).toBe(true)
  })

  it('is none that the system may give to somebody who calls out', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, freePort))
    expect(new Set(ports).size).toBe(50)
    expect(Math.max(...ports)).toBeLessThan(32_768)
  })

  it('is not given away twice', async () => {
    const port = await freePort()
    expect(await nextFreePort(port, new Set([port]))).not.toBe(port)
  })
})
