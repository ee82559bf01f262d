import { type Expression, expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import { dateOf, endOfDay, startOfDay } from '../../domain/calendar/dates.js'
import type { Source } from '../../domain/case/commands.js'
import type { AnyPhase, CaseKind } from '../../domain/decider-types.js'
import type { CaseClass } from '../../domain/entry.js'
import type { Audit } from '../../domain/figures/audits.js'
import type { Period } from '../../domain/figures/types.js'
import type { PaceBucket } from '../../domain/pace.js'
import { never } from '../../domain/refusal.js'
import { storable } from '../../domain/text.js'
import type { CaseId, Instant, PersonId, PlainDate, RoundId, UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { pairsOf } from '../projections/case-texts.js'
import type { Tables } from '../tables.js'
import { violates } from './audit-rules.js'
import type { CaseRow } from './cases.js'
import { STANDING } from './standing.js'

/** What narrows a list or a count; what is absent does not. */
export type LedgerFilter = {
  readonly round?: RoundId
  readonly kind?: CaseKind
  /** A round is no case of the ledger; only where everything is meant it is among them. */
  readonly rounds?: 'among-them'
  readonly phases?: readonly AnyPhase[]
  /** `undecided`: the deadline is still a question, or the case has none. */
  readonly class?: CaseClass | 'undecided'
  /** Cases that came from this one, or belong to it. */
  readonly origin?: CaseId
  /** A responsible unit. */
  readonly unit?: UnitName
  /** The first responsible unit, by which sums add up; `none`: a case without any. */
  readonly principal?: UnitName | 'none'
  /** Where a case stands in the reckoning (`reconcile.ts`). */
  readonly standing?: 'open' | 'closed' | 'merged'
  /** Cases in which any of these units has a part, or that name this person. */
  readonly parties?: { readonly units: readonly UnitName[]; readonly person?: PersonId }
  readonly overdue?: 'overdue' | 'not-overdue'
  /** Of problems only those that were handed over; cases of other kinds are not handed over. */
  readonly problems?: 'handed-over'
  /** What the reader is (`permission/readers.ts`): cases closed to all others are left out. */
  readonly readsAs?: readonly string[]
  /** On the supervised list (JN-10). */
  readonly supervised?: 'supervised'
  /** Due within these days, both included. */
  readonly due?: Period
  /** Pace buckets as of a day, as `pace.ts` counts them. */
  readonly pace?: { readonly buckets: readonly PaceBucket[]; readonly on: PlainDate }
  /** As the cases were at a moment of the past; absent: as they are. */
  readonly at?: Instant
  /** Only what violates a standing audit (`audits.ts`); needs `at`. */
  readonly audit?: Audit
  /** Only cases to which this happened within these days, and before `at` where it is given. */
  readonly happened?: Period & { readonly what: Happening }
  /** Cases of which this person is a leader of a tier, as the record has it; needs `at`. */
  readonly leader?: string
  /** `nobody`: only cases that are closed to nobody, as figures count them. */
  readonly closedTo?: 'nobody'
  readonly source?: string
  readonly level?: Source['level']
  /** Characters that occur in the id, the words or the parties' names. */
  readonly text?: string
}

/** What a figure counts that happened in a period (`tally.ts`). */
export const HAPPENINGS = [
  'return-due',
  'return-on-time',
  'return-late',
  'return-missing',
  'return-passed-over',
  'return-undecided',
  'return-waived',
  'return-called-in',
  'return-awaited',
  'rung-raised',
  'rung-released',
  'step-refused',
  'rebounded',
  'setback',
] as const
export type Happening = (typeof HAPPENINGS)[number]

const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Two characters or more are looked up by their pairs; a single one is looked for everywhere. */
const matching = (text: string): Expression<SqlBool> => {
  const wanted = storable(text).toLowerCase()
  const pairs = pairsOf(wanted)
  return sql<SqlBool>`cases.id in (
    select case_id from case_texts
    where case_texts.text like ${pattern(wanted)} ${pairs.length > 0 ? sql`and pairs @> ${pairs}::text[]` : sql``})`
}

const LATEST = 'infinity'

/** A return's row as it stood at a moment. */
const RETURN_CAME: Readonly<
  Record<
    'return-due' | 'return-on-time' | 'return-late' | 'return-missing',
    (at: string) => RawBuilder<SqlBool>
  >
> = {
  'return-due': () => sql`true`,
  'return-on-time': (at) => sql`(timeliness = 'on-time' and submitted_at <= ${at}::timestamptz)`,
  'return-late': (at) => sql`(timeliness = 'late' and submitted_at <= ${at}::timestamptz)`,
  'return-missing': (at) => sql`coalesce(submitted_at > ${at}::timestamptz, true)`,
}

/** What fell due in a pause of the round, and what was decided about it (CD-17). */
const PASSED_OVER: Readonly<
  Record<
    'return-passed-over' | 'return-undecided' | 'return-waived' | 'return-called-in',
    (at: string) => RawBuilder<SqlBool>
  >
> = {
  'return-passed-over': (at) => sql`passed_over_at <= ${at}::timestamptz`,
  'return-undecided': (at) =>
    sql`(passed_over_at <= ${at}::timestamptz and waived_at is null and called_in_by is null)`,
  'return-waived': (at) => sql`waived_at <= ${at}::timestamptz`,
  'return-called-in': (at) => sql`(passed_over_at <= ${at}::timestamptz and called_in_by is not null)`,
}

export const thatHappened = (
  { what, from, to }: NonNullable<LedgerFilter['happened']>,
  at: Instant | undefined,
): Expression<SqlBool> => {
  const until = at ?? LATEST
  switch (what) {
    case 'return-due':
    case 'return-on-time':
    case 'return-late':
    case 'return-missing':
      return sql<SqlBool>`exists (
        select from returns where returns.case_id = cases.id and period between ${from}::date and ${to}::date
          and (missed_at <= ${until}::timestamptz or submitted_at <= ${until}::timestamptz)
          and ${RETURN_CAME[what](until)})`
    case 'return-passed-over':
    case 'return-undecided':
    case 'return-waived':
    case 'return-called-in':
      return sql<SqlBool>`exists (
        select from returns where returns.case_id = cases.id and period between ${from}::date and ${to}::date
          and ${PASSED_OVER[what](until)})`
    case 'return-awaited':
      return sql<SqlBool>`exists (
        select from todos where todos.case_id = cases.id and act = 'submit-return'
          and due between ${from}::date and ${to}::date)`
    case 'rung-raised':
    case 'rung-released':
    case 'step-refused':
    case 'rebounded':
    case 'setback': {
      const types = what === 'setback' ? ['step-refused', 'rebounded'] : [what]
      return sql<SqlBool>`exists (
        select from events where events.case_id = cases.id and events.type = any(${types}::text[])
          and events.at between ${startOfDay(from)}::timestamptz
            and least(${endOfDay(to)}::timestamptz, ${until}::timestamptz))`
    }
    default:
      return never(what)
  }
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
    audit,
    happened,
    closedTo,
    leader,
    origin,
    at,
    rounds,
    supervised,
    due,
  } = filter
  const all: Expression<SqlBool>[] = []
  if (round !== undefined) all.push(where('cases.round', '=', round))
  if (kind !== undefined) all.push(where('cases.kind', '=', kind))
  if (origin !== undefined) all.push(where('cases.origin', '=', origin))
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
  // A round is no case of the ledger: it is listed when it is asked for.
  if (kind === undefined && rounds === undefined) all.push(where('cases.kind', '<>', 'round'))
  if (standing !== undefined) all.push(sql<SqlBool>`${STANDING} = ${standing}`)
  if (supervised !== undefined) all.push(where('cases.supervisedSince', 'is not', null))
  // Of a case of the past `casesThen` has made sure by what it is now.
  const present = at === undefined
  if (parties !== undefined && present) {
    const { units, person } = parties
    all.push(
      // The second half is in the words of its index, or neither of the two would be used.
      sql<SqlBool>`(cases.parties && ${units}::text[] or ${
        person === undefined
          ? sql`false`
          : sql`(cases.people @> ${[person]}::text[] and cases.people <> '{}')`
      })`,
    )
  }
  if (pace !== undefined) {
    all.push(
      sql<SqlBool>`case when pressed_from <= ${pace.on}::date then 'pressed' else pace end = any(${pace.buckets}::text[])`,
    )
  }
  // By the column the ledger is ordered by: the page is read off its index.
  if (due !== undefined)
    all.push(
      sql<SqlBool>`(cases.sort_due between ${due.from}::date and ${due.to}::date and cases.due is not null)`,
    )
  if (overdue === 'overdue') all.push(where('cases.overdueSince', 'is not', null))
  if (overdue === 'not-overdue') all.push(where('cases.overdueSince', 'is', null))
  if (problems !== undefined && present)
    all.push(sql<SqlBool>`(cases.kind <> 'problem' or cases.handed_over_at is not null)`)
  if (readsAs !== undefined && present)
    all.push(sql<SqlBool>`(cases.readers is null or cases.readers && ${readsAs}::text[])`)
  if (audit !== undefined) all.push(violates(audit, at ?? LATEST))
  if (happened !== undefined) all.push(thatHappened(happened, at))
  if (leader !== undefined) all.push(sql<SqlBool>`cases.leaders @> ${[leader]}::text[]`)
  if (closedTo !== undefined) all.push(where('cases.readers', 'is', null))
  if (source !== undefined) all.push(where('cases.sourceName', '=', source))
  if (level !== undefined) all.push(where('cases.sourceLevel', '=', level))
  if (text !== undefined && text !== '') all.push(matching(text))
  return where.and(all)
}

/**
 * The rows a filter is asked of, under the name `cases`: those of the present, or what they were at a moment, in the words of
 * today. Who may see a case of the past is who may see it now.
 */
export const casesThen = ({ at, round, readsAs, parties, problems }: LedgerFilter): RawBuilder<CaseRow> => {
  if (at === undefined) return sql<CaseRow>`${sql.table('cases')}`
  const seen = narrowed({
    rounds: 'among-them',
    ...(readsAs !== undefined && { readsAs }),
    ...(parties !== undefined && { parties }),
    ...(problems !== undefined && { problems }),
  })
  return sql<CaseRow>`(
    select version.case_id as id, version.kind, version.round, version.n, version.origin, version.phase, version.open,
      version.class, version.source_name, version.source_level, cases.text, version.units, version.parties,
      version.lead_unit, version.cooperating_units, version.supervising_unit, version.area, version.case_leader,
      version.due, version.original_due, version.sort_due,
      case when version.overdue_from <= ${at}::timestamptz then version.overdue_from end as overdue_since,
      version.claimed, version.verified,
      case when version.pressed_from <= ${dateOf(at)}::date then 'pressed' else version.pace end as pace,
      version.pressed_from, version.rectification_round, version.closing_round, version.closing_step, version.turn,
      version.rung, version.returns_submitted, version.returns_late, version.returns_missed, version.missed_in_a_row,
      version.registered_at, version.handed_over_at, version.closed_at, cases.readers, cases.people,
      null::timestamptz as next_moment, cases.policy, cases.calendar, version.valid_from as at, version.seq as head_seq,
      cases.head_hash, version.completed, version.open_nodes, version.owner, version.awaits, version.answer_by,
      version.answer, version.leaders, cases.supervised_since
    from case_versions as version join cases on cases.id = version.case_id
    where version.valid_from <= ${at}::timestamptz
      and coalesce(version.valid_until, 'infinity'::timestamptz) > ${at}::timestamptz
      and ${round === undefined ? sql`true` : sql`version.round = ${round}`} and ${seen})`
}

/** Which of these cases somebody may see. */
export const visibleAmong = async (
  db: Executor,
  ids: readonly CaseId[],
  scope: LedgerFilter,
): Promise<ReadonlySet<CaseId>> => {
  const { rows } = await sql<{ id: CaseId }>`
    select id from cases where id = any(${[...new Set(ids)]}::text[]) and ${narrowed(scope)}`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
