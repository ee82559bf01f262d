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
  const latest = await latestPlace(db)
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
  const seen: FeedPlace = last ?? { transaction, position }
  const { transaction: through, position: at } = rows.length < limit && isAfter(latest, seen) ? latest : seen
  return { records: rows.map(recordOf), next: `${through}.${at}` as FeedCursor }
}

type FeedPlace = { readonly transaction: string; readonly position: string }

const isAfter = (one: FeedPlace, other: FeedPlace): boolean => {
  const ahead = BigInt(one.transaction) - BigInt(other.transaction)
  return ahead > 0n || (ahead === 0n && BigInt(one.position) > BigInt(other.position))
}

/**
 * The last event anybody can have read: whoever has seen all there was need not walk through the others' again. It is an event's
 * place and not merely the oldest transaction still running: a server that dies gives the numbers of transactions that wrote
 * nothing a second time, and what they write then would lie before a reader's place.
 */
const latestPlace = async (db: Executor): Promise<FeedPlace> => {
  const { rows } = await sql<FeedPlace>`
    select transaction::text as transaction, position::text as position from events
    where transaction < pg_snapshot_xmin(pg_current_snapshot())
    order by events.transaction desc, events.position desc
    limit 1`.execute(db)
  return rows[0] ?? { transaction: '0', position: '0' }
}

/** A round that began late is not looked for among all that was before it. */
const beginningOf = (round: RoundId): RawBuilder<string> => sql`coalesce((
  with begun as materialized (
    select transaction from events where seq = 1 and starts_with(case_id, ${`${round}/`}))
  select transaction from begun order by transaction limit 1), '0')`

/** A place this server never gave is from before a backup was put back: better everything again than nothing. */
const placeOf = (transaction: string): RawBuilder<string> =>
  sql`case when ${transaction}::xid8 > pg_snapshot_xmax(pg_current_snapshot()) then '0' else ${transaction}::xid8 end`
