import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CaseStart, type CommandAnswer } from '../../contracts/case.js'
import { connect, type Db } from '../../db/connect.js'
import { saveRules } from '../../db/rules.js'
import type { Command } from '../../domain/case/commands.js'
import { type CaseId, type CommandId, plainDate, type RoundId, type Sha256 } from '../../domain/words.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { loadPolicy } from '../../policies/load.js'
import { typescript } from '../../runtime/project.js'
import { bringTemporal, type Temporal } from '../../runtime/temporal.js'
import { createDatabase, type TestDatabase } from '../support/database.js'
import { entryFor, until, 省督察 } from '../support/entries.js'
import * as people from '../support/people.js'
import { type Ended, type Started, startProcess } from '../support/program.js'
import { sent } from '../support/sent.js'
import { temporaryFolder } from '../support/temporary.js'

const CASE = 'roll/001' as CaseId
const loaded = loadPolicy('yongzhou')
const rules = { policy: loaded.policy, calendar: loadCalendar() }
const register: Command = {
  type: 'register',
  caseId: CASE,
  round: 'roll' as RoundId,
  entry: entryFor({ n: 1, deadline: until('2099-06-30') }),
  source: 省督察,
  policy: loaded.hash,
  calendar: rules.calendar.version as Sha256,
  planDate: plainDate('2026-11-01'),
}
const caseStart: CaseStart = {
  caseId: CASE,
  kind: 'problem',
  round: 'roll' as RoundId,
  units: [people.unit('甲县政府')],
  summary: '甲县污水处理厂超负荷运转',
  rules,
  clock: { kind: 'real' },
}

describe('one release of the worker follows another while a case runs', () => {
  const home = temporaryFolder('rollout')
  let database: TestDatabase
  let db: Db
  let temporal: Temporal
  let connection: Connection
  const workers = new Map<string, Started>()

  const startWorker = async (build: string): Promise<void> => {
    const worker = startProcess(process.execPath, typescript('worker/main.ts'), {
      ...process.env,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporal.address,
      BIHUAN_HOME: home.path,
      BIHUAN_BUILD: build,
      SMTP_URL: '',
    })
    workers.set(build, worker)
    await worker.line(/已就绪/)
  }
  const rollout = (...args: readonly string[]): Promise<Ended> =>
    startProcess(process.execPath, [
      ...typescript('cli/main.ts'),
      'rollout',
      '--temporal',
      temporal.address,
      ...args,
    ]).ended

  const give = (command: Command): Promise<CommandAnswer> =>
    sent(new Client({ connection }), caseStart, command, randomUUID() as CommandId)
  /** The release that did the case's last task. */
  const lastReleaseOf = async (): Promise<string | undefined> => {
    const { events } = await new Client({ connection }).workflow.getHandle(CASE).fetchHistory()
    const done = (events ?? []).flatMap((event) => event.workflowTaskCompletedEventAttributes ?? [])
    return done.at(-1)?.deploymentVersion?.buildId ?? undefined
  }

  beforeAll(async () => {
    database = await createDatabase()
    db = connect(database.url, 2)
    await saveRules(db, loaded, rules.calendar)
    temporal = await bringTemporal({
      home: home.path,
      durability: 'throwaway',
      // How soon the server looks whether an old release still has cases: minutes in production.
      dynamicConfig: [
        'matching.wv.VersionDrainageStatusVisibilityGracePeriod="1s"',
        'matching.wv.VersionDrainageStatusRefreshInterval="1s"',
      ],
    })
    connection = await Connection.connect({ address: temporal.address })
  })
  afterAll(async () => {
    for (const { child } of workers.values()) child.kill('SIGKILL')
    await connection?.close()
    await temporal?.stop()
    await db?.destroy()
    await database?.drop()
    home.remove()
  })

  it('the first takes the work once it is told to', async () => {
    await startWorker('0.1.0')
    expect((await rollout('--to', '0.1.0')).stdout).toContain('由 0.1.0 版接手')
    await give(register)
    expect(await lastReleaseOf()).toBe('0.1.0')
  })

  it('the next one stands by, takes over when told to, and the same case goes on with it', async () => {
    await startWorker('0.2.0')
    await give({ type: 'hand-over' })
    expect(await lastReleaseOf()).toBe('0.1.0')

    expect((await rollout('--to', '0.2.0')).stdout).toContain('由 0.2.0 版接手(原为 0.1.0)')
    // Temporal tells its task queues one after another: for a moment the old release may still be handed a task.
    let times = 0
    await vi.waitFor(
      async () => {
        times += 1
        await give({ type: 'chase', whom: 'responsible-unit', words: `请抓紧,第 ${times} 次` })
        expect(await lastReleaseOf()).toBe('0.2.0')
      },
      { timeout: 30_000, interval: 500 },
    )
  })

  it('the old one is seen to be empty, ends, and nothing waits for it', async () => {
    await vi.waitFor(async () => expect((await rollout()).stdout).toMatch(/0\.1\.0 {2}已腾空/), {
      timeout: 90_000,
      interval: 1_000,
    })
    const old = workers.get('0.1.0')
    old?.child.kill('SIGTERM')
    expect((await old?.ended)?.code).toBe(0)
    await give({ type: 'chase', whom: 'responsible-unit', words: '请再抓紧' })
    expect((await rollout()).stdout).toContain('0.2.0  当前')
  })
})
