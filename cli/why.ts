import type { Command } from 'commander'
import { caseById } from '../db/queries/cases.js'
import { explained } from '../db/queries/why.js'
import { kindOf } from '../domain/kinds/registry.js'
import type { CaseId, Instant } from '../domain/words.js'
import { Trouble } from '../runtime/trouble.js'
import { databaseOf, placed, type WhereOptions } from './ledger/where.js'
import { withLedger } from './ledger/with-ledger.js'

/** 2018-07-06 17:00, Asia/Shanghai. */
export const minuteOf = (at: Instant): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

const why = async (id: string, options: WhereOptions): Promise<void> => {
  const { found, acts, refused } = await withLedger(databaseOf(options), async (db) => ({
    found: await caseById(db, id as CaseId),
    ...(await explained(db, id as CaseId)),
  }))
  if (!found) throw new Trouble(`台账上没有 ${id}。`)
  const titles = kindOf(found.state.kind).commands as Readonly<Record<string, string>>
  const lines = [
    `${id}  ${found.row.text.slice(0, 60)}`,
    '',
    ...(acts.length === 0 ? ['系统还没有自动办理过什么。'] : ['系统自动办理:']),
    ...acts.flatMap(({ at, told, rule, clause, source, facts }) => [
      `  ${minuteOf(at)}  ${told}`,
      `      依据  ${rule}(${clause}),规则注明:${source}`,
      `      当时  ${facts.join(';')}`,
    ]),
    ...(refused.length > 0 ? ['', '未予办理:'] : []),
    ...refused.flatMap(({ at, name, act, clause, why: reason, facts }) => [
      `  ${minuteOf(at)}  ${name}“${titles[act] ?? act}”:${reason}(${clause})`,
      `      当时  ${facts.join(';')}`,
    ]),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** `bihuan why CASE`: every automatic act and every refusal, with its rule, its clause and what was seen. */
export function registerWhy(program: Command): void {
  placed(program.command('why'))
    .description('为什么:一件事项的每次自动办理、每次不予办理,依据什么、当时看到什么')
    .argument('<事项>', '事项编号,如 jinan-2018/041')
    .action(why)
}
