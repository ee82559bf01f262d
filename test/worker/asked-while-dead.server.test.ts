import { setTimeout as pause } from 'node:timers/promises'
import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  CASE_WORKFLOW,
  type CaseStart,
  type LedgerRecord,
  STATE_QUERY,
  TASK_QUEUE,
} from '../../contracts/case.js'
import { headOf } from '../../domain/record/chain.js'
import { instant } from '../../domain/words.js'
import { backlogOf } from '../../runtime/backlog.js'
import { workflowBundle } from '../../worker/bundle.js'
import { aCaseThatIs } from '../domain/given.js'
import { type OpenDoor, openDoor } from '../support/door.js'

let door: OpenDoor
let connection: Connection
beforeAll(async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  })
  door = await openDoor()
  connection = await Connection.connect({ address: door.temporal.address })
})
afterAll(async () => {
  await connection.close()
  await door.close()
})

/** Days of the case's time a second. */
const SPEED = 86_400
/** A case in a dead worker's memory goes to another after ten seconds; what was asked of it, too. */
const LEFT_MILLIS = 11_000

/** A case that waits for its first moment, some seconds ahead. */
const started = async (client: Client, id: string): Promise<WorkflowHandle> => {
  const story = await aCaseThatIs('handed-over', 'yongzhou', { id })
  const state = await story.stage.state()
  const { id: caseId, round } = state.state
  const start: CaseStart = {
    ...{ caseId, kind: 'problem', round, units: [], rules: story.rules, summary: '' },
    clock: {
      ...{ kind: 'drill', speed: SPEED },
      ...{ worldStart: instant(Date.now()), roundStart: story.stage.now() },
    },
    resumed: { state, head: headOf(await story.stage.record()), waiting: [], effects: [] },
  }
  return client.workflow.start(CASE_WORKFLOW, { workflowId: caseId, taskQueue: TASK_QUEUE, args: [start] })
}

type Attributes = 'timerStartedEventAttributes' | 'timerFiredEventAttributes'

const timers = async (handle: WorkflowHandle, which: Attributes): Promise<number> =>
  ((await handle.fetchHistory()).events ?? []).filter((event) => event[which]).length

const replayed = async (handle: WorkflowHandle): Promise<Error | undefined> => {
  const [workflowId, history] = [handle.workflowId, await handle.fetchHistory()]
  const options = { workflowBundle: await workflowBundle() }
  for await (const { error } of Worker.runReplayHistories(options, [{ workflowId, history }])) return error
  throw new Error('nothing was replayed')
}

describe('a case whose worker is dead, and which rings meanwhile, can be replayed', () => {
  it.each<[string, string, (client: Client, handle: WorkflowHandle) => Promise<unknown>]>([
    [
      'when the ledger asks it for its backlog',
      'asked/001',
      (client, { workflowId }) => backlogOf(client, workflowId as LedgerRecord['case']),
    ],
    [
      'when Temporal’s page asks it',
      'asked/002',
      (_, handle) => handle.query(STATE_QUERY).catch(() => undefined),
    ],
  ])('%s', async (_, id, ask) => {
    const client = new Client({ connection })
    const handle = await started(client, id)
    await vi.waitFor(async () => expect(await timers(handle, 'timerStartedEventAttributes')).toBe(1), 10_000)
    await door.killWorker()
    const answered = client.withDeadline(Date.now() + 60_000, () => ask(client, handle))
    await pause(LEFT_MILLIS)
    expect(await timers(handle, 'timerFiredEventAttributes')).toBe(1)
    await door.startWorker()
    await answered
    // It goes on by itself.
    await vi.waitFor(
      async () => expect(await timers(handle, 'timerFiredEventAttributes')).toBeGreaterThan(2),
      { timeout: 60_000, interval: 500 },
    )
    expect(await replayed(handle)).toBeUndefined()
  })
})
