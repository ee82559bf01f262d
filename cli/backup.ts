import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CopiedOut } from '../db/backup/copy-out.js'
import { grouped, megabytes, TABLE_TITLES } from './backup/words.js'
import { databaseOf, placed, type WhereOptions } from './ledger/where.js'
import { withLedger } from './ledger/with-ledger.js'

/** `2026-11-26T19:30:12.345Z` → `bihuan-20261126T193012Z` */
const usualName = (now: Date): string => `bihuan-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`

const say = (line: string): void => void process.stderr.write(`${line}\n`)

const backup = async (options: WhereOptions & { readonly to?: string }): Promise<void> => {
  const folder = resolve(options.to ?? usualName(new Date()))
  const database = databaseOf(options)
  const { writeBackup } = await import('./backup/write.js')
  const onTable = ({ name, rows }: CopiedOut): void => {
    const title = TABLE_TITLES[name]
    if (title !== undefined) say(`  ✓ ${title}  ${grouped(rows)}`)
  }
  const { tables, at } = await withLedger(database, () => writeBackup(database, folder, onTable))
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0)
  process.stdout.write(
    `备份完成:${at} 时的台账,${tables.length} 张表 ${grouped(rows)} 行,压缩后 ${megabytes(bytes)},存于 ${folder}\n`,
  )
}

/** `bihuan backup [--to DIR]`: the whole ledger, papers and evidence in it, as one moment had it, while everybody works. */
export function registerBackup(program: Command): void {
  placed(program.command('backup'))
    .description('备份整个台账(事件、公文、材料、通知),办理照常进行')
    .option('--to <目录>', '存为哪个新目录(默认在当前目录,以时刻为名)')
    .action(backup)
}
