import { join } from 'node:path'
import { copyIn, NotEmpty, OtherRows, type ToCopyIn } from '../../db/backup/copy-in.js'
import { UnfitDatabase } from '../../db/migrations.js'
import { Trouble } from '../../runtime/trouble.js'
import { contentOf, sumOf } from './files.js'
import type { Manifest } from './manifest.js'

/** Every file is there and unchanged, as far as the manifest tells. @throws Trouble naming the files that are not. */
export const checkFiles = async (folder: string, { tables }: Manifest): Promise<void> => {
  const bad: string[] = []
  for (const { file, bytes, sha256 } of tables) {
    const found = await sumOf(join(folder, file)).catch(() => undefined)
    if (found === undefined) bad.push(`${file} 缺失或读不出`)
    else if (found.bytes !== bytes || found.sha256 !== sha256) bad.push(`${file} 与备份时不符`)
  }
  if (bad.length > 0) throw new Trouble(`备份 ${folder} 已损坏,不予恢复:\n  ${bad.join('\n  ')}`)
}

/**
 * Puts a checked backup into an empty database.
 * @throws Trouble when it is not empty, or the backup is of a newer version.
 */
export const readBackup = async (
  databaseUrl: string,
  folder: string,
  { migrations, tables }: Manifest,
  onTable: (table: string, rows: number) => void,
): Promise<void> => {
  const files = new Map(tables.map(({ name, file }) => [name, file]))
  const wanted: ToCopyIn = { migrations, tables }
  try {
    await copyIn(databaseUrl, wanted, (table) => contentOf(join(folder, files.get(table) ?? table)), onTable)
  } catch (error) {
    throw inWords(error)
  }
}

const inWords = (error: unknown): unknown => {
  if (error instanceof NotEmpty)
    return new Trouble('数据库里已有数据表,恢复不覆盖任何东西;请指向一个新建的空库。')
  if (error instanceof OtherRows)
    return new Trouble(`${error.table} 应有 ${error.expected} 行,只读到 ${error.found} 行,恢复中止。`)
  if (error instanceof UnfitDatabase) return new Trouble(`备份与本版程序不合:${error.message}`)
  return error
}
