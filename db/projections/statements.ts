import { type RawBuilder, sql } from 'kysely'
import type { CaseId } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import { storableJson } from '../json.js'
import { prepared } from '../prepared.js'
import type { PROJECTIONS } from './tables.js'

type Table = (typeof PROJECTIONS)[number]

/** A statement that writes: several go to PostgreSQL in one journey, each seeing the tables as they were before all. */
export type Statement = RawBuilder<unknown>

const snakes = new Map<string, string>()
const snake = (name: string): string => {
  const known = snakes.get(name)
  if (known !== undefined) return known
  const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  snakes.set(name, column)
  return column
}

const columnsOf = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value]))

/** Rows, with every column of their table, as PostgreSQL's own records. */
const records = (table: Table, rows: readonly object[]): RawBuilder<unknown> =>
  sql`select * from jsonb_populate_recordset(null::${sql.table(table)}, ${storableJson(rows.map(columnsOf))}::jsonb)`

export const inserted = (table: Table, rows: readonly object[]): Statement =>
  sql`insert into ${sql.table(table)} ${records(table, rows)}`

/** Rows that are there under the same key take the new values. */
export const upserted = (table: Table, key: string, rows: readonly [object, ...object[]]): Statement => {
  const columns = Object.keys(rows[0])
    .map(snake)
    .filter((column) => column !== key)
  const assigned = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
  return sql`
    insert into ${sql.table(table)} ${records(table, rows)}
    on conflict (${sql.ref(key)}) do update set ${sql.join(assigned)}`
}

/** All rows of these cases give way to the new ones. The table has no unique key: old and new meet for a moment. */
export const replaced = (
  table: Table,
  cases: readonly CaseId[],
  rows: readonly object[],
): readonly Statement[] => [
  sql`delete from ${sql.table(table)} where case_id = any(${cases}::text[])`,
  ...(rows.length > 0 ? [inserted(table, rows)] : []),
]

/** Sends all of them at once: all are done or none. */
export const together = async (db: Executor, statements: readonly Statement[]): Promise<void> => {
  if (statements.length === 0) return
  const named = statements.map((statement, index) => sql`${sql.ref(`w${index}`)} as (${statement})`)
  await sql`${prepared}with ${sql.join(named)} select`.execute(db.withoutPlugins())
}
