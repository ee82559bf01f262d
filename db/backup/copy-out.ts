import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { to } from 'pg-copy-streams'
import type { AppliedMigration } from '../migrations.js'
import { withPatientClient } from './client.js'
import { type CopiedTable, copyOutOf, tablesOf } from './tables.js'

export type CopiedOut = CopiedTable & { readonly rows: number }

export type Copied = {
  /** The shape the tables had: they are put back into the same. */
  readonly migrations: readonly AppliedMigration[]
  readonly tables: readonly CopiedOut[]
}

/**
 * Copies every table as one and the same moment had it, while everybody goes on working: one transaction that only reads,
 * on one snapshot. `sinkFor` gives the place for a table's rows, in PostgreSQL's text form.
 */
export const copyOut = (
  databaseUrl: string,
  sinkFor: (table: string) => Writable,
  onTable: (table: CopiedOut) => void = () => undefined,
): Promise<Copied> =>
  withPatientClient(databaseUrl, async (client) => {
    await client.query('begin transaction isolation level repeatable read, read only')
    const { rows: migrations } = await client.query<AppliedMigration>(
      'select number, name, sha256 from migrations order by number',
    )
    const tables: CopiedOut[] = []
    for (const table of await tablesOf(client)) {
      const rows = client.query(to(copyOutOf(table)))
      await pipeline(rows, sinkFor(table.name))
      const copied = { ...table, rows: rows.rowCount }
      tables.push(copied)
      onTable(copied)
    }
    await client.query('commit')
    return { migrations, tables }
  })
