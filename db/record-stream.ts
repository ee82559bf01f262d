import { sql } from 'kysely'
import type { LedgerRecord } from '../domain/decider-types.js'
import type { CaseId, RoundId } from '../domain/words.js'
import type { Executor } from './connect.js'
import { recordOf } from './queries/cases.js'

const BATCH = 2_000

/** One case, or all of a round: their numbers begin with it. */
type Only = CaseId | { readonly round: RoundId }

const belongsTo = (only: Only) =>
  typeof only === 'string'
    ? sql<boolean>`case_id = ${only}`
    : sql<boolean>`starts_with(case_id, ${`${only.round}/`})`

const beginningOf = (only: Only | undefined): string =>
  only === undefined ? '' : typeof only === 'string' ? only : `${only.round}/`

/** All events of the record, or of some of it, case by case in order of their ids, without ever holding all of them. */
async function* events(db: Executor, only: Only | undefined): AsyncGenerator<LedgerRecord> {
  let last: { readonly caseId: string; readonly seq: number } = { caseId: beginningOf(only), seq: 0 }
  for (;;) {
    const { caseId, seq } = last
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where(sql<boolean>`(case_id, seq) > (${caseId}, ${seq})`)
      .$if(only !== undefined, (query) => query.where(belongsTo(only as Only)))
      .orderBy('caseId')
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    for (const row of rows) yield recordOf(row)
    const end = rows.at(-1)
    if (!end || rows.length < BATCH) return
    last = end
  }
}

export type CaseRecords = readonly [LedgerRecord, ...LedgerRecord[]]

/** The record, one case at a time. */
export async function* recordedCases(db: Executor, only?: Only): AsyncGenerator<CaseRecords> {
  let gathering: [LedgerRecord, ...LedgerRecord[]] | undefined
  for await (const record of events(db, only)) {
    if (gathering && gathering[0].case === record.case) gathering.push(record)
    else {
      if (gathering) yield gathering
      gathering = [record]
    }
  }
  if (gathering) yield gathering
}
