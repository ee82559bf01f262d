import { sql } from 'kysely'
import type { CaseId, PersonId } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { type LedgerFilter, narrowed } from './ledger.js'
import { type Piece, type PieceRow, pieceOf } from './news.js'
import { behind, KINDS, type NewsPlace } from './news-place.js'
import type { TodoRow } from './todos.js'

type Change = Extract<Piece, { readonly kind: 'case' }>
type Notice = Extract<Piece, { readonly kind: 'notice' }>

/** One thing that became readable, whomever it is for: the change of a case, or a notice to a person. */
export type HappenedPiece =
  | Change
  | (Notice & {
      readonly person: PersonId
      /** Who alone may read its case; null: whoever reads cases of its kind. */
      readonly readers: readonly string[] | null
    })

type Row = PieceRow & { readonly person: PersonId | null; readonly readers: readonly string[] | null }

/** `next`: everything up to here was looked at. */
export type Happened = {
  readonly pieces: readonly HappenedPiece[]
  readonly next: NewsPlace
  readonly more: 'more' | 'no-more'
}

/**
 * What became readable after a place, for everybody, in the order of `newsAfter` and held back as there: one question, whoever
 * follows. Who may know of it is asked separately.
 */
export const happenedAfter = async (db: Executor, after: NewsPlace, limit: number): Promise<Happened> => {
  const { transaction, events, notices } = behind(after)
  const { rows } = await sql<Row>`
    with happened as (
      select transaction, position, case_id, seq, at from events
      where (transaction, position) > (${transaction}::xid8, ${events}::bigint)
        and transaction < pg_snapshot_xmin(pg_current_snapshot())
      order by events.transaction, events.position
      limit ${limit}
    ), told as (
      select transaction, id, case_id, seq, at, person, subject from notices
      where (transaction, id) > (${transaction}::xid8, ${notices}::bigint)
        and transaction < pg_snapshot_xmin(pg_current_snapshot())
      order by notices.transaction, notices.id
      limit ${limit}
    ), together as (
      select transaction, ${KINDS.event}::integer as kind, position, case_id, seq, at, null as person, null as subject from happened
      union all
      select transaction, ${KINDS.notice}::integer, id, case_id, seq, at, person, subject from told
      order by transaction, kind, position
      limit ${limit}
    )
    select together.transaction::text as transaction, together.kind, together.position::text as position,
      together.case_id, together.seq, together.at, together.person, together.subject, cases.readers
    from together left join cases on cases.id = together.case_id
    order by together.transaction, together.kind, together.position`.execute(db)
  const pieces = rows.map(happenedIn)
  return {
    pieces,
    next: pieces.at(-1)?.place ?? after,
    more: rows.length === limit ? 'more' : 'no-more',
  }
}

const happenedIn = ({ person, readers, ...row }: Row): HappenedPiece => {
  const piece = pieceOf(row)
  if (piece.kind === 'case') return piece
  if (person === null) throw new TypeError(`${piece.place}: a notice to nobody`)
  return { ...piece, person, readers }
}

/** Of these cases, those that each scope admits as they are now: one question for all scopes. */
export const visibleToEach = async (
  db: Executor,
  ids: readonly CaseId[],
  scopes: readonly LedgerFilter[],
): Promise<readonly ReadonlySet<CaseId>[]> => {
  const seen = scopes.map(() => new Set<CaseId>())
  if (ids.length === 0 || scopes.length === 0) return seen
  const each = scopes.map(
    (scope, index) => sql`select ${index}::integer as scope, id from among as cases where ${narrowed(scope)}`,
  )
  const { rows } = await sql<{ scope: number; id: CaseId }>`
    with among as materialized (select * from cases where id = any(${ids}::text[]))
    ${sql.join(each, sql` union all `)}`.execute(db)
  for (const { scope, id } of rows) seen[scope]?.add(id)
  return seen
}

/** Whatever waits in these cases, whoever owes it; `isFor` (`todos.ts`) says for whom. */
export const todosOfCases = async (db: Executor, ids: readonly CaseId[]): Promise<readonly TodoRow[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('todos')
        .innerJoin('cases', 'cases.id', 'todos.caseId')
        .selectAll('todos')
        .select(['cases.n', 'cases.kind', 'cases.text', 'cases.phase'])
        .where('todos.caseId', 'in', ids)
        .orderBy('due', (order) => order.asc().nullsLast())
        .orderBy('todos.caseId')
        .orderBy('todos.ordinal')
        .execute()
