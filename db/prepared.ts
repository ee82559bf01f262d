import { createHash } from 'node:crypto'
import {
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
  sql,
} from 'kysely'
import type pg from 'pg'

/**
 * Begins a statement that PostgreSQL is to parse and plan once for each connection, not each time: what every command sends.
 * Others are planned for the values they ask for: a plan made for any values may be a bad one for these.
 */
const PREPARED = '/* prepared */ '
export const prepared = sql.raw(PREPARED)

/** SQLSTATE `feature_not_supported`: a migration changed what a prepared statement would answer. */
const OUTDATED = '0A000'

/** The same text always has the same name; after a migration another. */
const names = new Map<string, string>()
const nameOf = (text: string): string => {
  const known = names.get(text)
  if (known !== undefined) return known
  return renamed(text, '0')
}
const renamed = (text: string, generation: string): string => {
  const name = `${generation}-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
  names.set(text, name)
  return name
}

const isOutdated = (error: unknown): boolean =>
  (error as { code?: unknown }).code === OUTDATED && /cached plan/.test((error as Error).message)

const ask = async (client: pg.PoolClient, text: string, values: readonly unknown[]) => {
  if (!text.startsWith(PREPARED)) return client.query(text, [...values])
  const name = nameOf(text)
  try {
    return await client.query({ name, text, values: [...values] })
  } catch (error) {
    if (!isOutdated(error)) throw error
    if (names.get(text) === name) renamed(text, String(Number(name.split('-')[0]) + 1))
    return client.query(text, [...values])
  }
}

const clientOf = (client: pg.PoolClient): PostgresPoolClient => {
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  function query(asked: string | object, values: readonly unknown[] = []): unknown {
    return typeof asked === 'string' ? ask(client, asked, values) : client.query(asked as pg.Submittable)
  }
  return { query, release: () => client.release() }
}

/** The pool, as Kysely asks it: statements that begin so are sent under a name. */
export const preparing = (pool: pg.Pool): PostgresPool => {
  const lent = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    connect: async () => {
      const client = await pool.connect()
      const known = lent.get(client) ?? clientOf(client)
      lent.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}
