import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import { migrate } from '../migrate.js'
import { type AppliedMigration, migrations, refuseUnknown } from '../migrations.js'
import { withPatientClient } from './client.js'
import { type CopiedTable, copyInto } from './tables.js'

/** The database is not empty: what is there is never written over. */
export class NotEmpty extends Error {
  override readonly name = 'NotEmpty'
}

/** Fewer or more rows went in than the backup says it has. */
export class OtherRows extends Error {
  override readonly name = 'OtherRows'
  constructor(
    readonly table: string,
    readonly expected: number,
    readonly found: number,
  ) {
    super(`${table}: ${expected} expected, ${found} found`)
  }
}

export type ToCopyIn = {
  readonly migrations: readonly AppliedMigration[]
  readonly tables: readonly (Pick<CopiedTable, 'name' | 'columns'> & { readonly rows: number })[]
}

const refuseNotEmpty = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ many: number }>(
    `select count(*)::int as many from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  if ((rows[0]?.many ?? 0) > 0) throw new NotEmpty()
}

/** Numbers that the tables give by themselves go on after the last one given. */
const goOnCounting = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ name: string; column: string }>(
    `select c.relname as name, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''`,
  )
  for (const { name, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), greatest((select max("${column}") from "${name}"), 0) + 1, false)`,
      [`"${name}"`, column],
    )
}

/**
 * Puts a copy back into an empty database: the tables in the shape they had, all rows in one transaction, then the
 * migrations that came since.
 * @throws NotEmpty; OtherRows; UnfitDatabase when the copy is of a newer version than this one.
 */
export const copyIn = async (
  databaseUrl: string,
  { migrations: done, tables }: ToCopyIn,
  sourceFor: (table: string) => Readable,
  onTable: (table: string, rows: number) => void = () => undefined,
): Promise<void> => {
  refuseUnknown(done, await migrations())
  await withPatientClient(databaseUrl, refuseNotEmpty)
  await migrate(databaseUrl, { through: Math.max(...done.map(({ number }) => number)) })
  await withPatientClient(databaseUrl, async (client) => {
    await client.query('begin')
    for (const table of tables) {
      const rows = client.query(from(copyInto(table)))
      await pipeline(sourceFor(table.name), rows)
      if (rows.rowCount !== table.rows) throw new OtherRows(table.name, table.rows, rows.rowCount)
      onTable(table.name, table.rows)
    }
    await goOnCounting(client)
    await client.query('commit')
  })
  await migrate(databaseUrl)
}
