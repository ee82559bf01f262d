import { type Selectable, sql } from 'kysely'
import type { Rules } from '../../domain/context.js'
import type { LedgerState } from '../../domain/decider-types.js'
import { factsOf } from '../../domain/figures/facts.js'
import type { CaseId, Instant } from '../../domain/words.js'
import { json } from '../json.js'
import type { CaseVersionsTable } from '../tables.js'
import { END_OF_TIME, rowOfKind } from './cases.js'
import type { Change } from './change.js'
import { inserted, type Statement } from './statements.js'

type VersionRow = Selectable<CaseVersionsTable>
type Said = Omit<VersionRow, 'seq' | 'validFrom' | 'validUntil'>

/** What a case's row says, without what only the present needs. */
const saidOf = (caseId: CaseId, rules: Rules, ledger: LedgerState): Said => {
  const {
    text: _text,
    overdueSince: _overdue,
    policy: _policy,
    calendar: _calendar,
    at: _at,
    supervisedSince: _supervised,
    ...row
  } = rowOfKind(rules, ledger)
  const { standing, overdueFrom, completed, openNodes, owner, awaits, answerBy, answer, leaders } = factsOf(
    rules,
    ledger,
  )
  return {
    caseId,
    ...row,
    sortDue: row.due ?? END_OF_TIME,
    standing,
    overdueFrom,
    completed,
    openNodes,
    owner,
    awaits,
    answerBy,
    answer,
    leaders,
  }
}

/** A row for each event that made the case say something else. */
const versionsOf = ({ caseId, rulesThen, steps }: Change): readonly VersionRow[] => {
  const rows: VersionRow[] = []
  const [{ before }] = steps
  let last = before && json(saidOf(caseId, rulesThen(before), before))
  for (const { record, after } of steps) {
    const said = saidOf(caseId, rulesThen(after), after)
    const text = json(said)
    if (text !== last) rows.push({ ...said, seq: record.seq, validFrom: after.state.at, validUntil: null })
    last = text
  }
  return rows.map((row, index) => ({ ...row, validUntil: rows[index + 1]?.validFrom ?? null }))
}

/** Each ends where the next begins; `at` never goes back within a case, so none overlap. */
export const versionsWritten = (changes: readonly Change[]): readonly Statement[] => {
  const written = changes.map((change) => ({ before: change.steps[0].before, rows: versionsOf(change) }))
  const ended: { readonly caseId: CaseId; readonly at: Instant }[] = written.flatMap(
    ({ before, rows: [first] }) => (before && first ? [{ caseId: first.caseId, at: first.validFrom }] : []),
  )
  const rows = written.flatMap((one) => one.rows)
  return [
    ...(ended.length > 0
      ? [
          sql`
            update case_versions set valid_until = ended.at
            from unnest(${ended.map(({ caseId }) => caseId)}::text[], ${ended.map(({ at }) => at)}::timestamptz[])
              as ended (case_id, at)
            where case_versions.case_id = ended.case_id and case_versions.valid_until is null
              and case_versions.case_id = any(${ended.map(({ caseId }) => caseId)}::text[])`,
        ]
      : []),
    ...(rows.length > 0 ? [inserted('case_versions', rows)] : []),
  ]
}
