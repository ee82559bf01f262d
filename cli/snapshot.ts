import type { Command } from 'commander'
import { type Checked, checkSnapshot, snapshots } from '../db/snapshots.js'
import { dateOf } from '../domain/calendar/dates.js'
import type { RoundId } from '../domain/words.js'
import { Trouble } from '../runtime/trouble.js'
import { databaseOf, placed, type WhereOptions } from './ledger/where.js'
import { withLedger } from './ledger/with-ledger.js'

const FOUND_WRONG = 1
const MOST_LISTED = 40

const tell = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

const list = async (options: WhereOptions & { readonly round?: string }): Promise<void> => {
  const all = await withLedger(databaseOf(options), (db) =>
    snapshots(db, options.round as RoundId | undefined),
  )
  tell(
    all.length === 0
      ? ['没有定格的数据。']
      : all.map(({ key, hash, figures }) => `${key}  截至 ${dateOf(figures.cutOff)}  ${hash.slice(0, 12)}`),
  )
}

const checkedInWords = ({ snapshot, seal, unlike }: Checked): readonly string[] => {
  const { key, hash, figures } = snapshot
  const title = `${key} · 截至 ${dateOf(figures.cutOff)} · ${hash}`
  if (seal === 'broken') return [title, '  ✗ 定格的数据被改动过,与其哈希不符。']
  if (unlike.length === 0) return [title, '  ✓ 按记录重新计算,与定格时一致。']
  const rest = unlike.length - MOST_LISTED
  return [
    title,
    `  ✗ 定格之后有迟到的记录,现在重算有 ${unlike.length} 处不同;以定格的为准,要更正请另行定格。`,
    ...unlike
      .slice(0, MOST_LISTED)
      .map(({ at, frozen, now }) => `      ${at}  定格 ${frozen ?? '无'}  现在 ${now ?? '无'}`),
    ...(rest > 0 ? [`      ……另有 ${rest} 处`] : []),
  ]
}

const verify = async (key: string, options: WhereOptions): Promise<void> => {
  const checked = await withLedger(databaseOf(options), (db) => checkSnapshot(db, key))
  if (!checked) throw new Trouble(`没有定格的数据 ${key};可用 bihuan snapshot list 查看。`)
  tell(checkedInWords(checked))
  if (checked.seal === 'broken' || checked.unlike.length > 0) process.exitCode = FOUND_WRONG
}

/** `bihuan snapshot list | verify KEY`: what was frozen, counted again from the record (JN-21). */
export function registerSnapshot(program: Command): void {
  const snapshot = program.command('snapshot').description('列出、核验定格的数据')
  placed(snapshot.command('list'))
    .description('定格的数据,新的在前')
    .option('--round <id>', '只列这一轮次')
    .action(list)
  placed(snapshot.command('verify'))
    .argument('<key>', '定格的编号')
    .description('按记录重新计算,与定格的比对')
    .action(verify)
}
