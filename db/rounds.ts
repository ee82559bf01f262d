import { sql } from 'kysely'
import type { Clock } from '../contracts/clock.js'
import type { Source } from '../domain/case/commands.js'
import { caseIdOf, type Entry } from '../domain/entry.js'
import type { Actor } from '../domain/parties.js'
import { storable } from '../domain/text.js'
import type { CaseId, Instant, PlainDate, RoundId, Sha256 } from '../domain/words.js'
import type { Db, Executor } from './connect.js'
import { json } from './json.js'

/** One inspection of one city, as it was opened. `plan` is the text it was read from, `reading` what intake made of it. */
export type Round = {
  readonly id: RoundId
  readonly city: string
  readonly title: string
  readonly policyHash: Sha256
  readonly calendarHash: Sha256
  readonly source: Source
  readonly feedbackDate: PlainDate | null
  /** null: opened on the feedback alone, its plan is still due (GN-12). */
  readonly planDate: PlainDate | null
  readonly clock: Clock
  readonly plan: string
  readonly reading: unknown
  readonly openedAt: Instant
  /** In whose name its cases are registered. */
  readonly openedBy?: Actor | null
}

export const isDrill = ({ clock }: Pick<Round, 'clock'>): boolean => clock.kind === 'drill'

/**
 * Writes a round and all its entries at once, or, when the round is there already, nothing: so an accepted plan is never
 * half there. Its cases are registered afterwards, entry by entry, until `entriesToRegister` is empty.
 */
export const openRound = (
  db: Db,
  round: Round,
  entries: readonly Entry[],
): Promise<'opened' | 'already-open'> =>
  db.transaction().execute(async (trx) => {
    const written = await trx
      .insertInto('rounds')
      .values({
        ...round,
        source: json(round.source),
        clock: json(round.clock),
        reading: json(round.reading),
        plan: storable(round.plan),
        openedBy: round.openedBy ? json(round.openedBy) : null,
        drill: isDrill(round),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (written.numInsertedOrUpdatedRows === 0n) return 'already-open'
    await keepEntries(trx, round.id, entries)
    return 'opened'
  })

/** The entry's case is on the record since `at`; saying so twice changes nothing. */
export const markRegistered = async (db: Executor, round: RoundId, n: number, at: Instant): Promise<void> => {
  await db
    .updateTable('planEntries')
    .set({ registeredAt: at })
    .where('round', '=', round)
    .where('n', '=', n)
    .where('registeredAt', 'is', null)
    .execute()
}

/** Entries whose case is not known to be on the record yet, of one round or of all, in the plan's order. */
export const entriesToRegister = (db: Db, round?: RoundId) =>
  db
    .selectFrom('planEntries')
    .select(['round', 'n', 'entry'])
    .where('registeredAt', 'is', null)
    .$if(round !== undefined, (query) => query.where('round', '=', round as RoundId))
    .orderBy('round')
    .orderBy('n')
    .execute()

/** Is this a measure of the plan whose case is still to be registered? */
export const isToBeRegistered = async (db: Db, round: RoundId, caseId: CaseId): Promise<boolean> =>
  (await entriesToRegister(db, round)).some(({ n }) => caseIdOf(round, n) === caseId)

/** The plan's entries as they were accepted; what the coordinator amends later stands on the case. */
export const planEntries = (db: Db, round: RoundId) =>
  db
    .selectFrom('planEntries')
    .select(['n', 'entry', 'registeredAt'])
    .where('round', '=', round)
    .orderBy('n')
    .execute()

export const roundById = (db: Executor, id: RoundId): Promise<Round | undefined> =>
  db
    .selectFrom('rounds')
    .select([
      'id',
      'city',
      'title',
      'policyHash',
      'calendarHash',
      'source',
      'feedbackDate',
      'planDate',
      'clock',
      'plan',
      'reading',
      'openedAt',
      'openedBy',
    ])
    .where('id', '=', id)
    .executeTakeFirst()

/** The plan of a round that was opened on the feedback alone, with its entries, in one transaction and once. */
export const keepPlan = (
  db: Db,
  id: RoundId,
  { planDate, plan, reading }: Pick<Round, 'planDate' | 'plan' | 'reading'>,
  entries: readonly Entry[],
): Promise<'kept' | 'already-there'> =>
  db.transaction().execute(async (trx) => {
    const written = await trx
      .updateTable('rounds')
      .set({ planDate, plan: storable(plan), reading: json(reading) })
      .where('id', '=', id)
      .where('planDate', 'is', null)
      .executeTakeFirst()
    if (written.numUpdatedRows === 0n) return 'already-there'
    await keepEntries(trx, id, entries)
    return 'kept'
  })

const keepEntries = async (trx: Executor, round: RoundId, entries: readonly Entry[]): Promise<void> => {
  if (entries.length === 0) return
  await trx
    .insertInto('planEntries')
    .values(entries.map((entry) => ({ round, n: entry.n, entry: json(entry), registeredAt: null })))
    .execute()
}

/** Rounds without a case of their own yet, or whose plan came after they were opened and is not on their record. */
export const roundsToOpen = async (db: Db): Promise<readonly RoundId[]> => {
  const { rows } = await sql<{ readonly id: RoundId }>`
    select rounds.id from rounds left join cases on cases.id = rounds.id || '/round'
    where opened_by is not null
      and (cases.id is null or (cases.phase = 'awaiting-plan' and plan_date is not null))`.execute(db)
  return rows.map(({ id }) => id)
}
