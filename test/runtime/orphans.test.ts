import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Identity, identify, isAlive } from '../../runtime/alive.js'
import { sweepLeftovers } from '../../runtime/process.js'
import { startScript } from '../support/program.js'
import { temporaryFolder } from '../support/temporary.js'

describe('a launcher killed with -9', () => {
  const undo: (() => void)[] = []
  afterEach(() => {
    for (const step of undo.splice(0).reverse()) step()
  })

  const launched = async (): Promise<{ home: string; servers: Identity[]; kill: () => Promise<void> }> => {
    const { path: home, remove } = temporaryFolder('orphans')
    undo.push(remove)
    const launcher = startScript('test/runtime/programs/launch-servers.ts', home)
    undo.push(() => launcher.child.kill('SIGKILL'))
    const servers = (JSON.parse(await launcher.line(/^\[/)) as number[]).map(identify)
    return {
      home,
      servers,
      kill: async () => {
        launcher.child.kill('SIGKILL')
        await launcher.ended
      },
    }
  }

  it('leaves no server behind', async () => {
    const { servers, kill } = await launched()
    expect(servers.map(isAlive)).toEqual([true, true])
    await kill()
    await vi.waitFor(() => expect(servers.map(isAlive)).toEqual([false, false]), {
      timeout: 30_000,
      interval: 100,
    })
  })

  it('is followed by a second start on the same home, which waits for what still ends', async () => {
    const { home, servers, kill } = await launched()
    await kill()
    await sweepLeftovers(home)
    expect(servers.map(isAlive)).toEqual([false, false])
    expect(existsSync(`${home}/run/postgres.json`)).toBe(false)
  })
})
