import { sql } from 'kysely'
import type { ClosureItem } from '../../domain/ledger/lists.js'
import type { RoundId } from '../../domain/words.js'
import type { Executor } from '../connect.js'

/** Every closure of a round as the record has it, with the signatures that hold, in the order of time. */
export const closuresOfRound = async (db: Executor, round: RoundId): Promise<readonly ClosureItem[]> => {
  const { rows } = await sql<ClosureItem>`
    select events.case_id as case, (event->>'closing')::integer as closing, at,
      array(
        select title || ':' || name from sign_offs
        where sign_offs.case_id = events.case_id and sign_offs.closing = (event->>'closing')::integer
          and lapsed_seq is null and verdict = 'for' order by seq) as signed_by
    from events where type = 'closed' and starts_with(case_id, ${`${round}/`})
    order by at, case_id, seq`.execute(db)
  return rows
}
