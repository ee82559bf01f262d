import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** A step of the tables' shape, known by its number and the hash of its text. */
export type AppliedMigration = {
  readonly number: number
  readonly name: string
  /** Hex SHA-256 of the SQL. */
  readonly sha256: string
}
export type Migration = AppliedMigration & { readonly sql: string }

/** The tables are not as this version knows them; the message, in Chinese, says what to do. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase'
}

const FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url))
const FILE = /^(\d{4})-(.+)\.sql$/

/** All migrations of this version, in order. */
export const migrations = async (): Promise<readonly Migration[]> => {
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

/** @throws UnfitDatabase when the database has a migration this version does not know, or knows otherwise. */
export const refuseUnknown = (
  done: readonly AppliedMigration[],
  known: readonly AppliedMigration[],
): void => {
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
