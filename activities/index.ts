import { ApplicationFailure } from '@temporalio/common'
import type { CaseActivities } from '../contracts/activities.js'
import { append } from '../db/append.js'
import { isHopeless } from '../db/chain-errors.js'
import type { Db } from '../db/connect.js'
import { placeOrders } from '../db/orders.js'
import { commitmentsAsOf } from '../db/queries/commitments.js'
import { takeSnapshot } from '../db/snapshots.js'
import { digestOf } from '../domain/round/digest.js'
import type { Mailer } from './notices/mailer.js'
import { MailsWaiting, notify } from './notices/notify.js'
import { writePaper } from './papers/write-paper.js'
import { type Warn, warnOnStderr } from './warn.js'

export { mailChannel } from './notices/mail-channel.js'
export type { Mailer } from './notices/mailer.js'
export { keepCopies } from './papers/keep-copies.js'

/** What the activities work with. Without `mailer` notices stay in the system; without `papersDir` papers do. */
export type ActivityTools = {
  readonly db: Db
  readonly mailer?: Mailer | undefined
  readonly papersDir?: string | undefined
  readonly warn?: Warn
}

/**
 * What a case's workflow asks of the world. All may be tried again at any time and by several at once; only events that
 * can never be part of their case's chain fail for good.
 */
export const makeActivities = ({
  db,
  mailer,
  papersDir,
  warn = warnOnStderr,
}: ActivityTools): CaseActivities => ({
  carry: (events) => append(db, events).catch(failForGoodIfHopeless),
  writePaper: async (input) => {
    const folder = papersDir === undefined ? {} : { folder: papersDir }
    const { number, sha256 } = await writePaper({ db, warn, ...folder }, input)
    return { number, sha256 }
  },
  placeOrders: (orders) => placeOrders(db, orders),
  takeSnapshot: async ({ key, round, from, to, cutOff, thing }) => {
    const { hash, figures } = await takeSnapshot(db, { key, round, from, to, cutOff })
    const commitments = thing === 'account' ? await commitmentsAsOf(db, round, cutOff) : []
    return { snapshot: hash, digest: digestOf(figures, commitments) }
  },
  notify: (batch) => notify({ db, mailer, warn }, batch).catch(failForNowIfWaiting),
})

const failForGoodIfHopeless = (error: Error): never => {
  throw isHopeless(error) ? ApplicationFailure.fromError(error, { nonRetryable: true }) : error
}

/** Of type `MailsWaiting`, so that a worker's log tells a dead mail server from a fault of ours. */
const failForNowIfWaiting = (error: Error): never => {
  throw error instanceof MailsWaiting ? ApplicationFailure.fromError(error) : error
}
