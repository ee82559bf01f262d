import { sql } from 'kysely'
import type { CaseId, CommandId, RoundId } from '../domain/words.js'
import type { Db } from './connect.js'

/** The id of the case that a command was given before; undefined when it was given none. */
export const caseIdOf = async (db: Db, command: CommandId): Promise<CaseId | undefined> => {
  const row = await db
    .selectFrom('caseOpenings')
    .select('caseId')
    .where('commandId', '=', command)
    .executeTakeFirst()
  return row?.caseId
}

/**
 * The id of the case that a command opens: the next number of its kind in the round (`jinan-2018/xf-0001`), and the same one
 * however often the command is sent.
 */
export const caseIdFor = (db: Db, command: CommandId, round: RoundId, prefix: string): Promise<CaseId> =>
  db.transaction().execute(async (trx) => {
    // Who sends the same command at the same time waits here for its number, and takes it.
    await sql`select pg_advisory_xact_lock(hashtextextended(${command}, 0))`.execute(trx)
    const known = await trx
      .selectFrom('caseOpenings')
      .select('caseId')
      .where('commandId', '=', command)
      .executeTakeFirst()
    if (known) return known.caseId
    const { last } = await trx
      .insertInto('caseNumbers')
      .values({ round, prefix, last: 1 })
      .onConflict((conflict) =>
        conflict.columns(['round', 'prefix']).doUpdateSet({ last: sql`case_numbers.last + 1` }),
      )
      .returning('last')
      .executeTakeFirstOrThrow()
    const caseId = `${round}/${prefix}-${String(last).padStart(4, '0')}` as CaseId
    await trx.insertInto('caseOpenings').values({ commandId: command, caseId }).execute()
    return caseId
  })
