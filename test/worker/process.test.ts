import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CaseStart, type CommandAnswer } from '../../contracts/case.js'
import { connect, type Db } from '../../db/connect.js'
import { intend } from '../../db/intents.js'
import { eventsOf } from '../../db/queries/cases.js'
import { saveRules } from '../../db/rules.js'
import type { Command } from '../../domain/case/commands.js'
import { firstBrokenLink } from '../../domain/record/chain.js'
import type { CaseId, CommandId, RoundId, Sha256 } from '../../domain/words.js'
import { plainDate } from '../../domain/words.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { loadPolicy } from '../../policies/load.js'
import { typescript } from '../../runtime/project.js'
import { bringTemporal, type Temporal } from '../../runtime/temporal.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { entryFor, until, 省督察 } from '../support/entries.js'
import * as people from '../support/people.js'
import { type Started, startProcess } from '../support/program.js'
import { sent } from '../support/sent.js'
import { temporaryFolder } from '../support/temporary.js'

const home = temporaryFolder('worker')
const loaded = loadPolicy('yongzhou')
const rules = { policy: loaded.policy, calendar: loadCalendar() }

let database: TestDatabase
let db: Db
let temporal: Temporal
let connection: Connection
let worker: Started

const startWorker = (): Started =>
  startProcess(process.execPath, typescript('worker/main.ts'), {
    ...process.env,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    BIHUAN_HOME: home.path,
  })

beforeAll(async () => {
  database = await createDatabase()
  db = connect(database.url)
  await saveRules(db, loaded, rules.calendar)
  temporal = await bringTemporal({ home: home.path, durability: 'throwaway' })
  connection = await Connection.connect({ address: temporal.address })
  worker = startWorker()
  await worker.line(/已就绪/)
})
afterAll(async () => {
  worker.child.kill('SIGKILL')
  await connection.close()
  await temporal.stop()
  await db.destroy()
  await database.drop()
  home.remove()
})

/** A caller that notes its command, sends it, and dies before it carries what came of it. */
const sendAndDie = async (n: number, command: Command): Promise<CommandAnswer> => {
  const caseId = `worker/00${n}` as CaseId
  const id = randomUUID() as CommandId
  const start: CaseStart = {
    caseId,
    kind: 'problem',
    round: 'worker' as RoundId,
    units: [people.unit('甲县政府')],
    summary: '甲县污水处理厂超负荷运转',
    rules,
    clock: { kind: 'real' },
  }
  await intend(db, caseId, id)
  return sent(new Client({ connection }), start, command, id)
}

const register = (n: number): Command => ({
  type: 'register',
  caseId: `worker/00${n}` as CaseId,
  round: 'worker' as RoundId,
  entry: entryFor({ n, deadline: until('2099-06-30') }),
  source: 省督察,
  policy: loaded.hash,
  calendar: rules.calendar.version as Sha256,
  planDate: plainDate('2026-11-01'),
})

const typesIn = async (n: number): Promise<readonly string[]> => {
  const events = await eventsOf(db, `worker/00${n}` as CaseId)
  expect(firstBrokenLink(events)).toBeUndefined()
  return events.map(({ event }) => event.type)
}

describe('the worker as a process', () => {
  it('sweeps into the ledger what a dead caller left behind, and the paper that followed', async () => {
    await sendAndDie(1, register(1))
    await sendAndDie(1, { type: 'hand-over' })
    await vi.waitFor(
      async () => expect(await typesIn(1)).toEqual(['registered', 'handed-over', 'paper-issued']),
      { timeout: 30_000, interval: 200 },
    )
    expect(await db.selectFrom('intents').selectAll().execute()).toEqual([])
  })

  it('goes on when Temporal dies and comes back', async () => {
    await temporal.kill()
    await temporal.restart()
    await vi.waitFor(() => sendAndDie(2, register(2)), { timeout: 60_000, interval: 500 })
    await vi.waitFor(async () => expect(await typesIn(2)).toEqual(['registered']), {
      timeout: 30_000,
      interval: 200,
    })
  })

  it('stops in good order when asked to', async () => {
    worker.child.kill('SIGTERM')
    const { code, stdout } = await worker.ended
    expect(code).toBe(0)
    expect(stdout).toContain('办理进程已停止')
  })

  it('waits for Temporal when it is not there yet', async () => {
    await temporal.stop()
    worker = startWorker()
    await worker.line(/等待 Temporal/)
    await temporal.restart()
    await worker.line(/办理进程已就绪/)
  })

  it('refuses production on a database behind a password everybody knows, before it opens anything', async () => {
    const { code, stderr } = await startProcess(process.execPath, typescript('worker/main.ts'), {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://bihuan:bihuan@127.0.0.1/bihuan',
    }).ended
    expect(code).toBe(2)
    expect(stderr).toContain('正式环境不得使用开发用的数据库口令')
  })
})
