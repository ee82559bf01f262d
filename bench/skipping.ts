import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { msNumberToTs } from '@temporalio/common/lib/time.js'
import { BACKLOG_QUERY, type LedgerRecord } from '../contracts/case.js'
import { type CaseId, type Instant, instant } from '../domain/words.js'

/** The real server's own skipping of time, for each workflow by itself. */
export const SKIPPING = [
  'frontend.WorkflowTimeSkippingEnabled=true',
  'history.timerProcessorMaxTimeShift="1ms"',
] as const

/** A case whose time is skipped. */
export type Skipped = {
  /** The world's time as this case has it. */
  readonly now: () => Promise<Instant>
  /** `millis` of its time pass; everything due on the way happens. */
  readonly pass: (millis: number) => Promise<void>
  /** Nothing of it is under way any more. */
  readonly settled: () => Promise<void>
}

const LOOK_AGAIN_MILLIS = 20

export const skippedCase = (client: Client, caseId: CaseId): Skipped => {
  const { workflowService: service } = client.connection
  const namespace = client.options.namespace
  const workflowExecution = { workflowId: caseId }
  const described = () => service.describeWorkflowExecution({ namespace, execution: workflowExecution })

  return {
    now: async () => {
      const { workflowExtendedInfo } = await described()
      const seconds = workflowExtendedInfo?.timeSkippingInfo?.currentTime?.seconds
      return instant(seconds ? Number(seconds) * 1_000 : Date.now())
    },
    pass: async (millis) => {
      const fastForwardId = randomUUID()
      await service.updateWorkflowExecutionOptions({
        namespace,
        workflowExecution,
        workflowExecutionOptions: {
          timeSkippingConfig: {
            enabled: true,
            fastForwardConfig: { id: fastForwardId, duration: msNumberToTs(millis) },
          },
        },
        updateMask: { paths: ['time_skipping_config'] },
      })
      await service.pollWorkflowExecutionTimeSkipping({ namespace, workflowExecution, fastForwardId })
    },
    settled: async () => {
      for (let known = ''; ; ) {
        const { pendingActivities, pendingWorkflowTask, workflowExecutionInfo } = await described()
        const idle = !pendingActivities?.length && !pendingWorkflowTask
        const length = idle ? String(workflowExecutionInfo?.historyLength) : ''
        if (idle && length === known) return
        known = length
        if (idle) await client.workflow.getHandle(caseId).query<readonly LedgerRecord[]>(BACKLOG_QUERY)
        else await pause(LOOK_AGAIN_MILLIS)
      }
    },
  }
}
