import { type ActivityOptions, proxyActivities } from '@temporalio/workflow'
import type { CaseActivities } from '../contracts/activities.js'

/** The ledger is to hear soon after PostgreSQL is back; it is asked for as long as that takes. */
const carrying = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '15 seconds' },
} satisfies ActivityOptions

/** A mail server may be dead for a day: what follows from an event waits for it, ever less eagerly. */
const following = {
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
} satisfies ActivityOptions

const toLedger = proxyActivities<Pick<CaseActivities, 'carry'>>(carrying)
const toWorld = proxyActivities<Omit<CaseActivities, 'carry'>>(following)

type Asking<T extends keyof CaseActivities> = (
  summary: string,
  input: Parameters<CaseActivities[T]>[0],
) => ReturnType<CaseActivities[T]>

/** The activities of a case, each call with one Chinese line for Temporal's UI. */
export const carry: Asking<'carry'> = (summary, events) =>
  toLedger.carry.executeWithOptions({ ...carrying, summary }, [events])

export const writePaper: Asking<'writePaper'> = (summary, order) =>
  toWorld.writePaper.executeWithOptions({ ...following, summary }, [order])

export const notify: Asking<'notify'> = (summary, batch) =>
  toWorld.notify.executeWithOptions({ ...following, summary }, [batch])
