import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { CaseId, PlainDate } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import type { CasePartiesTable } from '../tables.js'
import type { CaseRow } from './cases.js'
import { casesThen, type LedgerFilter, narrowed } from './ledger.js'

/** The place after which a page begins: the last row's due day (or the end of time) and id. */
export type LedgerPlace = { readonly due: PlainDate; readonly id: CaseId }

export type LedgerPage = {
  readonly rows: readonly CaseRow[]
  /** Where the next page begins; absent on the last one. */
  readonly next?: LedgerPlace
}

type Paging = { readonly after?: LedgerPlace; readonly limit?: number }

/** A page of the ledger: the most urgent first, those without a deadline last. */
export const ledgerPage = async (
  db: Executor,
  filter: LedgerFilter = {},
  { after, limit = 50 }: Paging = {},
): Promise<LedgerPage> => {
  const found = { ...(after && { after }), limit: limit + 1 }
  const parts = partsOf(filter)
  const rows = parts ? await pageOfParts(db, parts, found) : await pageOfAll(db, filter, found)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page,
    ...(rows.length > limit && last && { next: { due: last.sortDue, id: last.id } }),
  }
}

/** All of it, a page at a time, so that nobody has to hold it. */
export async function* ledgerPages(
  db: Executor,
  filter: LedgerFilter,
  limit: number,
): AsyncGenerator<readonly CaseRow[]> {
  for (let after: LedgerPlace | undefined; ; ) {
    const { rows, next } = await ledgerPage(db, filter, { limit, ...(after && { after }) })
    yield rows
    if (!next) return
    after = next
  }
}

type Asked = { readonly after?: LedgerPlace; readonly limit: number }

const pageOfAll = (
  db: Executor,
  filter: LedgerFilter,
  { after, limit }: Asked,
): Promise<readonly CaseRow[]> =>
  db
    .selectFrom(casesThen(filter).as('cases'))
    .selectAll()
    .where(narrowed(filter))
    .$if(after !== undefined, (query) =>
      query.where(sql<SqlBool>`(cases.sort_due, cases.id) > (${after?.due}::date, ${after?.id})`),
    )
    .orderBy('sortDue')
    .orderBy('id')
    .limit(limit)
    .execute()

/** Somebody's cases lie in the order of the page; `filter` is what is asked of them besides. */
type Parts = {
  readonly of: readonly Pick<CasePartiesTable, 'part' | 'party'>[]
  readonly filter: LedgerFilter
}

/** Whose cases are asked for, if it is somebody's; of the past only the cases themselves are known. */
const partsOf = (filter: LedgerFilter): Parts | undefined => {
  const { at, unit, principal, parties, ...others } = filter
  if (at !== undefined) return undefined
  if (unit !== undefined)
    return {
      of: [{ part: 'unit', party: unit }],
      filter: { ...others, ...(principal && { principal }), ...(parties && { parties }) },
    }
  if (principal !== undefined && principal !== 'none')
    return {
      of: [{ part: 'unit', party: principal }],
      filter: { ...others, principal, ...(parties && { parties }) },
    }
  if (parties === undefined) return undefined
  const { units, person } = parties
  return {
    of: [
      ...units.flatMap((party) => [{ part: 'unit', party } as const, { part: 'party', party } as const]),
      ...(person === undefined ? [] : [{ part: 'person', party: person } as const]),
    ],
    filter: { ...others, ...(principal && { principal }) },
  }
}

/** The first of each part, read off its index in their order; of these the first. */
const pageOfParts = async (
  db: Executor,
  { of: parts, filter }: Parts,
  { after, limit }: Asked,
): Promise<readonly CaseRow[]> => {
  if (parts.length === 0) return []
  const firsts = parts.map(
    ({ part, party }) => sql`(
      select mine.sort_due, mine.case_id from case_parties as mine join cases on cases.id = mine.case_id
      where mine.party = ${party} and mine.part = ${part} and ${knownOf(filter)} and ${narrowed(filter)}
        and ${after === undefined ? sql`true` : sql`(mine.sort_due, mine.case_id) > (${after.due}::date, ${after.id})`}
      order by mine.sort_due, mine.case_id limit ${limit})`,
  )
  const { rows } = await sql<CaseRow>`
    select cases.* from (${sql.join(firsts, sql` union `)}) as found join cases on cases.id = found.case_id
    order by found.sort_due, found.case_id limit ${limit}`.execute(db)
  return rows
}

/** What the index itself knows: a case that falls out here is not looked at. */
const knownOf = ({ phases, kind, readsAs }: LedgerFilter): RawBuilder<SqlBool> => {
  const all: readonly Expression<SqlBool>[] = [
    ...(phases === undefined ? [] : [sql<SqlBool>`mine.phase = any(${phases}::text[])`]),
    ...(kind === undefined ? [] : [sql<SqlBool>`mine.kind = ${kind}`]),
    ...(readsAs === undefined
      ? []
      : [sql<SqlBool>`(mine.readers is null or mine.readers && ${readsAs}::text[])`]),
  ]
  return all.length === 0 ? sql`true` : sql<SqlBool>`(${sql.join(all, sql` and `)})`
}
