import {
  type ActivityInterceptorsFactory,
  type InjectedSinks,
  type NativeConnection,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker'
import { converterWith } from '../codec/converter.js'
import { TASK_QUEUE } from '../contracts/case.js'
import { DEPLOYMENT } from '../contracts/deployment.js'
import type { ShellActivities } from '../workflows/activities.js'
import type { TraceSinks } from '../workflows/tracing.js'
import type { Settings } from './settings.js'

/** Pollers that scale by themselves halved the rate in trials: a fixed number of each. */
const POLLERS = { type: 'simple-maximum', maximum: 10 } satisfies WorkerOptions['workflowTaskPollerBehavior']

/**
 * A case in the memory of a worker that died is given to another after so long. Shorter helps whoever waits then; but a worker with
 * more to do than that takes, on the hour when a thousand returns are due, replays every case it had in memory: at 5 seconds such a
 * moment costs 40 % more (`scripts/measure-failover.ts`, docs/bench.md).
 */
const LEFT_TO_OTHERS = '10 seconds'

/** Cases live for years: each moves to the current release at its next task, none keeps an old one alive. */
const versionOf = (build: string | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> =>
  build === undefined
    ? {}
    : {
        workerDeploymentOptions: {
          useWorkerVersioning: true,
          version: { deploymentName: DEPLOYMENT, buildId: build },
          defaultVersioningBehavior: 'AUTO_UPGRADE',
        },
      }

/** Who looks on while it works. */
export type Watching = {
  readonly interceptors: readonly ActivityInterceptorsFactory[]
  readonly sinks?: InjectedSinks<TraceSinks> | undefined
}

/** A worker for cases, tuned for many of them that sleep most of the time. */
export const makeWorker = (
  connection: NativeConnection,
  activities: ShellActivities,
  { interceptors, sinks }: Watching,
  { codePath }: { readonly codePath: string },
  { temporal, cachedCases, connections, codecKeys, build }: Settings,
): Promise<Worker> =>
  Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath },
    activities,
    interceptors: { activity: [...interceptors] },
    ...(sinks && { sinks }),
    dataConverter: converterWith(codecKeys),
    maxCachedWorkflows: cachedCases,
    maxConcurrentActivityTaskExecutions: connections * 2,
    workflowTaskPollerBehavior: POLLERS,
    activityTaskPollerBehavior: POLLERS,
    stickyQueueScheduleToStartTimeout: LEFT_TO_OTHERS,
    ...versionOf(build),
    // Together within the launcher's grace of 15 seconds: what is under way may end, then it is left to another try.
    shutdownGraceTime: '5 seconds',
    shutdownForceTime: '10 seconds',
  })
