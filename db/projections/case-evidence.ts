import type { Selectable } from 'kysely'
import { hashesIn } from '../../domain/record/hashes.js'
import type { CaseEvidenceTable } from '../tables.js'
import type { Step } from './change.js'
import type { Gathering } from './gathered.js'

type EvidenceRow = Selectable<CaseEvidenceTable>

/** One row for each file a case ever pointed at, with the first event that did. */
export const caseEvidence: Gathering<EvidenceRow> = {
  table: 'case_evidence',
  concerns: ({ record }: Step) => hashesIn(record.event).size > 0,
  gather: (rows, { record }) => {
    const known = new Set(rows.map(({ sha256 }) => sha256))
    const added = [...hashesIn(record.event)].filter((sha256) => !known.has(sha256))
    return [...rows, ...added.map((sha256) => ({ caseId: record.case, sha256, seq: record.seq }))]
  },
  rowsOf: (db, cases) =>
    db
      .selectFrom('caseEvidence')
      .selectAll()
      .where('caseId', 'in', cases)
      .orderBy('seq')
      .orderBy('sha256')
      .execute(),
}
