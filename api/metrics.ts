import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '../db/connect.js'
import { failedSoFar, lateMoments, openByKind, waitingNow } from '../db/queries/operation.js'

/** What the door measures: what became of commands here, and how the whole stands in the ledger. */
export type ApiMetrics = {
  readonly registry: Registry
  /** A command or an opening was answered; `seconds` from its arrival. */
  readonly answered: (act: string, outcome: string, seconds: number) => void
}

const LATE_SECONDS = [10, 60, 600, 3_600, 86_400] as const
/** Seconds: a command is a round to Temporal and one to PostgreSQL. */
const ANSWER_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The ledger is asked when somebody looks, not before. */
export const makeApiMetrics = (db: Db): ApiMetrics => {
  const registry = new Registry()
  registry.setDefaultLabels({ part: 'api' })
  collectDefaultMetrics({ register: registry, prefix: 'bihuan_' })
  const registers = [registry]
  const commands = new Counter({
    name: 'bihuan_commands_total',
    help: 'Commands and openings answered, by act and outcome',
    labelNames: ['act', 'outcome'],
    registers,
  })
  const latency = new Histogram({
    name: 'bihuan_command_seconds',
    help: 'From a command’s arrival to its answer, in seconds',
    labelNames: ['outcome'],
    buckets: ANSWER_SECONDS,
    registers,
  })
  new Gauge({
    name: 'bihuan_open_cases',
    help: 'Open cases, by kind',
    labelNames: ['kind'],
    registers,
    async collect() {
      this.reset()
      for (const { kind, count } of await openByKind(db)) this.set({ kind }, count)
    },
  })
  new Gauge({
    name: 'bihuan_due_moments_late',
    help: 'Open cases whose due moment passed longer ago than so many seconds and is not on the record',
    labelNames: ['longer_than_seconds'],
    registers,
    async collect() {
      const { longerThan } = await lateMoments(db, LATE_SECONDS)
      for (const [index, bound] of LATE_SECONDS.entries())
        this.set({ longer_than_seconds: bound }, longerThan[index] ?? 0)
    },
  })
  new Gauge({
    name: 'bihuan_due_moment_late_max_seconds',
    help: 'By how many seconds the latest due moment is late',
    registers,
    async collect() {
      this.set((await lateMoments(db, [])).most)
    },
  })
  new Gauge({
    name: 'bihuan_waiting',
    help: 'Commands not known to be on the record, orders not given, papers not written, mails not sent',
    labelNames: ['what'],
    registers,
    async collect() {
      for (const { what, count } of await waitingNow(db)) this.set({ what }, count)
    },
  })
  new Gauge({
    name: 'bihuan_waiting_oldest_seconds',
    help: 'For how long the oldest of what waits has waited',
    labelNames: ['what'],
    registers,
    async collect() {
      for (const { what, oldest } of await waitingNow(db)) this.set({ what }, oldest)
    },
  })
  new Gauge({
    name: 'bihuan_failed',
    help: 'Mails no server takes, orders a case refused: for a person to look at',
    labelNames: ['what'],
    registers,
    async collect() {
      const { mails, orders } = await failedSoFar(db)
      this.set({ what: 'mails' }, mails)
      this.set({ what: 'orders' }, orders)
    },
  })
  return {
    registry,
    answered: (act, outcome, seconds) => {
      commands.inc({ act, outcome })
      latency.observe({ outcome }, seconds)
    },
  }
}
