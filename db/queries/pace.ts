import { sql } from 'kysely'
import { dateOf } from '../../domain/calendar/dates.js'
import type { PaceBucket } from '../../domain/pace.js'
import type { Instant } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { casesThen, type LedgerFilter, narrowed } from './ledger.js'

export type PaceCount = { readonly bucket: PaceBucket; readonly count: number; readonly overdue: number }

/**
 * Pace buckets as of an instant in the round's time, not before the last events: disjoint, summing to the problems the
 * filter lets through; an overdue case is counted in its bucket and flagged beside it (YZ-13, domain rule 9).
 */
export const paceBuckets = async (
  db: Executor,
  at: Instant,
  filter: LedgerFilter = {},
): Promise<readonly PaceCount[]> => {
  const { rows } = await sql<PaceCount>`
    select case when pressed_from <= ${dateOf(at)}::date then 'pressed' else pace end as bucket,
      count(*) as count, count(overdue_since) as overdue
    from ${casesThen(filter)} as cases where kind = 'problem' and ${narrowed(filter)}
    group by 1 order by 1`.execute(db)
  return rows
}
