import type pg from 'pg'

/** A table of the ledger as it is copied: which columns, in which order of rows. */
export type CopiedTable = {
  readonly name: string
  readonly columns: readonly string[]
  readonly order: string | undefined
}

/**
 * Numbers of transactions (`xid8`) mean something in their own server only: rows that are put back get the new server's,
 * before everything that follows. So events, which the feed reads by these, are copied in that order and numbered anew.
 */
const NUMBERED_ANEW: Readonly<Record<string, { readonly column: string; readonly order: string }>> = {
  events: { column: 'position', order: 'transaction, position' },
}

/** Kept by migrating, and by the trigger on the cases, not by copying. */
const NOT_COPIED = ['migrations', 'case_parties']

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** All tables, each after those it refers to. */
export const tablesOf = async (client: pg.ClientBase): Promise<readonly CopiedTable[]> => {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(
    `select t.relname as name,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
           and a.atttypid <> 'xid8'::regtype
         order by a.attnum) as columns,
       array(select f.relname::text from pg_constraint c join pg_class f on f.oid = c.confrelid
         where c.conrelid = t.oid and c.contype = 'f' and c.confrelid <> t.oid) as needs
     from pg_class t
     where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace and t.relname <> all($1)
     order by t.relname`,
    [NOT_COPIED],
  )
  return inOrder(rows).map(({ name, columns }) => {
    const anew = NUMBERED_ANEW[name]
    return { name, columns: columns.filter((column) => column !== anew?.column), order: anew?.order }
  })
}

type Needy = { readonly name: string; readonly needs: readonly string[] }

const inOrder = <T extends Needy>(tables: readonly T[]): readonly T[] => {
  const placed: T[] = []
  let waiting = [...tables]
  while (waiting.length > 0) {
    const there = new Set(placed.map(({ name }) => name))
    const next = waiting.filter(({ needs }) => needs.every((name) => there.has(name)))
    if (next.length === 0) throw new Error(`tables refer to each other: ${waiting.map(({ name }) => name)}`)
    placed.push(...next)
    waiting = waiting.filter((table) => !next.includes(table))
  }
  return placed
}

const columnList = ({ columns }: Pick<CopiedTable, 'columns'>): string => columns.map(quoted).join(', ')

export const copyOutOf = (table: CopiedTable): string =>
  `copy (select ${columnList(table)} from ${quoted(table.name)}${table.order === undefined ? '' : ` order by ${table.order}`}) to stdout`

export const copyInto = (table: Pick<CopiedTable, 'name' | 'columns'>): string =>
  `copy ${quoted(table.name)} (${columnList(table)}) from stdin`
