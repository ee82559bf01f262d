import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import type { NativeConnection } from '@temporalio/worker'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { inject } from 'vitest'
import { TASK_QUEUE } from '../../contracts/case.js'
import type { CaseId } from '../../domain/words.js'
import { shellActivities } from '../../worker/activities.js'
import '../support/provided.js'
import type { Notebook } from './notebook.js'

/** A Temporal server whose time a story may pass, and a worker with our workflows on it. */
export type World = {
  readonly client: Client
  readonly notebook: Notebook
  /** Milliseconds since 1970, as this case's workflow sees them. */
  readonly now: (caseId: CaseId) => Promise<number>
  readonly sleep: (caseId: CaseId, millis: number) => Promise<void>
  readonly close: () => Promise<void>
}

let installed = false

/** Only what is wrong is said: one runtime serves all workers of a process. */
export const quietRuntime = (): void => {
  if (!installed) {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
    })
  }
  installed = true
}

export type WorkerOn = { readonly stop: () => Promise<void> }

export const startWorker = async (connection: NativeConnection, notebook: Notebook): Promise<WorkerOn> => {
  const worker = await Worker.create({
    connection,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: inject('workflowBundle') },
    activities: shellActivities(notebook.activities),
  })
  const running = worker.run()
  return {
    stop: async () => {
      worker.shutdown()
      await running
    },
  }
}

/** Everything the case has begun is over: no activity runs, no workflow task waits. Its timer may. */
export const settled = async ({ client }: World, workflowId: CaseId): Promise<void> => {
  for (;;) {
    const { pendingActivities, pendingWorkflowTask } = await client.workflowService.describeWorkflowExecution(
      {
        namespace: 'default',
        execution: { workflowId },
      },
    )
    if (!pendingActivities?.length && !pendingWorkflowTask) return
    await pause(5)
  }
}
