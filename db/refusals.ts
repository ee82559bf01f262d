import { storable } from '../domain/text.js'
import type { CaseId } from '../domain/words.js'
import type { Executor } from './connect.js'
import type { RefusalsTable } from './tables.js'

/** Somebody's command that was refused; `seq` is the case's last event it was judged on. */
export type RefusalNote = Omit<RefusalsTable, 'id'>

/** Notes what was refused; the same command once. */
export const noteRefusal = async (db: Executor, note: RefusalNote): Promise<void> => {
  await db
    .insertInto('refusals')
    .values({ ...note, why: storable(note.why), name: storable(note.name) })
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
