import { sql } from 'kysely'
import type { CaseId, RoundId } from '../../domain/words.js'
import type { Executor } from '../connect.js'

const LISTED = [
  'key',
  'caseId',
  'round',
  'seq',
  'paper',
  'number',
  'subject',
  'sha256',
  'series',
  'at',
] as const

/** Papers of a case in the order of the events that caused them, without their content. */
export const papersOfCase = (db: Executor, id: CaseId) =>
  db.selectFrom('papers').select(LISTED).where('caseId', '=', id).orderBy('seq').orderBy('key').execute()

/** Papers of a round, the newest first. */
export const papersOfRound = (db: Executor, round: RoundId, readsAs: readonly string[], limit = 100) =>
  db
    .selectFrom('papers')
    .select(LISTED)
    .where('round', '=', round)
    .where(
      sql<boolean>`not exists (
        select from cases where cases.id = papers.case_id and readers is not null and not readers && ${readsAs}::text[])`,
    )
    .orderBy('at', 'desc')
    .orderBy('key', 'desc')
    .limit(limit)
    .execute()

/** A paper with its file, by its document number. */
export const paperByNumber = (db: Executor, number: string) =>
  db
    .selectFrom('papers')
    .select([...LISTED, 'content', 'paperOrder'])
    .where('number', '=', number)
    .executeTakeFirst()
