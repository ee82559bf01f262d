import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, WorkflowHandle } from '@temporalio/client'
import proto from '@temporalio/proto'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { converterWith } from '../../codec/converter.js'
import type { Keys } from '../../codec/keys.js'
import type { Db } from '../../db/connect.js'
import { workflowBundle } from '../../worker/bundle.js'
import { type Violation, violation } from './violation.js'

const { History } = proto.temporal.api.history.v1

const RULE = '流程可以重演'
const LONGEST = 600

type Tools = {
  readonly db: Db
  readonly client: Client
  readonly keys: Keys | undefined
  /** Where a history that cannot be replayed is kept, beside the logs. */
  readonly home: string
}

/** Every case's history, read as by a worker that never saw the case: most cases have kept theirs since their last blow. */
export const checkReplays = async ({ db, client, keys, home }: Tools): Promise<readonly Violation[]> => {
  quiet()
  const ids = await db.selectFrom('cases').select('id').orderBy('id').execute()
  const read = new Map<string, Awaited<ReturnType<WorkflowHandle['fetchHistory']>>>()
  const histories = async function* () {
    for (const { id } of ids) {
      const history = await client.workflow.getHandle(id).fetchHistory()
      read.set(id, history)
      yield { workflowId: id, history }
    }
  }
  const found: Violation[] = []
  const options = { workflowBundle: await workflowBundle(), dataConverter: converterWith(keys) }
  // One worker for all: each keeps a map of the whole bundle, and a process holds only so many of them.
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories())) {
    const history = read.get(workflowId)
    read.delete(workflowId)
    if (!error) continue
    if (history)
      writeFileSync(join(home, `${workflowId.replace('/', '-')}.history`), History.encode(history).finish())
    found.push(violation(RULE, workflowId, error.message.slice(0, LONGEST)))
  }
  return found
}

let installed = false

/** Only what is wrong is said: one runtime serves all storms of a process. */
const quiet = (): void => {
  if (!installed) {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
    })
  }
  installed = true
}
