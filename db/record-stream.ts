import { sql } from 'kysely'
import type { LedgerRecord } from '../domain/decider-types.js'
import type { CaseId } from '../domain/words.js'
import type { Executor } from './connect.js'
import { recordOf } from './queries/cases.js'

const BATCH = 2_000

/** All events of the record, or of one case, case by case in order of their ids, without ever holding all of them. */
async function* events(db: Executor, only: CaseId | undefined): AsyncGenerator<LedgerRecord> {
  let last: { readonly caseId: CaseId | ''; readonly seq: number } = { caseId: only ?? '', seq: 0 }
  for (;;) {
    const { caseId, seq } = last
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where(sql<boolean>`(case_id, seq) > (${caseId}, ${seq})`)
      .$if(only !== undefined, (query) => query.where('caseId', '=', only as CaseId))
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
export async function* recordedCases(db: Executor, only?: CaseId): AsyncGenerator<CaseRecords> {
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
