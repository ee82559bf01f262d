import { sql } from 'kysely'
import type { Head, LedgerRecord, LedgerState } from '../domain/decider-types.js'
import { firstBrokenLink, GENESIS } from '../domain/record/chain.js'
import type { CaseId } from '../domain/words.js'
import { again } from './again.js'
import { BrokenChain, ForkedChain, GapInChain } from './chain-errors.js'
import type { Db, Executor } from './connect.js'
import { fold } from './fold.js'
import { json } from './json.js'
import { EVENTS_CHANNEL } from './listen.js'
import { projected } from './projections/index.js'
import { type Statement, together } from './projections/statements.js'
import { rulesOf } from './rules.js'

type Records = readonly [LedgerRecord, ...LedgerRecord[]]
type Held = { readonly head: Head; readonly state: LedgerState }

/**
 * The only way into the record. Takes events of one case in their order, those already there included, and returns the
 * ledger's last number for the case. In one transaction: the events, the projections that follow from them, the intents
 * they answer, and word of it on the channel `bihuan_events`. Called by whoever has the events: the same ones by
 * several at once are there once.
 *
 * @throws GapInChain when events before the first given are missing; @throws ForkedChain, BrokenChain when they can never
 * be part of this chain; @throws UnknownRules when the case's rules were not saved first.
 */
export const append = async (
  db: Db,
  records: readonly LedgerRecord[],
): Promise<{ readonly ledger: number }> => {
  const [first, ...others] = records
  if (!first) return { ledger: 0 }
  const foreign = others.find((record) => record.case !== first.case)
  if (foreign) throw new TypeError(`one case at a time: ${first.case}, ${foreign.case}`)
  refuseBroken(records)
  return again(() => appendOnce(db, [first, ...others]))
}

/** Two who bring a case's first event at once both find no row to wait at; the second then finds the first one's. */
const FIRST_EVENT_TAKEN = '23505'

const appendOnce = async (db: Db, records: Records): Promise<{ readonly ledger: number }> => {
  try {
    return await inTransaction(db, records)
  } catch (error) {
    if ((error as { code?: string }).code !== FIRST_EVENT_TAKEN) throw error
    return inTransaction(db, records)
  }
}

const inTransaction = (db: Db, records: Records): Promise<{ readonly ledger: number }> =>
  db.transaction().execute(async (trx) => {
    const caseId = records[0].case
    const held = await holdCase(trx, caseId)
    const head = held?.head ?? GENESIS
    await refuseForks(trx, head, records)
    const [first, ...others] = records.filter(({ seq }) => seq > head.seq)
    if (!first) return { ledger: head.seq }
    if (first.seq > head.seq + 1) throw new GapInChain(caseId, head.seq, first.seq)
    await write(trx, held?.state, [first, ...others])
    return { ledger: others.at(-1)?.seq ?? first.seq }
  })

/**
 * The one lock of an append, taken first: nobody holding it waits for another. Both rows are locked: of a row that is not,
 * PostgreSQL shows the version from before the wait.
 */
const holdCase = async (trx: Executor, caseId: CaseId): Promise<Held | undefined> => {
  const row = await trx
    .selectFrom('cases')
    .innerJoin('caseStates', 'caseStates.caseId', 'cases.id')
    .where('cases.id', '=', caseId)
    .select(['headSeq', 'headHash', 'state'])
    .forUpdate()
    .executeTakeFirst()
  return row && { head: { seq: row.headSeq, hash: row.headHash }, state: row.state }
}

/** The given events hold among themselves; the first one's own number and previous hash are taken as they are. */
const refuseBroken = (records: readonly LedgerRecord[]): void => {
  const [first] = records
  if (!first) return
  const broken = firstBrokenLink(records, { seq: first.seq - 1, hash: first.prev })
  if (broken) throw new BrokenChain(first.case, broken.seq, broken.why)
}

/** What both have must be the same, and the first new event must follow the ledger's last. */
const refuseForks = async (trx: Executor, head: Head, records: Records): Promise<void> => {
  const known = records.filter(({ seq }) => seq <= head.seq)
  const next = records.find(({ seq }) => seq === head.seq + 1)
  if (next && next.prev !== head.hash) throw new ForkedChain(next.case, head.seq, head.hash, next.prev)
  const [first] = known
  if (!first) return
  // The chain below an equal hash is equal, so the last one both have decides.
  const last = known.at(-1) ?? first
  if (last.seq === head.seq && last.hash === head.hash) return
  const { hash } = await trx
    .selectFrom('events')
    .select('hash')
    .where('caseId', '=', last.case)
    .where('seq', '=', last.seq)
    .executeTakeFirstOrThrow()
  if (hash !== last.hash) throw new ForkedChain(last.case, last.seq, hash, last.hash)
}

const write = async (trx: Executor, state: LedgerState | undefined, records: Records): Promise<void> => {
  const steps = fold(state, records)
  const { policy, calendar } = steps[0].after.state
  const rules = await rulesOf(trx, policy, calendar)
  const caseId = records[0].case
  const statements = [eventsWritten(records), ...(await projected(trx, [{ caseId, rules, steps }]))]
  const commands = records.flatMap(({ command }) => (command === undefined ? [] : [command]))
  if (commands.length > 0)
    statements.push(
      sql`delete from intents where case_id = ${caseId} and command_id = any(${commands}::text[])`,
    )
  await together(trx, statements, toldOf(records))
}

const eventsWritten = (records: Records): Statement => {
  const column = <T>(read: (record: LedgerRecord) => T): readonly T[] => records.map(read)
  return sql`
    insert into events (case_id, seq, at, type, author, event, command_id, prev, hash)
    select ${records[0].case}, * from unnest(
      ${column(({ seq }) => seq)}::integer[],
      ${column(({ at }) => at)}::timestamptz[],
      ${column(({ event }) => event.type)}::text[],
      ${column(({ by }) => json(by))}::json[],
      ${column(({ event }) => json(event))}::json[],
      ${column(({ command }) => command ?? null)}::text[],
      ${column(({ prev }) => prev)}::text[],
      ${column(({ hash }) => hash)}::text[])`
}

const toldOf = (records: Records): Statement => {
  const [first] = records
  const told = { case: first.case, from: first.seq, seq: records.at(-1)?.seq ?? first.seq }
  return sql`select pg_notify(${EVENTS_CHANNEL}, ${JSON.stringify(told)})`
}
