import { sql } from 'kysely'
import { changeOf } from './change-of.js'
import type { Db, Executor } from './connect.js'
import { fold } from './fold.js'
import type { Change } from './projections/change.js'
import { projected } from './projections/index.js'
import { together } from './projections/statements.js'
import { PROJECTIONS } from './projections/tables.js'
import { recordedCases } from './record-stream.js'

/** A row that was not what the events make of it; `before` or `after` is absent where only the other was there. */
export type Difference = {
  readonly table: (typeof PROJECTIONS)[number]
  readonly case: string
  readonly before?: string
  readonly after?: string
}

export type Rebuilt = {
  readonly cases: number
  readonly events: number
  readonly rows: number
  /** Empty when the projections were what the record makes of them. At most a hundred of each table. */
  readonly differences: readonly Difference[]
}

const AT_ONCE = 50
const MOST_DIFFERENCES = 100

const write = async (db: Executor, changes: readonly Change[]): Promise<void> => {
  const [first, ...others] = changes
  if (first) await together(db, await projected(db, [first, ...others]))
}

/** Appends wait for the first of these locks, reads go on: they see the old rows until the new ones are all there. */
const holdAll = async (db: Executor): Promise<void> => {
  for (const table of PROJECTIONS) await sql`lock table ${sql.table(table)} in exclusive mode`.execute(db)
}

const setAside = async (db: Executor): Promise<void> => {
  for (const table of PROJECTIONS) {
    await sql`create temporary table ${sql.table(`old_${table}`)} on commit drop as table ${sql.table(table)}`.execute(
      db,
    )
    await sql`delete from ${sql.table(table)}`.execute(db)
  }
}

const build = async (db: Executor): Promise<{ readonly cases: number; readonly events: number }> => {
  let cases = 0
  let events = 0
  let waiting: Change[] = []
  for await (const records of recordedCases(db)) {
    cases += 1
    events += records.length
    waiting.push(await changeOf(db, records[0].case, fold(undefined, records)))
    if (waiting.length < AT_ONCE) continue
    await write(db, waiting)
    waiting = []
  }
  await write(db, waiting)
  return { cases, events }
}

const compare = async (
  db: Executor,
  table: (typeof PROJECTIONS)[number],
): Promise<{ readonly rows: number; readonly differences: readonly Difference[] }> => {
  const id = sql.ref(table === 'cases' ? 'id' : 'case_id')
  const old = sql.table(`old_${table}`)
  const now = sql.table(table)
  const counted = await sql<{ rows: number }>`select count(*) as rows from ${now}`.execute(db)
  const told = await sql<{ id: string; before: string | null; after: string | null }>`
    with old as (select ${id} as id, row::text as told from ${old} as row),
      new as (select ${id} as id, row::text as told from ${now} as row)
    (select id, told as before, null as after from (table old except all table new) as gone)
    union all
    (select id, null as before, told as after from (table new except all table old) as come)
    order by id limit ${MOST_DIFFERENCES}`.execute(db)
  return {
    rows: counted.rows[0]?.rows ?? 0,
    differences: told.rows.map((row) => ({
      table,
      case: row.id,
      ...(row.before !== null && { before: row.before }),
      ...(row.after !== null && { after: row.after }),
    })),
  }
}

/**
 * Drops the projections, builds them again from the record, and compares: all in one transaction, so that a failure leaves
 * them as they were. Safe beside a running system: appends wait.
 * @throws UnknownRules when a case's rules were never saved.
 */
export const rebuild = (db: Db): Promise<Rebuilt> =>
  db.transaction().execute(async (trx) => {
    await holdAll(trx)
    await setAside(trx)
    const built = await build(trx)
    let rows = 0
    const differences: Difference[] = []
    for (const table of PROJECTIONS) {
      const compared = await compare(trx, table)
      rows += compared.rows
      differences.push(...compared.differences)
    }
    return { ...built, rows, differences }
  })
