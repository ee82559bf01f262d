import { type SqlBool, sql } from 'kysely'
import type { CaseId, Instant, PersonId, RoundId } from '../../domain/words.js'
import type { Db } from '../connect.js'

/**
 * A mail that has not gone out, as far as anybody knows. `waiting`: tried again by itself. `refused`: no server will take it.
 * `unknown`: it was handed to the server, whose answer was lost; it is not sent again.
 */
export type UnsentMail = {
  readonly key: string
  readonly person: PersonId
  readonly name: string
  readonly address: string
  readonly caseId: CaseId
  readonly subject: string
  readonly since: Instant
  readonly state: 'waiting' | 'refused' | 'unknown'
  readonly answer: string | null
}

/** Longer than any attempt lives (`workflows/activities.ts`): whoever had such a mail in hand is gone. */
const IN_HAND = sql`interval '2 minutes'`

/** The oldest first; what was refused longer ago than a month nobody mends any more. `readers`: by what the person reads closed cases; `round`: only of this one. */
export const unsentMails = async (
  db: Db,
  { readers, round, limit }: { readers: readonly string[]; round: RoundId | undefined; limit: number },
): Promise<readonly UnsentMail[]> => {
  const { rows } = await sql<UnsentMail>`
    select mails.key, mails.person, coalesce(officers.name, mails.person) as name, mails.address,
      notices.case_id as case_id, notices.subject, mails.at as since, mails.answer,
      case mails.state when 'sending' then 'unknown' else mails.state end as state
    from mails
    join notices on notices.key = mails.key and notices.person = mails.person
    left join officers on officers.person = mails.person
    where (mails.state = 'waiting' or (mails.state = 'refused' and mails.at > now() - interval '1 month')
        or (mails.state = 'sending' and mails.at < now() - ${IN_HAND}))
      and ${round === undefined ? sql<SqlBool>`true` : sql<SqlBool>`notices.round = ${round}`}
      and not exists (
        select from cases where cases.id = notices.case_id and cases.readers is not null and not cases.readers && ${readers}::text[])
    order by mails.at, mails.key, mails.person
    limit ${limit}`.execute(db)
  return rows
}
