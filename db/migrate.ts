import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { clientSettings, connect } from './connect.js'
import { type AppliedMigration, type Migration, migrations, refuseUnknown } from './migrations.js'
import { rebuild } from './rebuild.js'

/** What is told while the tables are brought up to date. */
export type MigrationStep =
  | { readonly kind: 'applied'; readonly number: number; readonly name: string; readonly millis: number }
  /** Somebody works with a table it needs; tried again, and nobody waits behind it meanwhile. */
  | { readonly kind: 'held-up'; readonly number: number; readonly name: string; readonly tries: number }

export type MigrateOptions = {
  readonly onStep?: (step: MigrationStep) => void
  /** Only up to this number; everything without it. */
  readonly through?: number
}

/** Whoever migrates holds this advisory lock; a second one waits and then finds nothing to do. */
const LOCK = 7_265_001

/**
 * Whoever waits for a lock on a table makes everybody after it wait as well. A migration gives up after this long, lets
 * them all pass, and tries again.
 */
const LOCK_MILLIS = 2_000
const MOST_TRIES = 60
const PAUSE_MILLIS = 1_000
const LOCK_NOT_AVAILABLE = '55P03'

const applied = async (client: pg.Client): Promise<readonly AppliedMigration[]> => {
  await client.query(
    `create table if not exists migrations (
       number integer primary key, name text not null, sha256 text not null,
       applied_at timestamptz not null default now())`,
  )
  const { rows } = await client.query<AppliedMigration>(
    'select number, name, sha256 from migrations order by number',
  )
  return rows
}

const apply = async (client: pg.Client, { number, name, sql, sha256 }: Migration): Promise<void> => {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = ${LOCK_MILLIS}`)
    await client.query(sql)
    await client.query('insert into migrations (number, name, sha256) values ($1, $2, $3)', [
      number,
      name,
      sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

const isHeldUp = (error: unknown): boolean => (error as { code?: string }).code === LOCK_NOT_AVAILABLE

const applyInTheEnd = async (
  client: pg.Client,
  migration: Migration,
  tell: (step: MigrationStep) => void,
): Promise<void> => {
  const { number, name } = migration
  for (let tries = 1; ; tries += 1) {
    const began = performance.now()
    try {
      await apply(client, migration)
      return tell({ kind: 'applied', number, name, millis: Math.round(performance.now() - began) })
    } catch (error) {
      if (!isHeldUp(error) || tries === MOST_TRIES) throw error
      tell({ kind: 'held-up', number, name, tries })
      await pause(PAUSE_MILLIS)
    }
  }
}

/** Cases that were there before what keeps their versions was: the record has it all, so it is told once more. */
const missingVersions = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ missing: boolean }>(
    `select exists (
       select from cases where not exists (
         select from case_versions where case_id = cases.id and owner is not null and leaders is not null)) as missing`,
  )
  return rows[0]?.missing ?? false
}

const rebuilt = async (databaseUrl: string): Promise<void> => {
  const db = connect(databaseUrl, 1)
  try {
    await rebuild(db)
  } finally {
    await db.destroy()
  }
}

/**
 * Brings the tables up to this version: forward only, each migration in a transaction of its own, none making others wait
 * for longer than two seconds before it begins. Two at once are safe.
 * @throws UnfitDatabase when the database is newer than the program, or an applied migration was edited.
 */
export const migrate = async (
  databaseUrl: string,
  { onStep = () => undefined, through = Number.POSITIVE_INFINITY }: MigrateOptions = {},
): Promise<{ readonly applied: number; readonly total: number }> => {
  const known = await migrations()
  const client = new pg.Client(clientSettings(databaseUrl))
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const done = await applied(client)
    refuseUnknown(done, known)
    const missing = known.filter(
      ({ number }) => number <= through && !done.some((one) => one.number === number),
    )
    for (const migration of missing) await applyInTheEnd(client, migration, onStep)
    const all = known.every(({ number }) => number <= through)
    if (all && missing.length > 0 && (await missingVersions(client))) await rebuilt(databaseUrl)
    return { applied: missing.length, total: known.length }
  } finally {
    await client.end().catch(() => undefined)
  }
}
