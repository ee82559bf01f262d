import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import proto from '@temporalio/proto'

const { temporal } = proto

import type { Client } from '@temporalio/client'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { converterWith } from '../../codec/converter.js'
import type { Keys } from '../../codec/keys.js'
import type { Db } from '../../db/connect.js'
import { workflowBundle } from '../../worker/bundle.js'
import { type Violation, violation } from './violation.js'

const RULE = '流程可以重演'
const LONGEST = 600

type Tools = {
  readonly db: Db
  readonly client: Client
  readonly keys: Keys | undefined
  readonly home: string
}

/** Every case's history, read as by a worker that never saw the case: those whose worker lived have shown nothing yet. */
export const checkReplays = async ({ db, client, keys, home }: Tools): Promise<readonly Violation[]> => {
  const ids = await db.selectFrom('cases').select('id').orderBy('id').execute()
  const kept = new Map<string, any>()
  const histories = async function* () {
    for (const { id } of ids) {
      const history = await client.workflow.getHandle(id).fetchHistory()
      kept.set(id, history)
      yield { workflowId: id, history }
    }
  }
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  })
  const options = { workflowBundle: await workflowBundle(), dataConverter: converterWith(keys) }
  const found: Violation[] = []
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories()))
    if (error) {
      writeFileSync(
        join(home, `${workflowId.replace('/', '_')}.history`),
        temporal.api.history.v1.History.encode(kept.get(workflowId)).finish(),
      )
      found.push(violation(RULE, workflowId, error.message.slice(0, LONGEST)))
    }
  return found
}
