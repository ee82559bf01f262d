import { type Unlike, unlike } from '../domain/figures/compare.js'
import { caseThen, figuresFromRecords, type Then } from '../domain/figures/from-records.js'
import { figuresOf } from '../domain/figures/tally.js'
import { type Asked, type Figures } from '../domain/figures/types.js'
import { canonical, sha256Of } from '../domain/record/chain.js'
import type { RoundId, Sha256 } from '../domain/words.js'
import type { Db, Executor } from './connect.js'
import { fold } from './fold.js'
import { tallied } from './queries/tally.js'
import { recordedCases } from './record-stream.js'
import { roundById } from './rounds.js'
import { rulesAlong, rulesOf } from './rules.js'

const MOST_LISTED = 500

export type Snapshot = { readonly key: string; readonly hash: Sha256; readonly figures: Figures }

/** Nothing is known of this round. */
export class UnknownRound extends Error {
  override readonly name = 'UnknownRound'
}

/** The figures as they are told now of a moment, by the round's own rules. @throws UnknownRound */
export const figuresAsOf = async (db: Executor, asked: Asked): Promise<Figures> => {
  const round = await roundById(db, asked.round)
  if (!round) throw new UnknownRound(asked.round)
  const { policy } = await rulesOf(db, round.policyHash, round.calendarHash)
  return figuresOf(policy, asked, await tallied(db, asked))
}

/** Equal figures have equal hashes, whenever and wherever they were counted. */
export const figuresHash = (figures: Figures): Sha256 => sha256Of(canonical(figures))

const kept = (db: Executor, key: string): Promise<Snapshot | undefined> =>
  db.selectFrom('snapshots').select(['key', 'hash', 'figures']).where('key', '=', key).executeTakeFirst()

/**
 * Freezes a round's figures under a key, for good (JN-21). Asked again, by whoever, it answers with what was frozen first:
 * events that came since with an earlier moment change nothing of it.
 * @throws UnknownRound
 */
export const takeSnapshot = async (
  db: Db,
  { key, ...asked }: Asked & { readonly key: string },
): Promise<Snapshot> => {
  const before = await kept(db, key)
  if (before) return before
  const figures = await figuresAsOf(db, asked)
  const text = canonical(figures)
  const hash = sha256Of(text)
  const written = await db
    .insertInto('snapshots')
    .values({
      ...{ key, round: asked.round, cutOff: asked.cutOff, fromDay: asked.from, toDay: asked.to },
      ...{ figures: text, hash },
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst()
  const first = written.numInsertedOrUpdatedRows === 1n ? { key, hash, figures } : await kept(db, key)
  if (!first) throw new TypeError(`a snapshot that was written is not there: ${key}`)
  return first
}

export const snapshotByHash = (db: Executor, hash: Sha256): Promise<Snapshot | undefined> =>
  db
    .selectFrom('snapshots')
    .select(['key', 'hash', 'figures'])
    .where('hash', '=', hash)
    .orderBy('takenAt')
    .limit(1)
    .executeTakeFirst()

/** Every snapshot of a round, or of all, the newest first. */
export const snapshots = (db: Executor, round?: RoundId): Promise<readonly Snapshot[]> =>
  db
    .selectFrom('snapshots')
    .select(['key', 'hash', 'figures'])
    .$if(round !== undefined, (query) => query.where('round', '=', round as RoundId))
    .orderBy('cutOff', 'desc')
    .orderBy('key')
    .limit(MOST_LISTED)
    .execute()

/** What a frozen snapshot holds beside what the record tells of the same moment now. */
export type Checked = {
  readonly snapshot: Snapshot
  /** Whether the figures still are those that were hashed. */
  readonly seal: 'holds' | 'broken'
  readonly now: Sha256
  /** Empty when the record tells the same; what was frozen stands all the same. */
  readonly unlike: readonly Unlike[]
}

/** Counts a snapshot anew from the record alone, not from the tables it was taken from. @throws UnknownRound */
export const checkSnapshot = async (db: Executor, key: string): Promise<Checked | undefined> => {
  const snapshot = await kept(db, key)
  if (!snapshot) return undefined
  const { round, cutOff, period } = snapshot.figures
  const asked: Asked = { round, cutOff, ...period }
  const found = await roundById(db, round)
  if (!found) throw new UnknownRound(round)
  const { policy } = await rulesOf(db, found.policyHash, found.calendarHash)
  const now = figuresFromRecords(policy, asked, await casesThen(db, asked))
  return {
    snapshot,
    seal: figuresHash(snapshot.figures) === snapshot.hash ? 'holds' : 'broken',
    now: figuresHash(now),
    unlike: unlike(snapshot.figures, now),
  }
}

const casesThen = async (db: Executor, asked: Asked): Promise<readonly Then[]> => {
  const cases: Then[] = []
  for await (const records of recordedCases(db, { round: asked.round })) {
    const rulesThen = await rulesAlong(db, fold(undefined, records))
    const then = caseThen(asked, { rulesThen, records })
    if (then) cases.push(then)
  }
  return cases
}
