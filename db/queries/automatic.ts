import { type Selectable, sql } from 'kysely'
import type { LedgerRecord } from '../../domain/decider-types.js'
import type { Executor } from '../connect.js'
import type { EventsTable } from '../tables.js'
import { recordOf } from './cases.js'
import { type LedgerFilter, narrowed } from './ledger.js'

export type AutomaticAct = { readonly record: LedgerRecord; readonly text: string }

/** What the machine did by itself in the cases of a filter, the latest first. */
export const automaticActs = async (
  db: Executor,
  filter: LedgerFilter,
  limit: number,
): Promise<readonly AutomaticAct[]> => {
  const { rows } = await sql<Selectable<EventsTable> & { text: string }>`
    select events.case_id, events.seq, events.at, events.type, events.author, events.event, events.command_id,
      events.prev, events.hash, cases.text
    from events join cases on cases.id = events.case_id
    where events.author->>'kind' = 'engine' and ${narrowed(filter)}
    order by events.at desc, events.position desc
    limit ${limit}`.execute(db)
  return rows.map((row) => ({ record: recordOf(row), text: row.text }))
}
