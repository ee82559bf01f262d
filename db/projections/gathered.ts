import type { CaseId } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import type { Change, Step } from './change.js'
import { replaced, type Statement } from './statements.js'

/** Tables whose rows gather what a case's events said one after another. */
type GatheredTable = 'returns' | 'sign_offs' | 'rungs' | 'case_evidence'

/**
 * `gather` makes a case's rows after one more event from those before it. It is asked about the events it `concerns` only,
 * so that most appends neither read nor write the table.
 */
export type Gathering<Row extends { readonly caseId: CaseId }> = {
  readonly table: GatheredTable
  readonly concerns: (step: Step) => boolean
  readonly gather: (rows: readonly Row[], step: Step) => readonly Row[]
  /** A case's rows as they are in the table, in the order `gather` keeps them. */
  readonly rowsOf: (db: Executor, cases: readonly CaseId[]) => Promise<readonly Row[]>
}

/** Statements that bring the table up to these changes. `rowsOf` is asked only for cases that had events before. */
export const gathered = async <Row extends { readonly caseId: CaseId }>(
  db: Executor,
  { table, concerns, gather, rowsOf }: Gathering<Row>,
  changes: readonly Change[],
): Promise<readonly Statement[]> => {
  const concerned = changes.filter(({ steps }) => steps.some(concerns))
  if (concerned.length === 0) return []
  const older = concerned.filter(({ steps }) => steps[0].before !== undefined).map(({ caseId }) => caseId)
  const kept = older.length > 0 ? await rowsOf(db, older) : []
  const rows = concerned.flatMap(({ caseId, steps }) =>
    steps.filter(concerns).reduce(
      gather,
      kept.filter((row) => row.caseId === caseId),
    ),
  )
  return replaced(
    table,
    concerned.map(({ caseId }) => caseId),
    rows,
  )
}
