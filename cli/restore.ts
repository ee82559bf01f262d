import { resolve } from 'node:path'
import type { Command } from 'commander'
import { never } from '../domain/refusal.js'
import { homePath } from '../runtime/home.js'
import { namesTemporal } from '../runtime/temporal-access.js'
import { Trouble } from '../runtime/trouble.js'
import type { RestoreStep } from './backup/restore.js'
import { grouped, TABLE_TITLES } from './backup/words.js'
import { temporalOf } from './ledger/where.js'
import { restartedInWords } from './ledger/words.js'

type RestoreOptions = {
  readonly home?: string
  readonly database?: string
  readonly temporal?: string
  readonly namespace?: string
}

const say = (line: string): void => void process.stderr.write(`${line}\n`)

const inWords = (step: RestoreStep): readonly string[] => {
  switch (step.kind) {
    case 'checked':
      return [`备份完好  ${step.manifest.at},${step.manifest.tables.length} 个文件逐一核对`]
    case 'table': {
      const title = TABLE_TITLES[step.table]
      return title === undefined ? [] : [`${title}  ${grouped(step.rows)}`]
    }
    case 'verified':
      return [`核验  ${grouped(step.cases)} 件,${grouped(step.events)} 条事件,编号与哈希均相符`]
    case 'papers':
      return [`公文副本  ${grouped(step.papers)} 份,写入 ${step.folder}`]
    case 'restarted':
      return restartedInWords(step.cases)
    default:
      return never(step)
  }
}

const tell = (step: RestoreStep): void => {
  for (const line of inWords(step)) say(`  ✓ ${line}`)
  if (step.kind === 'restarted' && step.cases.failed.length > 0) process.exitCode = 1
}

/** A variable set to nothing is not set. */
const said = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

const restore = async (from: string, options: RestoreOptions): Promise<void> => {
  const folder = resolve(from)
  const [{ readManifest }, { restoreDatabase, restoreHome }] = await Promise.all([
    import('./backup/manifest.js'),
    import('./backup/restore.js'),
  ])
  const manifest = readManifest(folder)
  const named = options.database ?? (options.home === undefined ? said(process.env.DATABASE_URL) : undefined)
  if (named === undefined) {
    const home = homePath(options.home)
    await restoreHome(home, { folder, manifest, tell })
    process.stdout.write(`已恢复到 ${home};运行 npm start -- --home ${home} 接着办理。\n`)
    return
  }
  if (options.home !== undefined)
    throw new Trouble('--home 与 --database 只能写一个:或恢复到本机的数据目录,或恢复到指明的数据库。')
  const elsewhere = options.temporal !== undefined || namesTemporal(process.env)
  const temporal = elsewhere ? temporalOf(options) : undefined
  await restoreDatabase(named, temporal, { folder, manifest, tell })
  process.stdout.write(
    temporal === undefined
      ? '台账已恢复。请再运行 bihuan ledger restart-cases,未结事项才会接着办理。\n'
      : '台账已恢复,未结事项已在 Temporal 重新启动;启动办理进程和接口即可接着办理。\n',
  )
}

/** `bihuan restore DIR`: into a fresh home of this machine, or into an empty database; never over anything. */
export function registerRestore(program: Command): void {
  program
    .command('restore')
    .description('由备份恢复到新的数据目录或空的数据库,并接着办理未结事项')
    .argument('<备份目录>', 'bihuan backup 所存的目录')
    .option('--home <目录>', '恢复到本机的这个新数据目录')
    .option('--database <地址>', '恢复到这个空数据库(也可用 DATABASE_URL)')
    .option('--temporal <地址>', 'Temporal 地址,用于重新启动未结事项(也可用 TEMPORAL_ADDRESS)')
    .option('--namespace <名称>', 'Temporal 命名空间')
    .action(restore)
}
