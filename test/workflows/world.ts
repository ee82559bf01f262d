import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import type { NativeConnection } from '@temporalio/worker'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { inject } from 'vitest'
import { STATE_QUERY, TASK_QUEUE } from '../../contracts/case.js'
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

/** Of Temporal's protocol. */
const RUNNING = 1

/**
 * Everything the case has begun is over: no activity runs, no workflow task waits. Its timer may. The skipping server does not
 * tell of a workflow task that waits, but it answers a query only after it. One that
 * has ended is asked nothing: the skipping server may leave it unanswered for ever.
 */
export const settled = async ({ client }: World, workflowId: CaseId): Promise<void> => {
  for (let known: string | undefined; ; ) {
    const { pendingActivities, pendingWorkflowTask, workflowExecutionInfo } =
      await client.workflowService.describeWorkflowExecution({
        namespace: 'default',
        execution: { workflowId },
      })
    const idle = !pendingActivities?.length && !pendingWorkflowTask
    const length = idle ? String(workflowExecutionInfo?.historyLength) : undefined
    if (length !== undefined && (length === known || workflowExecutionInfo?.status !== RUNNING)) return
    known = length
    if (idle) await askedWhenItCan(() => client.workflow.getHandle(workflowId).query(STATE_QUERY))
    else await pause(5)
  }
}

/** gRPC FAILED_PRECONDITION: between two runs of a case the next one's first task is not there yet, and nothing can be asked. */
const NOT_YET = 9

/** Asks again for as long as the case is between two runs. */
export const askedWhenItCan = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if ((error as { cause?: { code?: number } }).cause?.code !== NOT_YET) throw error
      await pause(20)
    }
  }
}
