import { CamelCasePlugin, Kysely, type LogEvent, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { instant } from '../domain/words.js'
import { preparing } from './prepared.js'
import type { Tables } from './tables.js'

/** A pool of connections to one PostgreSQL; columns are read and written in camelCase. Close it with `destroy`. */
export type Db = Kysely<Tables>
/** A pool, or a transaction open on it. */
export type Executor = Db | Transaction<Tables>

/** Hears of every query when it has ended, well or not. */
export type QueryLog = (event: LogEvent) => void

/** A transaction whose client fell silent gives its locks back after this long. */
const LONGEST_SILENCE_MILLIS = 60_000

const TIMESTAMPTZ = pg.types.builtins.TIMESTAMPTZ
const readTimestamp = pg.types.getTypeParser(TIMESTAMPTZ)

/** Moments come as `Instant`, days as `PlainDate`, counts as numbers: the same words as in the domain. */
const readers = new Map<number, (text: string) => unknown>([
  [TIMESTAMPTZ, (text) => instant(readTimestamp(text).getTime())],
  [pg.types.builtins.DATE, (text) => text],
  [pg.types.builtins.INT8, Number],
])

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    readers.get(oid) ?? pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/** What every connection of ours is opened with. */
export const clientSettings = (url: string): pg.ClientConfig => ({
  connectionString: url,
  types,
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
  idle_in_transaction_session_timeout: LONGEST_SILENCE_MILLIS,
})

/** Opens no connection yet. A dying PostgreSQL fails the queries under way; the next ones connect anew. */
export const connect = (url: string, connections = 10, log?: QueryLog): Db => {
  const pool = new pg.Pool({ ...clientSettings(url), max: connections })
  // Without these a lost connection ends the process: the pool's while idle, the client's while lent out.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: preparing(pool) }),
    ...(log && { log }),
    plugins: [
      new CamelCasePlugin({ maintainNestedObjectKeys: true, underscoreBetweenUppercaseLetters: true }),
    ],
  })
}
