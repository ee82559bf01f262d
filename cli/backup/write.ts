import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type CopiedOut, copyOut } from '../../db/backup/copy-out.js'
import { projectRoot } from '../../runtime/project.js'
import { Trouble } from '../../runtime/trouble.js'
import { compressedFile, type Sum } from './files.js'
import { MANIFEST, type Manifest } from './manifest.js'

const versionOfProgram = (): string =>
  (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version

const fileOf = (table: string): string => `${table}.copy.gz`

/**
 * Writes a backup of the ledger into a new folder, which is there only when it is whole: everything goes into `<folder>.part`
 * first. People may go on working; what they do afterwards is not in it.
 * @throws Trouble when the folder is there already.
 */
export const writeBackup = async (
  databaseUrl: string,
  folder: string,
  onTable: (table: CopiedOut) => void,
): Promise<Manifest> => {
  if (existsSync(folder)) throw new Trouble(`${folder} 已经存在,备份不覆盖任何东西;请另选一个位置。`)
  const draft = `${folder}.part`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(dirname(folder), { recursive: true })
  mkdirSync(draft, { mode: 0o700 })
  try {
    const at = new Date().toISOString()
    const sums = new Map<string, Promise<Sum>>()
    const { migrations, tables } = await copyOut(
      databaseUrl,
      (table) => {
        const { sink, written } = compressedFile(join(draft, fileOf(table)))
        sums.set(table, written)
        return sink
      },
      onTable,
    )
    const written = await Promise.all(
      tables.map(async ({ name, columns, rows }) => {
        const { bytes, sha256 } = (await sums.get(name)) ?? { bytes: 0, sha256: '' }
        return { name, columns: [...columns], rows, file: fileOf(name), bytes, sha256 }
      }),
    )
    const manifest: Manifest = {
      format: 1,
      version: versionOfProgram(),
      at,
      migrations: [...migrations],
      tables: written,
    }
    writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, undefined, 1)}\n`, {
      mode: 0o600,
      flush: true,
    })
    renameSync(draft, folder)
    return manifest
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw inWords(error, folder)
  }
}

const inWords = (error: unknown, folder: string): unknown => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC')
    return new Trouble(`磁盘已满,备份未完成,未留下半份;请腾出空间或另选位置(${folder})。`)
  if (code === 'EACCES' || code === 'EROFS') return new Trouble(`${folder} 无法写入,请另选位置。`)
  return error
}
