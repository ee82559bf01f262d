import { type RawBuilder, sql } from 'kysely'
import type { Head, LedgerRecord, LedgerState } from '../domain/decider-types.js'
import { firstBrokenLink, GENESIS } from '../domain/record/chain.js'
import type { CaseId, Sha256 } from '../domain/words.js'
import { again } from './again.js'
import { BrokenChain, ForkedChain, GapInChain } from './chain-errors.js'
import { changeOf } from './change-of.js'
import type { Db } from './connect.js'
import { fold } from './fold.js'
import { json } from './json.js'
import { prepared } from './prepared.js'
import { projected } from './projections/index.js'
import { type Statement, together } from './projections/statements.js'
import { tell } from './tell.js'

type Records = readonly [LedgerRecord, ...LedgerRecord[]]

/** A case as the ledger had it when somebody looked. */
export type Seen = {
  readonly head: Head
  readonly state: LedgerState
  /** Changes with every change of the case's row. */
  readonly version: string
}

/** A case as the ledger has it before an append. */
type Held = Seen & {
  /** Hash in the ledger of the last event that both the ledger and the given ones have a number for. */
  readonly shared: Sha256 | null
}

/**
 * The only way into the record. Takes events of one case in their order, those already there included, and returns the
 * ledger's last number for the case. The events, the projections that follow from them and the end of the intents they
 * answer are one statement, so one transaction. Called by whoever has the events: the same ones by several at once are
 * there once. Who has just looked at the case says what was `seen`: if it is still so, it is not looked at again.
 *
 * @throws GapInChain when events before the first given are missing; @throws ForkedChain, BrokenChain when they can never
 * be part of this chain; @throws UnknownRules when the case's rules were not saved first.
 */
export const append = async (
  db: Db,
  records: readonly LedgerRecord[],
  seen?: Seen,
): Promise<{ readonly ledger: number }> => {
  const [first, ...others] = records
  if (!first) return { ledger: 0 }
  const foreign = others.find((record) => record.case !== first.case)
  if (foreign) throw new TypeError(`one case at a time: ${first.case}, ${foreign.case}`)
  refuseBroken([first, ...others])
  return again(() => untilNobodyWasFirst(db, [first, ...others], seen))
}

/** SQLSTATE of a number that is taken, and of one that is null (`eventsWritten`): somebody else was first. */
const SOMEBODY_WAS_FIRST: ReadonlySet<unknown> = new Set(['23505', '23502'])

/** Whoever loses the race for a number has lost it to an append that came through; so this many are never met. */
const MOST_RACES = 100

const untilNobodyWasFirst = async (
  db: Db,
  records: Records,
  seen: Seen | undefined,
): Promise<{ readonly ledger: number }> => {
  for (let race = 1; ; race += 1) {
    try {
      return await appendOnce(db, records, race === 1 ? follows(seen, records) : undefined)
    } catch (error) {
      if (!SOMEBODY_WAS_FIRST.has((error as { code?: unknown }).code) || race === MOST_RACES) throw error
    }
  }
}

/** What was seen is enough to go by when the events begin right behind it. */
const follows = (seen: Seen | undefined, [first]: Records): Held | undefined =>
  seen && first.seq === seen.head.seq + 1 ? { ...seen, shared: null } : undefined

const appendOnce = async (
  db: Db,
  records: Records,
  seen: Held | undefined,
): Promise<{ readonly ledger: number }> => {
  const held = seen ?? (await lookAt(db, records))
  const head = held?.head ?? GENESIS
  refuseForks(held, records)
  const [first, ...others] = records.filter(({ seq }) => seq > head.seq)
  if (!first) return { ledger: head.seq }
  if (first.seq > head.seq + 1) throw new GapInChain(first.case, head.seq, first.seq)
  await write(db, held, [first, ...others])
  const seq = others.at(-1)?.seq ?? first.seq
  tell(db, { case: first.case, from: first.seq, seq })
  return { ledger: seq }
}

/** No lock: if somebody appends after this look, one of the two finds its number taken and looks again. */
const lookAt = async (db: Db, records: Records): Promise<Held | undefined> => {
  const last = records.at(-1) ?? records[0]
  const { rows } = await sql<{
    seq: number
    hash: Sha256
    state: LedgerState
    version: string
    shared: Sha256 | null
  }>`${prepared}
    select head_seq as seq, head_hash as hash, state, cases.xmin::text as version,
      (select hash from events where case_id = cases.id and seq = least(head_seq, ${last.seq})) as shared
    from cases join case_states on case_states.case_id = cases.id where cases.id = ${last.case}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { seq, hash, ...rest } = row
  return { head: { seq, hash }, ...rest }
}

/** The given events hold among themselves; the first one's own number and previous hash are taken as they are. */
const refuseBroken = (records: Records): void => {
  const [first] = records
  const broken = firstBrokenLink(records, { seq: first.seq - 1, hash: first.prev })
  if (broken) throw new BrokenChain(first.case, broken.seq, broken.why)
}

/**
 * The last event both have must be the same, and the first new one must follow the ledger's last. Equal hashes mean equal
 * pasts, so nothing below needs comparing.
 */
const refuseForks = (held: Held | undefined, records: Records): void => {
  const head = held?.head ?? GENESIS
  const next = records.find(({ seq }) => seq === head.seq + 1)
  if (next && next.prev !== head.hash) throw new ForkedChain(next.case, head.seq, head.hash, next.prev)
  const both = records.findLast(({ seq }) => seq <= head.seq)
  if (both && held?.shared && both.hash !== held.shared)
    throw new ForkedChain(both.case, both.seq, held.shared, both.hash)
}

const write = async (db: Db, held: Held | undefined, records: Records): Promise<void> => {
  const steps = fold(held?.state, records)
  const caseId = records[0].case
  await together(db, [
    eventsWritten(records, unmoved(caseId, held)),
    ...(await projected(db, [await changeOf(db, caseId, steps)])),
    ...intentsEnded(records),
  ])
}

const intentsEnded = (records: Records): readonly Statement[] => {
  const commands = records.flatMap(({ command }) => (command === undefined ? [] : [command]))
  if (commands.length === 0) return []
  return [
    sql`delete from intents where case_id = ${records[0].case} and command_id = any(${commands}::text[])`,
  ]
}

/** True while the case's row is as it was looked at: not appended to, not rebuilt. */
const unmoved = (id: CaseId, held: Held | undefined): RawBuilder<boolean> =>
  held
    ? sql`(select xmin::text from cases where id = ${id}) = ${held.version}`
    : sql`not exists (select from cases where id = ${id})`

/**
 * A number that is taken fails the statement by the primary key, and with it everything that goes along; so does a case
 * that moved since it was looked at, by a number that is null.
 */
const eventsWritten = (records: Records, stillSo: RawBuilder<boolean>): Statement => {
  const column = <T>(read: (record: LedgerRecord) => T): readonly T[] => records.map(read)
  return sql`
    insert into events (case_id, seq, at, type, author, event, command_id, prev, hash)
    select ${records[0].case}, case when ${stillSo} then seq end, at, type, author, event, command_id, prev, hash
    from unnest(
      ${column(({ seq }) => seq)}::integer[],
      ${column(({ at }) => at)}::timestamptz[],
      ${column(({ event }) => event.type)}::text[],
      ${column(({ by }) => json(by))}::json[],
      ${column(({ event }) => json(event))}::json[],
      ${column(({ command }) => command ?? null)}::text[],
      ${column(({ prev }) => prev)}::text[],
      ${column(({ hash }) => hash)}::text[]
    ) as given (seq, at, type, author, event, command_id, prev, hash)`
}
