import { sql } from 'kysely'
import type { PlainDate } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { type LedgerFilter, narrowed } from './ledger.js'

/** One day on which returns fell due: how many, and what became of them. */
export type ReturnsDue = {
  readonly period: PlainDate
  readonly due: number
  readonly onTime: number
  readonly late: number
  readonly missing: number
  readonly passedOver: number
  readonly undecided: number
  readonly waived: number
  readonly calledIn: number
}

/** The latest first. Due is what came on time, late or not at all; what fell due in a pause is counted beside it. */
export const returnsOfRound = async (
  db: Executor,
  among: LedgerFilter,
  limit: number,
): Promise<readonly ReturnsDue[]> => {
  const { rows } = await sql<ReturnsDue>`
    select period,
      count(*) filter (where missed_at is not null or submitted_at is not null) as due,
      count(*) filter (where timeliness = 'on-time') as on_time,
      count(*) filter (where timeliness = 'late') as late,
      count(*) filter (where missed_at is not null and submitted_at is null) as missing,
      count(passed_over_at) as passed_over,
      count(*) filter (where passed_over_at is not null and waived_at is null and called_in_by is null) as undecided,
      count(waived_at) as waived,
      count(called_in_by) as called_in
    from returns join cases on cases.id = returns.case_id
    where ${narrowed(among)} and (missed_at is not null or submitted_at is not null or passed_over_at is not null)
    group by period order by period desc limit ${limit}`.execute(db)
  return rows
}

/** How many returns are awaited now, by the day they fall due; the nearest first. */
export const returnsAwaited = async (
  db: Executor,
  among: LedgerFilter,
): Promise<readonly { readonly due: PlainDate; readonly count: number }[]> => {
  const { rows } = await sql<{ due: PlainDate; count: number }>`
    select todos.due, count(distinct case_id) as count
    from todos join cases on cases.id = todos.case_id
    where ${narrowed(among)} and act = 'submit-return' and todos.due is not null
    group by todos.due order by todos.due`.execute(db)
  return rows
}
