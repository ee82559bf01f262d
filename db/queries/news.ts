import { sql } from 'kysely'
import type { CaseId, Instant, PersonId } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { type LedgerFilter, narrowed } from './ledger.js'
import { behind, KINDS, type NewsPlace, type PlaceRow, placeOf } from './news-place.js'

export type Piece = { readonly place: NewsPlace } & (
  | { readonly kind: 'case'; readonly caseId: CaseId; readonly seq: number; readonly at: Instant }
  | {
      readonly kind: 'notice'
      readonly id: number
      readonly caseId: CaseId
      readonly subject: string
      readonly at: Instant
    }
)

/** `next`: everything up to here was looked at, also what this person may not see. */
export type News = {
  readonly pieces: readonly Piece[]
  readonly next: NewsPlace
  readonly more: 'more' | 'no-more'
}

/** What became readable, as it is read: an event or a notice. */
export type PieceRow = PlaceRow & {
  readonly caseId: CaseId
  readonly seq: number
  readonly at: Instant
  readonly subject: string | null
}

/**
 * Where somebody begins who was never here: everything that becomes readable from now on comes after it. The place of something
 * that is there for good: numbers of transactions that wrote nothing are given again by a server that has died.
 */
export const newsNow = async (db: Executor): Promise<NewsPlace> => {
  const { rows } = await sql<PlaceRow>`
    with happened as (
      select transaction, ${KINDS.event}::integer as kind, position from events
      where transaction < pg_snapshot_xmin(pg_current_snapshot())
      order by events.transaction desc, events.position desc
      limit 1
    ), told as (
      select transaction, ${KINDS.notice}::integer as kind, id as position from notices
      where transaction < pg_snapshot_xmin(pg_current_snapshot())
      order by notices.transaction desc, notices.id desc
      limit 1
    ), together as (select * from happened union all select * from told)
    select transaction::text as transaction, kind, position::text as position from together
    order by together.transaction desc, together.kind desc, together.position desc
    limit 1`.execute(db)
  return placeOf(rows[0] ?? { transaction: '0', kind: KINDS.event, position: '0' })
}

/** False for a place that this database cannot have given: of one that was restored to an earlier day. */
export const isPlaceOf = async (db: Executor, place: NewsPlace): Promise<boolean> => {
  const [transaction = '0'] = place.split('.')
  const { rows } = await sql<{ known: boolean }>`
    select ${transaction}::xid8 <= pg_snapshot_xmin(pg_current_snapshot()) as known`.execute(db)
  return rows[0]?.known ?? false
}

/**
 * What became readable after a place: changes of the cases the scope admits as it is now, and notices to this person, in the
 * order in which they became readable. A transaction older than the oldest still running cannot be overtaken, so nothing
 * that commits late is passed over: it holds back what is younger until it is there.
 */
export const newsAfter = async (
  db: Executor,
  {
    person,
    readers,
    scope,
    after,
    limit,
  }: {
    readonly person: PersonId
    /** By what the person reads closed cases: of a case closed to them since, they are told no more. */
    readonly readers: readonly string[]
    /** Absent: changes of cases are not for this person. */
    readonly scope: LedgerFilter | undefined
    readonly after: NewsPlace
    readonly limit: number
  },
): Promise<News> => {
  const { transaction, events, notices } = behind(after)
  const { rows } = await sql<PieceRow & { readonly visible: boolean }>`
    with happened as (
      select transaction, position, case_id, seq, at from events
      where (transaction, position) > (${transaction}::xid8, ${events}::bigint)
        and transaction < pg_snapshot_xmin(pg_current_snapshot())
      order by events.transaction, events.position
      limit ${limit}
    ), told as (
      select transaction, id, case_id, seq, at, subject from notices
      where person = ${person} and (transaction, id) > (${transaction}::xid8, ${notices}::bigint)
        and transaction < pg_snapshot_xmin(pg_current_snapshot())
      order by notices.transaction, notices.id
      limit ${limit}
    ), together as (
      select transaction, ${KINDS.event}::integer as kind, position, case_id, seq, at, null as subject,
        ${scope === undefined ? sql`false` : sql`exists (select from cases where cases.id = case_id and ${narrowed(scope)})`} as visible
      from happened
      union all
      select transaction, ${KINDS.notice}::integer, id, case_id, seq, at, subject,
        not exists (
          select from cases where cases.id = case_id and readers is not null and not readers && ${readers}::text[])
      from told
      order by transaction, kind, position
      limit ${limit}
    )
    select transaction::text as transaction, kind, position::text as position, case_id, seq, at, subject, visible
    from together order by together.transaction, together.kind, together.position`.execute(db)
  const last = rows.at(-1)
  return {
    pieces: rows.flatMap((row) => (row.visible ? [pieceOf(row)] : [])),
    next: last ? placeOf(last) : after,
    more: rows.length === limit ? 'more' : 'no-more',
  }
}

export const pieceOf = (row: PieceRow): Piece => {
  const { caseId, seq, at, subject, position } = row
  const place = placeOf(row)
  return row.kind === KINDS.event
    ? { place, kind: 'case', caseId, seq, at }
    : { place, kind: 'notice', id: Number(position), caseId, subject: subject ?? '', at }
}

/** Changes whenever something may have become readable; the same twice: nothing has. */
export const newsMark = async (db: Executor): Promise<string> => {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws('.', pg_snapshot_xmin(pg_current_snapshot())::text,
      (select max(position) from events), (select max(id) from notices)) as mark`.execute(db)
  return rows[0]?.mark ?? ''
}
