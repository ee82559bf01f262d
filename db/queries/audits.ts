import { sql } from 'kysely'
import type { CaseKind } from '../../domain/decider-types.js'
import type { Audit, Violation } from '../../domain/figures/audits.js'
import type { CaseId, Instant, UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { RULES } from './audit-rules.js'
import { casesThen, type LedgerFilter, narrowed } from './ledger.js'

export type Violator = {
  readonly id: CaseId
  readonly kind: CaseKind
  readonly units: readonly UnitName[]
  readonly why: readonly Violation[]
}

export type Audited = {
  /** How many it looked at, and how many of them it has something to say about. */
  readonly checked: number
  readonly violating: number
  /** The first of them by their ids. */
  readonly violators: readonly Violator[]
}

/** One standing audit as of a moment. */
export const audited = async (
  db: Executor,
  audit: Audit,
  filter: LedgerFilter & { readonly at: Instant },
  most: number,
): Promise<Audited> => {
  const { looksAt, rules } = RULES[audit]
  const found = sql.join(
    rules.map(({ why, when }) => sql`case when ${when(filter.at)} then ${why}::text end`),
  )
  const { rows } = await sql<Audited & { readonly violators: readonly Violator[] | null }>`
    with looked as materialized (
      select id, kind, units, array_remove(array[${found}], null) as why
      from ${casesThen(filter)} as cases where ${looksAt} and ${narrowed(filter)}
    )
    select count(*) as checked, count(*) filter (where why <> '{}') as violating,
      (select json_agg(json_build_object('id', id, 'kind', kind, 'units', units, 'why', why) order by id)
        from (select * from looked where why <> '{}' order by id limit ${most}) as first) as violators
    from looked`.execute(db)
  const [row] = rows
  return { checked: row?.checked ?? 0, violating: row?.violating ?? 0, violators: row?.violators ?? [] }
}
