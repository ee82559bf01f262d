import { createHash } from 'node:crypto'
import { type Instant, instant, millis, type PersonId, type Sha256 } from '../domain/words.js'
import type { Db, Executor } from './connect.js'

/** How long somebody stays signed in, in milliseconds: without doing anything, and at the very longest. */
export type SessionLimits = { readonly idleMillis: number; readonly longestMillis: number }

export type SignedInSession = { readonly person: PersonId; readonly endsAt: Instant }

/** Use is noted once in so long, so that reading does not write. */
const NOTED_EVERY_MILLIS = 30_000

const hashOf = (secret: string): Sha256 => createHash('sha256').update(secret).digest('hex') as Sha256

/** Begins a session under a secret that only the browser keeps, and forgets those that are over. */
export const beginSession = async (
  db: Db,
  { secret, person, now }: { readonly secret: string; readonly person: PersonId; readonly now: Instant },
  { idleMillis, longestMillis }: SessionLimits,
): Promise<void> => {
  const endsAt = instant(millis(now) + longestMillis)
  await db
    .insertInto('sessions')
    .values({ hash: hashOf(secret), person, createdAt: now, usedAt: now, endsAt })
    .execute()
  await db
    .deleteFrom('sessions')
    .where((where) =>
      where.or([where('endsAt', '<', now), where('usedAt', '<', instant(millis(now) - idleMillis))]),
    )
    .execute()
}

/** The session under this secret, if it holds still; being asked for is being used. */
export const useSession = async (
  db: Db,
  secret: string,
  now: Instant,
  { idleMillis }: SessionLimits,
): Promise<SignedInSession | undefined> => {
  const hash = hashOf(secret)
  const found = await holding(db, hash, now, idleMillis)
  if (!found) return undefined
  const { usedAt, ...session } = found
  if (millis(now) - millis(usedAt) > NOTED_EVERY_MILLIS)
    await db.updateTable('sessions').set({ usedAt: now }).where('hash', '=', hash).execute()
  return session
}

const holdingOn = (db: Executor, now: Instant, idleMillis: number) =>
  db
    .selectFrom('sessions')
    .where('endsAt', '>', now)
    .where('usedAt', '>', instant(millis(now) - idleMillis))

const holding = (db: Executor, hash: Sha256, now: Instant, idleMillis: number) =>
  holdingOn(db, now, idleMillis)
    .select(['person', 'endsAt', 'usedAt'])
    .where('hash', '=', hash)
    .executeTakeFirst()

/** Those that hold; looking is not using them. */
export const sessionsHolding = async (
  db: Executor,
  secrets: readonly string[],
  now: Instant,
  { idleMillis }: SessionLimits,
): Promise<ReadonlySet<string>> => {
  if (secrets.length === 0) return new Set()
  const byHash = new Map(secrets.map((secret) => [hashOf(secret), secret]))
  const rows = await holdingOn(db, now, idleMillis)
    .select('hash')
    .where('hash', 'in', [...byHash.keys()])
    .execute()
  return new Set(rows.flatMap(({ hash }) => byHash.get(hash) ?? []))
}

export const endSession = async (db: Executor, secret: string): Promise<void> => {
  await db.deleteFrom('sessions').where('hash', '=', hashOf(secret)).execute()
}
