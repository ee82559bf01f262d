import type { CaseId, Clause, CommandId, Instant } from '../domain/words.js'
import type { Executor } from './connect.js'

export type RefusalNote = {
  readonly caseId: CaseId
  /** The case's last event it was judged on. */
  readonly seq: number
  readonly commandId: CommandId
  readonly act: string
  readonly person: string
  readonly name: string
  readonly clause: Clause
  readonly why: string
  readonly at: Instant
}

/** Notes what was refused; the same command once. */
export const noteRefusal = async (db: Executor, note: RefusalNote): Promise<void> => {
  await db
    .insertInto('refusals')
    .values(note)
    .onConflict((conflict) => conflict.columns(['caseId', 'commandId']).doNothing())
    .execute()
}

/** The latest first. */
export const refusalsOf = (db: Executor, caseId: CaseId, limit: number): Promise<readonly RefusalNote[]> =>
  db
    .selectFrom('refusals')
    .select(['caseId', 'seq', 'commandId', 'act', 'person', 'name', 'clause', 'why', 'at'])
    .where('caseId', '=', caseId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
