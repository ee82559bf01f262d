import { sql } from 'kysely'
import type { Db } from './connect.js'
import { migrations } from './migrations.js'

const UNDEFINED_TABLE = '42P01'

const numbersIn = async (db: Db): Promise<ReadonlySet<number>> => {
  try {
    const { rows } = await sql<{ number: number }>`select number from migrations`.execute(db)
    return new Set(rows.map(({ number }) => number))
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return new Set()
    throw error
  }
}

/**
 * Migrations of this version that the database does not have, by number; empty when the program may run on it. A newer
 * database is no fault: programs of the last release go on while the next one's migrations are already there.
 */
export const missingMigrations = async (db: Db): Promise<readonly number[]> => {
  const [known, done] = await Promise.all([migrations(), numbersIn(db)])
  return known.map(({ number }) => number).filter((number) => !done.has(number))
}

/** The database is older than the program: it works once `bihuan migrate` has run. */
export class OlderSchema extends Error {
  override readonly name = 'OlderSchema'
  constructor(missing: readonly number[]) {
    super(`数据库结构早于本版(缺第 ${missing.join('、')} 项迁移),请运行 bihuan migrate`)
  }
}

/** @throws OlderSchema, or what keeps the database from answering. */
export const requireSchema = async (db: Db): Promise<void> => {
  const missing = await missingMigrations(db)
  if (missing.length > 0) throw new OlderSchema(missing)
}
