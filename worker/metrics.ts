import { Context } from '@temporalio/activity'
import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What a worker measures: its errands for cases, and the sweeper's work. */
export type WorkerMetrics = {
  readonly registry: Registry
  readonly activities: ActivityInterceptorsFactory
  readonly swept: (outcome: 'done' | 'failed') => void
  readonly fetched: (events: number) => void
}

const ERRAND_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 20, 60]

export const makeWorkerMetrics = (): WorkerMetrics => {
  const registry = new Registry()
  registry.setDefaultLabels({ part: 'worker' })
  collectDefaultMetrics({ register: registry, prefix: 'bihuan_' })
  const registers = [registry]
  const attempts = new Counter({
    name: 'bihuan_activities_total',
    help: 'Attempts at papers, notices, carrying and counting, by outcome',
    labelNames: ['activity', 'outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'bihuan_activity_seconds',
    help: 'How long an attempt took, in seconds',
    labelNames: ['activity'],
    buckets: ERRAND_SECONDS,
    registers,
  })
  const rounds = new Counter({
    name: 'bihuan_sweeps_total',
    help: 'Rounds of the sweeper, by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const events = new Counter({
    name: 'bihuan_swept_events_total',
    help: 'Events the sweeper brought to the ledger, which nobody else had carried',
    registers,
  })
  return {
    registry,
    swept: (outcome) => rounds.inc({ outcome }),
    fetched: (count) => events.inc(count),
    activities: () => ({
      inbound: {
        execute: async (input, next) => {
          const activity = Context.current().info.activityType
          const ended = seconds.startTimer({ activity })
          try {
            const answer = await next(input)
            attempts.inc({ activity, outcome: 'done' })
            return answer
          } catch (error) {
            attempts.inc({ activity, outcome: 'failed' })
            throw error
          } finally {
            ended()
          }
        },
      },
    }),
  }
}
