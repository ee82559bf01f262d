import { sql } from 'kysely'
import type { CaseId } from '../domain/words.js'
import type { Db } from './connect.js'
import { prepared } from './prepared.js'

/** PostgreSQL's channel on which every append tells of itself. */
export const EVENTS_CHANNEL = 'bihuan_events'

/** Events `from`..`seq` of a case are in. */
export type Appended = { readonly case: CaseId; readonly from: number; readonly seq: number }

type Teller = { waiting: Appended[]; telling: boolean }
const tellers = new WeakMap<Db, Teller>()

/**
 * Tells whoever listens, soon, several appends at once. After the commit and not in it: PostgreSQL commits transactions
 * that notify one after another, so telling inside would make every append wait for every other's disk. Word of an append
 * is a hint to look, never the only sign of it: it is lost with a process that dies here.
 */
export const tell = (db: Db, appended: Appended): void => {
  const teller = tellers.get(db) ?? { waiting: [], telling: false }
  tellers.set(db, teller)
  teller.waiting.push(appended)
  if (!teller.telling) void drain(db, teller)
}

const drain = async (db: Db, teller: Teller): Promise<void> => {
  teller.telling = true
  while (teller.waiting.length > 0) {
    const told = teller.waiting.map((appended) => JSON.stringify(appended))
    teller.waiting = []
    await sql`${prepared}select pg_notify(${EVENTS_CHANNEL}, told) from unnest(${told}::text[]) as told`
      .execute(db)
      .catch(() => undefined)
  }
  teller.telling = false
}
