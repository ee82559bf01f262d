import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
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
  const found: Violation[] = []
  const options = { workflowBundle: await workflowBundle(), dataConverter: converterWith(keys) }
  for (const { id } of ids) {
    const history = await client.workflow.getHandle(id).fetchHistory()
    for await (const { error } of Worker.runReplayHistories(options, [{ workflowId: id, history }])) {
      if (!error) continue
      writeFileSync(join(home, `${id.replace('/', '-')}.history`), History.encode(history).finish())
      found.push(violation(RULE, id, error.message.slice(0, LONGEST)))
    }
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
