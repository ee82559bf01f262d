import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { identify, isAlive } from '../../runtime/alive.js'
import { bringStack, type Part, parts, type Stack } from '../../runtime/stack.js'
import { temporaryFolder } from '../support/temporary.js'

const ready = async (stack: Stack): Promise<number> => (await fetch(`${stack.urls.api}/health/ready`)).status

describe('the whole stack', () => {
  const home = temporaryFolder('stack')
  const seen: string[] = []
  let stack: Stack

  beforeAll(async () => {
    stack = await bringStack({
      home: home.path,
      durability: 'throwaway',
      onProgress: (progress) => {
        if (progress.kind === 'up' || progress.kind === 'stopping')
          seen.push(`${progress.kind} ${progress.part}`)
      },
    })
  })
  afterAll(async () => {
    await stack?.stop()
    home.remove()
  })

  it('is up when it says so: its API answers that Temporal and the database are there', async () => {
    expect(seen).toEqual(['up postgres', 'up temporal', 'up worker', 'up api'])
    expect(await ready(stack)).toBe(200)
    expect(stack.migrations.total).toBeGreaterThan(0)
  })

  it('is refused a second time on the same home', async () => {
    await expect(bringStack({ home: home.path })).rejects.toThrow(/正由另一个闭环使用/)
  })

  it.each<Part>(['api', 'worker', 'temporal', 'postgres'])('comes back after kill -9 of %s', async (part) => {
    const before = stack.process(part)?.pid
    await stack.kill(part)
    await stack.restart(part)
    expect(stack.process(part)?.pid).not.toBe(before)
    await vi.waitFor(async () => expect(await ready(stack)).toBe(200), { timeout: 30_000, interval: 200 })
  })

  it('stops in order, leaves nothing running, and gives the home back', async () => {
    const running = parts.map((part) => identify(stack.process(part)?.pid ?? 0))
    expect(running.every(isAlive)).toBe(true)
    seen.length = 0
    await stack.stop()
    expect(seen).toEqual(['stopping api', 'stopping worker', 'stopping temporal', 'stopping postgres'])
    expect(running.filter(isAlive)).toEqual([])
    await expect(fetch(`${stack.urls.api}/health/live`)).rejects.toThrow()
  })
})
