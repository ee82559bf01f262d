import { sql } from 'kysely'
import type { CaseClass } from '../../domain/entry.js'
import type { CaseId, Instant, RoundId, UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { casesThen, type LedgerFilter, narrowed } from './ledger.js'
import { STANDING } from './standing.js'

/** Where a case stands in the reckoning: merged into another, closed, or open. Disjoint. */
export const STANDINGS = ['open', 'closed', 'merged'] as const
export type Standing = (typeof STANDINGS)[number]

/** Received cases of one unit and class, and where they stand; `unit` is the first responsible one, null where there is none. */
export type Reckoned = {
  readonly unit: UnitName | null
  readonly class: CaseClass | null
  readonly received: number
} & Readonly<Record<Standing, number>>

/**
 * Received is counted on the record, by the event each life begins with; the standings on the ledger. They are told apart
 * on purpose: a number that is worked out from the other reconciles nothing (CD-18).
 */
export const reckoned = async (
  db: Executor,
  begins: readonly string[],
  filter: LedgerFilter = {},
): Promise<readonly Reckoned[]> => {
  const { rows } = await sql<Reckoned>`
    select cases.units[1] as unit, cases.class,
      count(begun.case_id) as received,
      count(*) filter (where ${STANDING} = 'open') as open,
      count(*) filter (where ${STANDING} = 'closed') as closed,
      count(*) filter (where ${STANDING} = 'merged') as merged
    from ${casesThen(filter)} as cases left join events as begun
      on begun.case_id = cases.id and begun.seq = 1 and begun.type = any(${begins}::text[])
        and begun.at <= ${filter.at ?? LATEST}::timestamptz
    where ${narrowed(filter)}
    group by 1, 2 order by 1 nulls last, 2 nulls last`.execute(db)
  return rows
}

/** A case that one side of the reckoning has and the other has not. */
export type Unreconciled = {
  readonly why: 'planned-not-received' | 'received-not-listed' | 'listed-not-received' | 'listed-behind'
  readonly cases: readonly CaseId[]
}

const MOST_NAMED = 200
const LATEST = 'infinity'

/**
 * What of a round, or of everything, stands on one side only, at a moment or now. Empty when the books agree. That the ledger
 * lags behind the record can only be seen of the present.
 */
export const unreconciled = async (
  db: Executor,
  begins: readonly string[],
  { round, at }: { readonly round?: RoundId; readonly at?: Instant } = {},
): Promise<readonly Unreconciled[]> => {
  const ofRound = (id: string) =>
    round === undefined ? sql`true` : sql`starts_with(${sql.ref(id)}, ${`${round}/`})`
  const until = sql`${at ?? LATEST}::timestamptz`
  const listed = casesThen({ ...(round !== undefined && { round }), ...(at !== undefined && { at }) })
  const { rows } = await sql<Unreconciled>`
    select why, (array_agg(id order by id))[1:${sql.lit(MOST_NAMED)}] as cases from (
      select 'planned-not-received' as why,
        plan_entries.round || '/' || lpad(plan_entries.n::text, greatest(3, length(plan_entries.n::text)), '0') as id
      from plan_entries join rounds on rounds.id = plan_entries.round
      where (${round ?? null}::text is null or plan_entries.round = ${round ?? null})
        and rounds.opened_at <= ${until}
        and not exists (
          select from events where seq = 1 and at <= ${until} and case_id = plan_entries.round || '/'
            || lpad(plan_entries.n::text, greatest(3, length(plan_entries.n::text)), '0'))
      union all
      select 'received-not-listed', events.case_id from events
      where seq = 1 and type = any(${begins}::text[]) and at <= ${until} and ${ofRound('events.case_id')}
        and not exists (select from ${listed} as cases where cases.id = events.case_id)
      union all
      select 'listed-not-received', cases.id from ${listed} as cases
      where ${ofRound('cases.id')} and not exists (
        select from events where case_id = cases.id and seq = 1 and type = any(${begins}::text[]) and at <= ${until})
      union all
      select 'listed-behind', cases.id from cases
      where ${at === undefined ? sql`true` : sql`false`} and ${ofRound('cases.id')}
        and cases.head_seq <> (select max(seq) from events where case_id = cases.id)
    ) as found
    group by why order by why`.execute(db)
  return rows
}
