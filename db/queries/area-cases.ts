import { sql } from 'kysely'
import type { PersonId } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { type CaseInLedger, inLedger, versionOfRow } from './cases.js'

/** Problems still open in an area, or in a town of it, that one of these people leads. */
export const openCasesLedIn = async (
  db: Executor,
  area: string,
  leaders: readonly PersonId[],
): Promise<readonly CaseInLedger[]> => {
  if (leaders.length === 0) return []
  const rows = await db
    .selectFrom('cases')
    .innerJoin('caseStates', 'caseStates.caseId', 'cases.id')
    .where('cases.kind', '=', 'problem')
    .where('cases.phase', '<>', 'archived')
    .where('cases.caseLeader', 'in', leaders)
    .where(
      sql<boolean>`(cases.area = ${area} or cases.area in (select name from areas where parent = ${area}))`,
    )
    .selectAll('cases')
    .select(['caseStates.state', versionOfRow])
    .orderBy('cases.id')
    .execute()
  return rows.map(inLedger)
}
