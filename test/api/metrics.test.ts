import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { connect } from '../../db/connect.js'
import { freePort } from '../../runtime/ports.js'
import { projectRoot } from '../../runtime/project.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { openedRound } from './given.js'

let door: OpenDoor
let urls: readonly string[]

beforeAll(async () => {
  const [api, worker] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`]
  urls = [api, worker].map((address) => `http://${address}/metrics`)
  door = await openDoor({ metrics: api }, { BIHUAN_METRICS: worker })
  await openedRound(await door.as('office'), 'measured')
})
afterAll(() => door.close())

/** Every name that was printed up to now. */
const there = new Set<string>()

const printed = async (): Promise<string> => {
  const text = (await Promise.all(urls.map(async (url) => (await fetch(url)).text()))).join('\n')
  for (const name of namesIn(text)) there.add(name)
  return text
}

const namesIn = (text: string): ReadonlySet<string> => new Set(text.match(/\bbihuan_[a-z_]+/g))

const deployed = (...path: readonly string[]): string =>
  readFileSync(join(projectRoot, 'deploy', ...path), 'utf8')

const give = async (as: string, body: unknown): Promise<number> =>
  (await door.ask('POST', '/cases/measured/001/commands', { as, body, key: newKey() })).status

describe('what an operator measures', () => {
  it('are commands by what became of them, open cases, and papers written', async () => {
    expect(await give('office', { type: 'hand-over' })).toBe(200)
    expect(await give('office', { type: 'hand-over' })).toBeGreaterThanOrEqual(409)
    await vi.waitFor(
      async () => {
        const text = await printed()
        expect(text).toMatch(/^bihuan_commands_total\{.*act="hand-over",outcome="done".*\} 1$/m)
        expect(text).toMatch(/^bihuan_commands_total\{.*act="hand-over",outcome="refused".*\} 1$/m)
        expect(text).toMatch(/^bihuan_command_seconds_count\{.*outcome="done".*\} 1$/m)
        expect(text).toMatch(/^bihuan_open_cases\{.*kind="problem".*\} 3$/m)
        expect(text).toMatch(/^bihuan_activities_total\{.*activity="writePaper",outcome="done".*\} 1$/m)
        expect(text).toMatch(/^bihuan_waiting\{.*what="orders".*\} 0$/m)
      },
      { timeout: 30_000, interval: 200 },
    )
  })

  it('says by how much a due moment is late', async () => {
    await door.killWorker()
    const db = connect(door.database.url, 1)
    await sql
      .raw("update cases set next_moment = now() - interval '2 hours' where id = 'measured/002'")
      .execute(db)
    await db.destroy()
    const text = await printedByDoor()
    const [, seconds] = /^bihuan_due_moment_late_max_seconds\S* (\S+)$/m.exec(text) ?? []
    expect(Number(seconds)).toBeGreaterThan(7_000)
    expect(text).toMatch(/^bihuan_due_moments_late\{.*longer_than_seconds="3600".*\} 1$/m)
    expect(text).toMatch(/^bihuan_due_moments_late\{.*longer_than_seconds="86400".*\} 0$/m)
    await door.startWorker()
  })

  it('names nobody', async () => {
    const text = await printed()
    for (const word of ['measured', '沈知远', 'office']) expect(text).not.toContain(word)
  })
})

const printedByDoor = async (): Promise<string> => (await fetch(urls[0] ?? '')).text()

describe('the board and the alerts', () => {
  const board = () =>
    JSON.parse(deployed('grafana', 'bihuan.json')) as {
      readonly uid: string
      readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[]
    }
  const alerts = () =>
    (
      parse(deployed('prometheus', 'alerts.yaml')) as {
        groups: { rules: { expr: string; annotations: { do: string } }[] }[]
      }
    ).groups.flatMap(({ rules }) => rules)

  it('ask only for what the processes print', async () => {
    // Every worker has swept by then.
    await vi.waitFor(async () => expect(await printed()).toMatch(/^bihuan_sweeps_total\{/m), {
      timeout: 20_000,
    })
    const asked = namesIn(
      [
        ...board().panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
        ...alerts().map(({ expr }) => expr),
      ].join('\n'),
    )
    expect(asked.size).toBeGreaterThan(10)
    expect([...asked].filter((name) => !there.has(name))).toEqual([])
  })

  it('say what to do', () => {
    for (const { annotations } of alerts()) expect(annotations.do).toMatch(/\S/)
  })
})
