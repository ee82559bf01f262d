import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { clientSettings, connect } from './connect.js'
import { rebuild } from './rebuild.js'

type Migration = {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}
type Applied = { readonly number: number; readonly name: string; readonly sha256: string }

/** The tables are not as this version knows them; the message, in Chinese, says what to do. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase'
}

const FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url))
const FILE = /^(\d{4})-(.+)\.sql$/

/** Whoever migrates holds this advisory lock; a second one waits and then finds nothing to do. */
const LOCK = 7_265_001

const migrations = async (): Promise<readonly Migration[]> => {
  const files = (await readdir(FOLDER)).filter((file) => FILE.test(file)).toSorted()
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(`${FOLDER}${file}`, 'utf8')
      const [, number, name] = FILE.exec(file) ?? []
      const sha256 = createHash('sha256').update(sql).digest('hex')
      return { number: Number(number), name: name ?? file, sql, sha256 }
    }),
  )
}

const applied = async (client: pg.Client): Promise<readonly Applied[]> => {
  await client.query(
    `create table if not exists migrations (
       number integer primary key, name text not null, sha256 text not null,
       applied_at timestamptz not null default now())`,
  )
  const { rows } = await client.query<Applied>('select number, name, sha256 from migrations order by number')
  return rows
}

const apply = async (client: pg.Client, { number, name, sql, sha256 }: Migration): Promise<void> => {
  await client.query('begin')
  try {
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

const refuseUnknown = (done: readonly Applied[], known: readonly Migration[]): void => {
  for (const { number, name, sha256 } of done) {
    const ours = known.find((migration) => migration.number === number)
    if (!ours)
      throw new UnfitDatabase(`数据库已更新到更新的版本(第 ${number} 项迁移“${name}”),请改用新版程序。`)
    if (ours.sha256 !== sha256)
      throw new UnfitDatabase(
        `第 ${number} 项迁移“${name}”在执行之后被改动过,请恢复原文件;要改表请另加一项迁移。`,
      )
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
 * Brings the tables up to this version: forward only, each migration in a transaction of its own. Two at once are safe.
 * @throws UnfitDatabase when the database is newer than the program, or an applied migration was edited.
 */
export const migrate = async (
  databaseUrl: string,
): Promise<{ readonly applied: number; readonly total: number }> => {
  const known = await migrations()
  const client = new pg.Client(clientSettings(databaseUrl))
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const done = await applied(client)
    refuseUnknown(done, known)
    const missing = known.filter(({ number }) => !done.some((one) => one.number === number))
    for (const migration of missing) await apply(client, migration)
    if (missing.length > 0 && (await missingVersions(client))) await rebuilt(databaseUrl)
    return { applied: missing.length, total: known.length }
  } finally {
    await client.end().catch(() => undefined)
  }
}
