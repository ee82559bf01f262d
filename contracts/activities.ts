import type {
  EffectKey,
  NoticeEffect,
  OrderEffect,
  PaperOrder,
  SnapshotEffect,
} from '../domain/effects/types.js'
import type { Digest } from '../domain/round/types.js'
import type { Sha256 } from '../domain/words.js'
import type { LedgerRecord } from './case.js'

/** What a case's workflow asks of the world. Each is idempotent: under the events' numbers, or under the effect's key. */
export type CaseActivities = {
  /** Appends events to the ledger; those already there are compared, never overwritten. Returns the ledger's last number. */
  carry(events: readonly LedgerRecord[]): Promise<{ readonly ledger: number }>
  /** Writes a paper under the next number of its organ and year, once per key. */
  writePaper(input: {
    readonly key: EffectKey
    readonly order: PaperOrder
  }): Promise<{ readonly number: string; readonly sha256: Sha256 }>
  /** Keeps what other cases are asked, once per key; the door gives it to them. */
  placeOrders(orders: readonly OrderEffect[]): Promise<void>
  /** Freezes a round's figures as of a cut-off, once per key; the same key is told the same for good. */
  takeSnapshot(effect: SnapshotEffect): Promise<{ readonly snapshot: Sha256; readonly digest: Digest }>
  /** Tells everybody concerned, in-app and by mail, once per key, person and channel. */
  notify(batch: readonly NoticeEffect[]): Promise<void>
}
