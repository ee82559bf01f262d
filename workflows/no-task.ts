import type { WorkflowInterceptorsFactory } from '@temporalio/workflow'

/**
 * Temporal's page asks a case by Queries, and such a Query may reach a worker that does not know the case while events wait for their
 * task. The SDK then hands them over without it, at the time of the task before; a replay meets them in their task, at another
 * time, and the case could never be replayed again (docs/adr/0019). Every task has a longer history than the one before: what comes
 * without one is refused, the Query fails, and the worker forgets what it read.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let read = 0
  return {
    internals: [
      {
        activate: (input, next) => {
          const { jobs, historyLength } = input.activation
          if (jobs?.some(({ queryWorkflow }) => !queryWorkflow)) {
            if (Number(historyLength) <= read) throw new Error('events without their task: ask again')
            read = Number(historyLength)
          }
          next(input)
        },
      },
    ],
  }
}
