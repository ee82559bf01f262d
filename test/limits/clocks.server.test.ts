import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DEVELOPMENT_PASSWORD } from '../../api/seed.js'
import { signIn } from '../../cli/session.js'
import { eventsOf } from '../../db/queries/cases.js'
import { type CaseId, millis } from '../../domain/words.js'
import { freePort } from '../../runtime/ports.js'
import { typescript } from '../../runtime/project.js'
import { openedRound } from '../api/given.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { type Started, startProcess } from '../support/program.js'
import { temporaryFolder } from '../support/temporary.js'

/** Debian's `libfaketime`: a process, all of it, sees another time of day. */
const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1'
const MINUTE = 60_000

/** CI wants it; elsewhere it is passed over where the library is not there. */
const wanted = existsSync(LIBRARY) || process.env.BIHUAN_CLOCKS === 'wanted'

/** An hour by the clock on the wall; how long things take stays as it is. */
const anHour = (way: 'ahead' | 'behind'): NodeJS.ProcessEnv => ({
  LD_PRELOAD: LIBRARY,
  FAKETIME: way === 'ahead' ? '+1h' : '-1h',
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
})

const home = temporaryFolder('clocks')
const started: Started[] = []
let door: OpenDoor
beforeAll(async () => {
  if (!wanted) return
  if (!existsSync(LIBRARY)) throw new Error(`缺少 ${LIBRARY}:apt-get install libfaketime`)
  // The worker's clock is an hour ahead from the first case on.
  door = await openDoor({}, anHour('ahead'))
  await openedRound(await door.as('office'), 'clocks')
})
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await door?.close()
  home.remove()
})

const events = (n: string) => eventsOf(door.serving().parts.db, `clocks/${n}` as CaseId, { limit: 1_000 })

/** Another door on the same ledger, whose machine has the wrong time. */
const doorBy = async (way: 'ahead' | 'behind') => {
  const [port, issuerPort] = [await freePort(), await freePort()]
  const { BIHUAN_ISSUER: _issuer, ...inherited } = process.env
  const api = startProcess(process.execPath, typescript('api/main.ts'), {
    ...inherited,
    ...anHour(way),
    DATABASE_URL: door.database.url,
    TEMPORAL_ADDRESS: door.temporal.address,
    BIHUAN_HOME: home.path,
    BIHUAN_PORT: String(port),
    BIHUAN_ISSUER_PORT: String(issuerPort),
  })
  started.push(api)
  await api.line(/"msg":"open"/)
  const session = await signIn({
    issuer: `http://127.0.0.1:${issuerPort}`,
    username: 'office',
    password: DEVELOPMENT_PASSWORD,
  })
  const url = `http://127.0.0.1:${port}`
  return {
    ready: async () => (await fetch(new URL('/health/ready', url))).json(),
    give: async (n: string, body: unknown, key: string) => {
      const answer = await fetch(new URL(`/cases/clocks/${n}/commands`, url), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await session.token()}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: await answer.json() }
    },
    end: async () => {
      api.child.kill('SIGTERM')
      await api.ended
    },
  }
}

const handOver = { type: 'hand-over' }
const chase = (words: string) => ({ type: 'chase', whom: 'responsible-unit', words })

describe.skipIf(!wanted)('clocks an hour apart', () => {
  it('a worker an hour ahead puts no wrong time on the record: commands are stamped at the door, moments come by Temporal’s clock', async () => {
    const before = Date.now()
    const { status } = await door.ask('POST', '/cases/clocks/001/commands', {
      as: 'office',
      body: handOver,
      key: newKey(),
    })
    expect(status).toBe(200)
    await vi.waitFor(
      async () => expect((await events('001')).map(({ event }) => event.type)).toContain('paper-issued'),
      { timeout: 30_000, interval: 200 },
    )
    const own = await events('001')
    const times = own.filter(({ event }) => event.type !== 'registered').map(({ at }) => millis(at))
    expect(Math.min(...times)).toBeGreaterThan(before - 5 * MINUTE)
    expect(Math.max(...times)).toBeLessThan(Date.now() + 5 * MINUTE)
  })

  it('a door an hour ahead says so itself, and its commands are refused; the same key is done at a door whose time is right', async () => {
    const wrong = await doorBy('ahead')
    const key = newKey()
    expect(await wrong.ready()).toMatchObject({ clock: { why: expect.stringContaining('快 60 分钟') } })
    const told = (await events('001')).length
    const body = chase('时钟校准之后')
    const refused = await wrong.give('001', body, key)
    expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining('请核对时钟') } })
    expect(await events('001')).toHaveLength(told)
    await wrong.end()
    const right = await door.ask('POST', '/cases/clocks/001/commands', { as: 'office', body, key })
    expect(right.status).toBe(200)
  })

  it('a door an hour behind says so itself; what it takes in never stands before what happened already', async () => {
    const wrong = await doorBy('behind')
    expect(await wrong.ready()).toMatchObject({ clock: { why: expect.stringContaining('慢 60 分钟') } })
    const last = (await events('001')).at(-1)?.at ?? ''
    const taken = await wrong.give('001', chase('慢了一小时'), newKey())
    expect(taken.status).toBe(200)
    const own = await events('001')
    expect(own.at(-1)?.at).toBe(last)
    expect(own.map(({ at }) => at)).toEqual(own.map(({ at }) => at).toSorted())
    await wrong.end()
  })
})
