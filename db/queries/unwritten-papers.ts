import { type SqlBool, sql } from 'kysely'
import type { PaperKind } from '../../domain/policy.js'
import type { CaseId, Instant, RoundId } from '../../domain/words.js'
import type { Db } from '../connect.js'

/** A paper an event ordered and nobody has written. `why` and `tried`: as far as a failed attempt could say so. */
export type UnwrittenPaper = {
  readonly caseId: CaseId
  readonly text: string
  readonly paper: PaperKind
  /** The event's instant, by the round's clock. */
  readonly since: Instant
  readonly tried: number
  readonly why: string | null
}

/** The oldest first. `readers`: by what the person reads closed cases; `round`: only of this one. */
export const unwrittenPapers = async (
  db: Db,
  { readers, round, limit }: { readers: readonly string[]; round: RoundId | undefined; limit: number },
): Promise<readonly UnwrittenPaper[]> => {
  const { rows } = await sql<UnwrittenPaper>`
    select awaited.case_id as case_id, cases.text, awaited.paper, awaited.at as since,
      coalesce(failures.times, 0) as tried, failures.answer as why
    from papers_awaited awaited
    join cases on cases.id = awaited.case_id
    left join paper_failures failures on failures.key = awaited.key
    where (cases.readers is null or cases.readers && ${readers}::text[])
      and ${round === undefined ? sql<SqlBool>`true` : sql<SqlBool>`awaited.round = ${round}`}
      -- Written, and its number not yet on the record.
      and not exists (select from papers where papers.key = awaited.key)
    order by awaited.at, awaited.key
    limit ${limit}`.execute(db)
  return rows
}
