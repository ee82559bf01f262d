import type { Command } from 'commander'
import { rebuild } from '../db/rebuild.js'
import { verify } from '../db/verify.js'
import type { CaseId } from '../domain/words.js'
import { Trouble } from '../runtime/trouble.js'
import { databaseOf, placed, temporalOf, type WhereOptions } from './ledger/where.js'
import { withLedger } from './ledger/with-ledger.js'
import { rebuiltInWords, restartedInWords, verifiedInWords } from './ledger/words.js'

const FOUND_WRONG = 1

const tell = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

const verifyLedger = async (options: WhereOptions & { readonly case?: string }): Promise<void> => {
  const only = options.case as CaseId | undefined
  const found = await withLedger(databaseOf(options), (db) => verify(db, only))
  if (only !== undefined && found.cases === 0 && found.broken.length === 0)
    throw new Trouble(`台账上没有 ${only} 这件事项。`)
  tell(verifiedInWords(found))
  if (found.broken.length > 0) process.exitCode = FOUND_WRONG
}

const rebuildLedger = async (options: WhereOptions): Promise<void> => {
  const rebuilt = await withLedger(databaseOf(options), rebuild)
  tell(rebuiltInWords(rebuilt))
  if (rebuilt.differences.length > 0) process.exitCode = FOUND_WRONG
}

const restart = async (options: WhereOptions): Promise<void> => {
  const database = databaseOf(options)
  const temporal = temporalOf(options)
  // Temporal's client takes half a second to load: only who needs it waits for it.
  const [{ withTemporal }, { restartCases }] = await Promise.all([
    import('./ledger/with-temporal.js'),
    import('./ledger/restart.js'),
  ])
  const done = await withLedger(database, (db) =>
    withTemporal(temporal, (client) => restartCases(db, client)),
  )
  tell(restartedInWords(done))
  if (done.failed.length > 0) process.exitCode = FOUND_WRONG
}

/** `bihuan ledger verify | rebuild | restart-cases` */
export function registerLedger(program: Command): void {
  const ledger = program.command('ledger').description('核验、重建台账')
  placed(ledger.command('verify'))
    .description('逐条重算哈希,指出第一处断链')
    .option('--case <number>', '只核验这一件,如 jinan-2018/041')
    .action(verifyLedger)
  placed(ledger.command('rebuild')).description('按事件重建各项投影,并与原来比对').action(rebuildLedger)
  placed(ledger.command('restart-cases'))
    .description('把 Temporal 已不知道的未结事项,按其事件重新启动')
    .option('--temporal <address>', 'Temporal 地址;不写时用 TEMPORAL_ADDRESS,再不然用正在运行的闭环的')
    .option('--namespace <name>', 'Temporal 命名空间')
    .action(restart)
}
