import { sql } from 'kysely'
import type { LeaderTier } from '../../domain/figures/facts.js'
import type { Period } from '../../domain/figures/types.js'
import type { Instant, PersonId } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { casesThen, type Happening, type LedgerFilter, narrowed, thatHappened } from './ledger.js'

/** What came of the cases a leader leads, as of a moment; what happened is counted in cases within the period. */
export type Appraised = {
  readonly tier: LeaderTier
  readonly person: PersonId
  /** As the register has it; null where it does not know this person. */
  readonly name: string | null
  readonly cases: number
  readonly closed: number
  readonly early: number
  readonly onPace: number
  readonly pressed: number
  readonly overdue: number
  readonly setBack: number
  readonly raised: number
  readonly missing: number
}

/** By leader, for appraisal (YZ-12): of problems handed over that are closed to nobody. */
export const appraised = async (
  db: Executor,
  filter: LedgerFilter & { readonly at: Instant },
  period: Period,
): Promise<readonly Appraised[]> => {
  const happened = (what: Happening) => thatHappened({ what, ...period }, filter.at)
  const { rows } = await sql<Appraised>`
    with led as materialized (
      select leaders, closed_at, pace, overdue_since, ${happened('setback')} as set_back,
        ${happened('rung-raised')} as raised, ${happened('return-missing')} as missing
      from ${casesThen(filter)} as cases
      where kind = 'problem' and pace <> 'not-yet' and readers is null and ${narrowed(filter)}
    )
    select split_part(leader, ':', 1) as tier, split_part(leader, ':', 2) as person, max(officers.name) as name,
      count(*) as cases, count(closed_at) as closed, count(*) filter (where pace = 'early') as early,
      count(*) filter (where pace = 'on-pace') as on_pace, count(*) filter (where pace = 'pressed') as pressed,
      count(overdue_since) as overdue, count(*) filter (where set_back) as set_back,
      count(*) filter (where raised) as raised, count(*) filter (where missing) as missing
    from led cross join unnest(leaders) as leader
      left join officers on officers.person = split_part(leader, ':', 2)
    group by leader order by tier, person`.execute(db)
  return rows
}
