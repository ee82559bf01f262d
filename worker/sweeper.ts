import type { Client } from '@temporalio/client'
import { WorkflowNotFoundError } from '@temporalio/common'
import { BACKLOG_QUERY, type LedgerRecord } from '../contracts/case.js'
import { append } from '../db/append.js'
import { isHopeless } from '../db/chain-errors.js'
import type { Db } from '../db/connect.js'
import { casesWithOldIntents, forgetOldIntents } from '../db/intents.js'
import type { CaseId } from '../domain/words.js'
import type { Hint } from './activities.js'
import type { Log } from './log.js'
import type { WorkerMetrics } from './metrics.js'
import { sleep } from './patience.js'

/** Asks cases nobody came back to for the events the ledger does not have. */
export type Sweeper = { readonly hint: Hint; readonly run: (signal: AbortSignal) => Promise<void> }

type Tools = {
  readonly db: Db
  readonly client: Client
  readonly log: Log
  readonly metrics: Pick<WorkerMetrics, 'swept' | 'fetched'>
}

const EVERY_MILLIS = 2_000
/** A caller that lives has carried its command's events by then. */
const CALLER_IS_GONE_MILLIS = 5_000
/** A case has heard what its activity answered. */
const SETTLED_MILLIS = 1_000
/** A command whose note is this old was refused, or never reached its case: nothing is waited for any more. */
const NOTHING_CAME_MILLIS = 10 * 60_000
const LONGEST_PAUSE_MILLIS = 60_000
const ANSWER_WITHIN_MILLIS = 10_000

export const makeSweeper = ({ db, client, log, metrics }: Tools): Sweeper => {
  const hinted = new Map<CaseId, number>()
  /** When a case that still has notes is asked again, and after what pause: ever more seldom. */
  const asked = new Map<CaseId, { readonly next: number; readonly pause: number }>()

  const isDue = (caseId: CaseId, now: number): boolean => (asked.get(caseId)?.next ?? 0) <= now

  const sweep = async (): Promise<void> => {
    const now = Date.now()
    const noted = await casesWithOldIntents(db, CALLER_IS_GONE_MILLIS)
    for (const caseId of asked.keys()) if (!noted.includes(caseId)) asked.delete(caseId)
    const due = noted.filter((caseId) => isDue(caseId, now))
    const hints = [...hinted].flatMap(([caseId, at]) => (at <= now - SETTLED_MILLIS ? [caseId] : []))
    for (const caseId of due) {
      const pause = Math.min((asked.get(caseId)?.pause ?? EVERY_MILLIS / 2) * 2, LONGEST_PAUSE_MILLIS)
      asked.set(caseId, { next: now + pause, pause })
      await fetch(caseId)
    }
    for (const caseId of hints) {
      hinted.delete(caseId)
      await fetch(caseId)
    }
  }

  const fetch = async (caseId: CaseId): Promise<void> => {
    try {
      const waiting = await client.withDeadline(Date.now() + ANSWER_WITHIN_MILLIS, () =>
        client.workflow.getHandle(caseId).query<readonly LedgerRecord[]>(BACKLOG_QUERY),
      )
      await append(db, waiting)
      metrics.fetched(waiting.length)
      if (waiting.length > 0) log.info({ case: caseId, events: waiting.length }, '补记无人带回的事件')
    } catch (error) {
      if (isHopeless(error)) log.error({ case: caseId, err: error }, '事件与台账不符,须人工查明')
      else if (!(error instanceof WorkflowNotFoundError)) throw error
    }
    await forgetOldIntents(db, caseId, NOTHING_CAME_MILLIS)
  }

  return {
    hint: (caseId) => void hinted.set(caseId, Date.now()),
    run: async (signal) => {
      let troubled = false
      while (!signal.aborted) {
        try {
          await sweep()
          metrics.swept('done')
          troubled = false
        } catch (error) {
          metrics.swept('failed')
          // PostgreSQL or Temporal is away: said once, tried again.
          if (!troubled) log.warn({ err: error }, '补记暂停,稍后再试')
          troubled = true
        }
        await sleep(EVERY_MILLIS, signal)
      }
    },
  }
}
