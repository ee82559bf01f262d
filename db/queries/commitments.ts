import { sql } from 'kysely'
import type { Commitment } from '../../domain/round/types.js'
import type { Instant, RoundId } from '../../domain/words.js'
import type { Executor } from '../connect.js'

/** What each responsible unit has promised, and where it stood at the cut-off: its problems handed over (HH-04). */
export const commitmentsAsOf = async (
  db: Executor,
  round: RoundId,
  cutOff: Instant,
): Promise<readonly Commitment[]> => {
  const { rows } = await sql<Commitment>`
    select case_id as "case", units, due, standing,
      case when overdue_from <= ${cutOff}::timestamptz then 'overdue' else 'not-overdue' end as overdue
    from case_versions
    where round = ${round} and kind = 'problem' and standing <> 'merged' and readers is null
      and pace is distinct from 'not-yet' and units <> '{}'
      and valid_from <= ${cutOff}::timestamptz and (valid_until is null or valid_until > ${cutOff}::timestamptz)
    order by case_id`.execute(db)
  return rows
}
