import { sql } from 'kysely'
import { append } from '../db/append.js'
import type { Db } from '../db/connect.js'
import { type BenchRules, varied } from './lives.js'

const LIVES = 400

/** Rows of these tables are copied as they are, under another case's number. */
const KEYS = {
  cases: 'id',
  case_states: 'case_id',
  case_texts: 'case_id',
  todos: 'case_id',
  case_versions: 'case_id',
  events: 'case_id',
  returns: 'case_id',
  rungs: 'case_id',
  sign_offs: 'case_id',
} as const
type Table = keyof typeof KEYS

/** What lists, counts and to-dos are read from. */
export const LISTED: readonly Table[] = ['cases', 'case_states', 'case_texts', 'todos']
/** What a month's figures are counted from as well. */
export const COUNTED: readonly Table[] = [
  ...LISTED,
  ...(['case_versions', 'events', 'returns', 'rungs', 'sign_offs'] as const),
]

/**
 * A round of the ledger that grows: a few hundred lives are played in the pure domain and appended as any case is, then copied
 * under other numbers until there are enough.
 */
export const growingRound = (db: Db, rules: BenchRules, round: string, scale: number) => {
  const lives = Math.max(20, Math.round(LIVES * Math.min(1, scale * 10)))
  let copies = 0
  return {
    begin: async (): Promise<void> => {
      for (let n = 1; n <= lives; n += 1) await append(db, varied(rules, round, n))
    },
    /** @returns how many cases there are now. */
    growTo: async (cases: number, tables: readonly Table[]): Promise<number> => {
      const wanted = Math.max(copies, Math.ceil(cases / lives) - 1)
      if (wanted > copies)
        for (const table of tables) await copied(db, table, round, { from: copies + 1, to: wanted })
      copies = wanted
      for (const table of [...tables, 'case_parties'])
        await sql`vacuum analyze ${sql.table(table)}`.execute(db)
      // Or whoever reads first writes out what the filling left in memory.
      await sql`checkpoint`.execute(db)
      return lives * (copies + 1)
    },
  }
}

/** A copy's number has a dash; only lives that were played are copied. */
const copied = async (
  db: Db,
  table: Table,
  round: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> => {
  const key = KEYS[table]
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_name = ${table} and is_identity = 'NO' and coalesce(column_default, '') not like '%(%'
    order by ordinal_position`.execute(db)
  const columns = rows.map(({ name }) => sql.ref(name))
  const values = rows.map(({ name }) => (name === key ? sql`${sql.ref(name)} || '-' || copy` : sql.ref(name)))
  const played = `${round}/%`
  const copies = `${round}/%-%`
  await sql`insert into ${sql.table(table)} (${sql.join(columns)})
    select ${sql.join(values)} from (
      select * from ${sql.table(table)}
      where ${sql.ref(key)} like ${played} and ${sql.ref(key)} not like ${copies}) as one
      cross join generate_series(${from}::integer, ${to}::integer) as copy`.execute(db)
}
