import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { Source } from '../../domain/case/commands.js'
import type { AnyPhase, CaseKind } from '../../domain/decider-types.js'
import type { CaseClass } from '../../domain/entry.js'
import type { PaceBucket } from '../../domain/pace.js'
import type { CaseId, PersonId, PlainDate, RoundId, UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { storable } from '../json.js'
import { pairsOf } from '../projections/case-texts.js'
import type { Tables } from '../tables.js'
import type { CaseRow } from './cases.js'

/** What narrows a list or a count; what is absent does not. */
export type LedgerFilter = {
  readonly round?: RoundId
  readonly kind?: CaseKind
  readonly phases?: readonly AnyPhase[]
  /** `undecided`: the deadline is still a question, or the case has none. */
  readonly class?: CaseClass | 'undecided'
  /** A responsible unit. */
  readonly unit?: UnitName
  /** The first responsible unit, by which sums add up; `none`: a case without any. */
  readonly principal?: UnitName | 'none'
  /** Where a case stands in the reckoning (`reconcile.ts`). */
  readonly standing?: 'open' | 'closed' | 'merged'
  /** Cases in which any of these units, or this person as case leader, has a part. */
  readonly parties?: { readonly units: readonly UnitName[]; readonly person?: PersonId }
  readonly overdue?: 'overdue' | 'not-overdue'
  /** Of problems only those that were handed over; cases of other kinds are not handed over. */
  readonly problems?: 'handed-over'
  /** What the reader is (`permission/readers.ts`): cases closed to all others are left out. */
  readonly readsAs?: readonly string[]
  /** A pace bucket as of a day, as `pace.ts` counts them. */
  readonly pace?: { readonly bucket: PaceBucket; readonly on: PlainDate }
  readonly source?: string
  readonly level?: Source['level']
  /** Characters that occur in the id, the words or the parties' names. */
  readonly text?: string
}

/** Merged into another, closed, or open: each case is exactly one of them (CD-18). */
export const STANDING = sql<string>`case
  when cases.phase = 'merged' then 'merged'
  when cases.closed_at is not null or not cases.open then 'closed'
  else 'open' end`

const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Two characters or more are looked up by their pairs; a single one is looked for everywhere. */
const matching = (text: string): Expression<SqlBool> => {
  const wanted = storable(text).toLowerCase()
  const pairs = pairsOf(wanted)
  return sql<SqlBool>`cases.id in (
    select case_id from case_texts
    where case_texts.text like ${pattern(wanted)} ${pairs.length > 0 ? sql`and pairs @> ${pairs}::text[]` : sql``})`
}

/** The condition a filter stands for, over `cases`. */
export const narrowed = (filter: LedgerFilter): Expression<SqlBool> => {
  const where = expressionBuilder<Tables, 'cases'>()
  const {
    round,
    kind,
    phases,
    class: wanted,
    unit,
    parties,
    overdue,
    pace,
    source,
    level,
    text,
    problems,
    readsAs,
    principal,
    standing,
  } = filter
  const all: Expression<SqlBool>[] = []
  if (round !== undefined) all.push(where('cases.round', '=', round))
  if (kind !== undefined) all.push(where('cases.kind', '=', kind))
  if (phases !== undefined) all.push(sql<SqlBool>`cases.phase = any(${phases}::text[])`)
  if (wanted === 'undecided') all.push(where('cases.class', 'is', null))
  else if (wanted !== undefined) all.push(where('cases.class', '=', wanted))
  if (unit !== undefined) {
    // The index is over all parties; the responsible ones are among them.
    all.push(sql<SqlBool>`cases.parties @> ${[unit]}::text[]`, sql<SqlBool>`cases.units @> ${[unit]}::text[]`)
  }
  if (principal !== undefined)
    all.push(
      principal === 'none'
        ? sql<SqlBool>`cardinality(cases.units) = 0`
        : sql<SqlBool>`cases.units[1] = ${principal}`,
    )
  if (standing !== undefined) all.push(sql<SqlBool>`${STANDING} = ${standing}`)
  if (parties !== undefined) {
    all.push(
      sql<SqlBool>`(cases.parties && ${parties.units}::text[] or cases.case_leader = ${parties.person ?? null})`,
    )
  }
  if (pace !== undefined) {
    all.push(
      sql<SqlBool>`case when pressed_from <= ${pace.on}::date then 'pressed' else pace end = ${pace.bucket}`,
    )
  }
  if (overdue === 'overdue') all.push(where('cases.overdueSince', 'is not', null))
  if (overdue === 'not-overdue') all.push(where('cases.overdueSince', 'is', null))
  if (problems !== undefined)
    all.push(sql<SqlBool>`(cases.kind <> 'problem' or cases.handed_over_at is not null)`)
  if (readsAs !== undefined)
    all.push(sql<SqlBool>`(cases.readers is null or cases.readers && ${readsAs}::text[])`)
  if (source !== undefined) all.push(where('cases.sourceName', '=', source))
  if (level !== undefined) all.push(where('cases.sourceLevel', '=', level))
  if (text !== undefined && text !== '') all.push(matching(text))
  return where.and(all)
}

/** The place after which a page begins: the last row's due day (or the end of time) and id. */
export type LedgerPlace = { readonly due: PlainDate; readonly id: CaseId }

export type LedgerPage = {
  readonly rows: readonly CaseRow[]
  /** Where the next page begins; absent on the last one. */
  readonly next?: LedgerPlace
}

/** A page of the ledger: the most urgent first, those without a deadline last. */
export const ledgerPage = async (
  db: Executor,
  filter: LedgerFilter = {},
  { after, limit = 50 }: { readonly after?: LedgerPlace; readonly limit?: number } = {},
): Promise<LedgerPage> => {
  const rows = await db
    .selectFrom('cases')
    .selectAll()
    .where(narrowed(filter))
    .$if(after !== undefined, (query) =>
      query.where(sql<SqlBool>`(cases.sort_due, cases.id) > (${after?.due}::date, ${after?.id})`),
    )
    .orderBy('sortDue')
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page,
    ...(rows.length > limit && last && { next: { due: last.sortDue, id: last.id } }),
  }
}
