import { sql } from 'kysely'
import type { CaseId, CommandId, Instant } from '../domain/words.js'
import type { Executor } from './connect.js'
import { prepared } from './prepared.js'

/**
 * Notes that a command is about to be sent to its case. `append` deletes the note with the events the command became;
 * a refused command's note is deleted by whoever got the refusal.
 */
export const intend = async (db: Executor, caseId: CaseId, command: CommandId): Promise<void> => {
  await sql`${prepared}insert into intents (case_id, command_id) values (${caseId}, ${command}) on conflict do nothing`.execute(
    db,
  )
}

/** The command was refused, or is known to be in: nothing is waited for. */
export const forgetIntent = async (db: Executor, caseId: CaseId, command: CommandId): Promise<void> => {
  await db.deleteFrom('intents').where('caseId', '=', caseId).where('commandId', '=', command).execute()
}

/** Cases with a note older than so long, by the database's own clock: somebody has to ask them for their backlog. */
export const casesWithOldIntents = async (
  db: Executor,
  olderThanMillis: number,
  limit = 100,
): Promise<readonly CaseId[]> => {
  const rows = await db
    .selectFrom('intents')
    .select('caseId')
    .where('at', '<', ago(olderThanMillis))
    .groupBy('caseId')
    .orderBy((order) => order.fn.min('at'))
    .limit(limit)
    .execute()
  return rows.map(({ caseId }) => caseId)
}

/** The case was asked for its backlog and all of it is in: notes older than so long wait for nothing more. */
export const forgetOldIntents = async (
  db: Executor,
  caseId: CaseId,
  olderThanMillis: number,
): Promise<void> => {
  await db.deleteFrom('intents').where('caseId', '=', caseId).where('at', '<', ago(olderThanMillis)).execute()
}

/** The database wrote the notes by its own clock; nobody else's may be off and forget them too early. */
const ago = (millis: number) => sql<Instant>`now() - ${millis} * interval '1 millisecond'`
