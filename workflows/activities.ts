import { type ActivityOptions, proxyActivities } from '@temporalio/workflow'
import type { CaseActivities } from '../contracts/activities.js'
import type { LedgerRecord } from '../contracts/case.js'
import type { NoticeEffect } from '../domain/effects/types.js'

/** Events to the ledger and the notices they gave rise to, in one errand: half the history of two. */
export type Carried = { readonly events: readonly LedgerRecord[]; readonly notices: readonly NoticeEffect[] }

/** What the worker offers to a case (`worker/activities.ts`). */
export type ShellActivities = CaseActivities & {
  /** Carries, then tells. Where telling fails the notices are `left`: their case tells them again by itself. */
  carryAndNotify(carried: Carried): Promise<{ readonly ledger: number; readonly notices: 'told' | 'left' }>
}

/**
 * The ledger is to hear soon after PostgreSQL is back; it is asked for as long as that takes. A worker that dies with it in hand is
 * missed only after the timeout, so the timeout is short.
 */
const carrying = {
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '15 seconds' },
} satisfies ActivityOptions

/** A paper takes milliseconds to write. */
const writing = {
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} satisfies ActivityOptions

/** A mail server may be dead for a day: what follows from an event waits for it, ever less eagerly. */
const following = {
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
} satisfies ActivityOptions

const toLedger = proxyActivities<Pick<ShellActivities, 'carry' | 'carryAndNotify' | 'placeOrders'>>(carrying)
/** Over a hundred thousand cases it takes seconds, and some more when the machine is busy. */
const counting = {
  startToCloseTimeout: '5 minutes',
  // A worker that dies with it in hand is missed before that.
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} satisfies ActivityOptions

const toPaper = proxyActivities<Pick<ShellActivities, 'writePaper'>>(writing)
const toFigures = proxyActivities<Pick<ShellActivities, 'takeSnapshot'>>(counting)
const toWorld = proxyActivities<Pick<ShellActivities, 'notify'>>(following)

/** Each call with one Chinese line for Temporal's UI. */
type Asking<T extends keyof ShellActivities> = (
  summary: string,
  input: Parameters<ShellActivities[T]>[0],
) => ReturnType<ShellActivities[T]>

export const carry: Asking<'carry'> = (summary, events) =>
  toLedger.carry.executeWithOptions({ ...carrying, summary }, [events])

export const carryAndNotify: Asking<'carryAndNotify'> = (summary, carried) =>
  toLedger.carryAndNotify.executeWithOptions({ ...carrying, summary }, [carried])

export const writePaper: Asking<'writePaper'> = (summary, order) =>
  toPaper.writePaper.executeWithOptions({ ...writing, summary }, [order])

export const notify: Asking<'notify'> = (summary, batch) =>
  toWorld.notify.executeWithOptions({ ...following, summary }, [batch])

export const placeOrders: Asking<'placeOrders'> = (summary, orders) =>
  toLedger.placeOrders.executeWithOptions({ ...carrying, summary }, [orders])

export const takeSnapshot: Asking<'takeSnapshot'> = (summary, effect) =>
  toFigures.takeSnapshot.executeWithOptions({ ...counting, summary }, [effect])
