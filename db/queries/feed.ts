import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { LedgerRecord } from '../../domain/decider-types.js'
import type { RoundId } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import type { EventsTable } from '../tables.js'
import { recordOf } from './cases.js'

/** A place in the feed: whoever was away goes on after it and misses nothing. Starts at `FROM_THE_START`. */
export type FeedCursor = string & { readonly __cursor: 'FeedCursor' }
export const FROM_THE_START = '0.0' as FeedCursor
/** Without leading zeros: PostgreSQL reads a transaction's number that begins with one as octal; and no longer than it can hold. */
export const FEED_CURSOR = /^(0|[1-9]\d{0,17})\.(0|[1-9]\d{0,17})$/

export type FeedPage = { readonly records: readonly LedgerRecord[]; readonly next: FeedCursor }

/** Events of a round after a place, in the order they became readable and as far as the reader may read their case; an event still being written comes with a later page. */
export const feedOf = async (
  db: Executor,
  round: RoundId,
  after: FeedCursor,
  limit: number,
  readsAs: readonly string[],
): Promise<FeedPage> => {
  const [transaction = '0', position = '0'] = after.split('.')
  const settled = await settledNow(db)
  const { rows } = await sql<Selectable<EventsTable> & { transaction: string; position: string }>`
    select case_id, seq, at, type, author, event, command_id, prev, hash,
      transaction::text as transaction, position::text as position
    from events
    where (transaction, position) > (${after === FROM_THE_START ? beginningOf(round) : placeOf(transaction)}, ${position}::bigint)
      and transaction < pg_snapshot_xmin(pg_current_snapshot())
      and starts_with(case_id, ${`${round}/`})
      and not exists (
        select from cases where cases.id = case_id and readers is not null and not readers && ${readsAs}::text[])
    order by events.transaction, events.position
    limit ${limit}`.execute(db)
  const last = rows.at(-1)
  const seenAll = rows.length < limit && BigInt(settled) > BigInt(last?.transaction ?? transaction)
  return {
    records: rows.map(recordOf),
    next: (seenAll ? `${settled}.0` : last ? `${last.transaction}.${last.position}` : after) as FeedCursor,
  }
}

/** Of transactions before this one nothing more comes: a reader who has seen all there was need not walk through the others' again. */
const settledNow = async (db: Executor): Promise<string> => {
  const { rows } = await sql<{ settled: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as settled`.execute(db)
  return rows[0]?.settled ?? '0'
}

/** A round that began late is not looked for among all that was before it. */
const beginningOf = (round: RoundId): RawBuilder<string> => sql`coalesce((
  with begun as materialized (
    select transaction from events where seq = 1 and starts_with(case_id, ${`${round}/`}))
  select transaction from begun order by transaction limit 1), '0')`

/** A place this server never gave is from before a backup was put back: better everything again than nothing. */
const placeOf = (transaction: string): RawBuilder<string> =>
  sql`case when ${transaction}::xid8 > pg_snapshot_xmax(pg_current_snapshot()) then '0' else ${transaction}::xid8 end`
