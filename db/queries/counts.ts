import { sql } from 'kysely'
import type { AnyPhase, CaseKind } from '../../domain/decider-types.js'
import type { CaseClass } from '../../domain/entry.js'
import type { UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { casesThen, type LedgerFilter, narrowed } from './ledger.js'

/** Cases of one phase and one class; `class` is null where the plan's deadline is still a question, and for referrals. */
export type Count = {
  readonly kind: CaseKind
  readonly phase: AnyPhase
  readonly class: CaseClass | null
  readonly count: number
  readonly overdue: number
}

/** Every case that the filter lets through is in exactly one of the counts (CD-18). */
export const countsByPhaseAndClass = (db: Executor, filter: LedgerFilter = {}): Promise<readonly Count[]> =>
  db
    .selectFrom(casesThen(filter).as('cases'))
    .select(({ fn }) => [
      'kind',
      'phase',
      'class',
      fn.countAll<number>().as('count'),
      fn.count<number>('overdueSince').as('overdue'),
    ])
    .where(narrowed(filter))
    .groupBy(['kind', 'phase', 'class'])
    .orderBy('kind')
    .orderBy('phase')
    .orderBy('class')
    .execute()

export type UnitCount = {
  readonly unit: UnitName
  readonly count: number
  readonly closed: number
  readonly overdue: number
}

/** Cases by responsible unit; one of several units counts once for each, so these do not add up to the total. */
export const countsByUnit = async (
  db: Executor,
  filter: LedgerFilter = {},
): Promise<readonly UnitCount[]> => {
  const { rows } = await sql<UnitCount>`
    select unit, count(*) as count, count(overdue_since) as overdue,
      count(*) filter (where phase in ('closed', 'archived')) as closed
    from ${casesThen(filter)} as cases cross join unnest(units) as unit
    where ${narrowed(filter)} group by unit order by unit`.execute(db)
  return rows
}
