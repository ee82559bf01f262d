import { type Selectable, sql } from 'kysely'
import type { Head, LedgerEvent, LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import type { CaseId, CommandId, RoundId } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { prepared } from '../prepared.js'
import type { CasesTable, EventsTable } from '../tables.js'

export type CaseRow = Selectable<CasesTable>
export type CaseInLedger = {
  readonly row: CaseRow
  readonly state: LedgerState
  /** Changes with every change of the row. */
  readonly version: string
}
type Found = CaseRow & Omit<CaseInLedger, 'row'>

/** To be selected beside the row and its state. */
export const versionOfRow = sql<string>`cases.xmin::text`.as('version')

/** A case as the ledger has it: its row and the state its events fold to. */
export const caseById = async (db: Executor, id: CaseId): Promise<CaseInLedger | undefined> => {
  const { rows } = await sql<Found>`${prepared}
    select cases.*, case_states.state, cases.xmin::text as version
    from cases join case_states on case_states.case_id = cases.id where cases.id = ${id}`.execute(db)
  return rows[0] && inLedger(rows[0])
}

export const inLedger = ({ state, version, ...row }: Found): CaseInLedger => ({ row, state, version })

/** Number and hash of a case's last event in the ledger; undefined when it has none. */
export const headOf = async (db: Executor, id: CaseId): Promise<Head | undefined> => {
  const row = await db
    .selectFrom('cases')
    .select(['headSeq', 'headHash'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { seq: row.headSeq, hash: row.headHash }
}

/** An event as it was hashed. Its type is read from the column of that name: a doctored one shows in the hash. */
export const recordOf = (row: Selectable<EventsTable>): LedgerRecord => ({
  case: row.caseId,
  seq: row.seq,
  at: row.at,
  by: row.author,
  event: { ...row.event, type: row.type } as LedgerEvent,
  ...(row.commandId !== null && { command: row.commandId }),
  prev: row.prev,
  hash: row.hash,
})

export type EventsPage = { readonly after?: number; readonly limit?: number }

/** A case's events in their order, those above `after`. */
export const eventsOf = async (
  db: Executor,
  id: CaseId,
  { after = 0, limit = 200 }: EventsPage = {},
): Promise<readonly LedgerRecord[]> => {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('caseId', '=', id)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(recordOf)
}

/** The events a command became, wherever: the same key again is answered with them. */
export const eventsOfCommand = async (db: Executor, command: CommandId): Promise<readonly LedgerRecord[]> => {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('commandId', '=', command)
    .orderBy('caseId')
    .orderBy('seq')
    .execute()
  return rows.map(recordOf)
}

/** Periods a return was due, with what came and what did not. */
export const returnsOf = (db: Executor, id: CaseId) =>
  db.selectFrom('returns').selectAll().where('caseId', '=', id).orderBy('period').execute()

export const signOffsOf = (db: Executor, id: CaseId) =>
  db.selectFrom('signOffs').selectAll().where('caseId', '=', id).orderBy('seq').execute()

export const rungsOf = (db: Executor, id: CaseId) =>
  db
    .selectFrom('rungs')
    .selectAll()
    .where('caseId', '=', id)
    .orderBy('rectification')
    .orderBy('seq')
    .execute()

export const todosOfCase = (db: Executor, id: CaseId) =>
  db.selectFrom('todos').selectAll().where('caseId', '=', id).orderBy('ordinal').execute()

/** Every problem of a round as its events made it, in the plan's order. */
export const problemsOfRound = async (db: Executor, round: RoundId): Promise<readonly CaseInLedger[]> => {
  const rows = await db
    .selectFrom('cases')
    .innerJoin('caseStates', 'caseStates.caseId', 'cases.id')
    .where('cases.round', '=', round)
    .where('cases.kind', '=', 'problem')
    .selectAll('cases')
    .select(['caseStates.state', versionOfRow])
    .orderBy('cases.n')
    .execute()
  return rows.map(inLedger)
}

/** Every open case of a round, of whatever kind. */
export const openCasesOfRound = async (db: Executor, round: RoundId): Promise<readonly CaseInLedger[]> => {
  const rows = await db
    .selectFrom('cases')
    .innerJoin('caseStates', 'caseStates.caseId', 'cases.id')
    .where('cases.round', '=', round)
    .where('cases.open', '=', true)
    .selectAll('cases')
    .select(['caseStates.state', versionOfRow])
    .orderBy('cases.id')
    .execute()
  return rows.map(inLedger)
}
