import { sql } from 'kysely'
import type { Instant, PlainDate, RoundId } from '../../domain/words.js'
import type { Executor } from '../connect.js'

export type RoundProgress = {
  readonly id: RoundId
  readonly city: string
  readonly title: string
  readonly drill: boolean
  readonly feedbackDate: PlainDate | null
  readonly planDate: PlainDate | null
  readonly openedAt: Instant
  /** Entries of the plan, and how many of them are on the record. */
  readonly entries: number
  readonly registered: number
  readonly rectifying: number
  readonly closed: number
  readonly overdue: number
  /** Units named and not in the register, not yet decided about. */
  readonly proposals: number
}

/** Every round with how far it is, the newest first. */
export const roundsWithProgress = async (db: Executor): Promise<readonly RoundProgress[]> => {
  const { rows } = await sql<RoundProgress>`
    select rounds.id, city, title, drill, feedback_date, plan_date, opened_at,
      (select count(*) from plan_entries where plan_entries.round = rounds.id) as entries,
      coalesce(registered, 0) as registered, coalesce(rectifying, 0) as rectifying,
      coalesce(closed, 0) as closed, coalesce(overdue, 0) as overdue,
      (select count(*) from proposals where proposals.round = rounds.id and state = 'open') as proposals
    from rounds left join (
      select round, count(*) as registered, count(overdue_since) as overdue,
        count(*) filter (where phase = 'rectifying') as rectifying,
        count(*) filter (where phase in ('closed', 'archived')) as closed
      from cases where kind = 'problem' group by round
    ) as counted on counted.round = rounds.id
    order by opened_at desc, rounds.id`.execute(db)
  return rows
}
