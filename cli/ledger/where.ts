import type { Command } from 'commander'
import { homePath } from '../../runtime/home.js'
import { runningAt } from '../../runtime/run-file.js'
import { Trouble } from '../../runtime/trouble.js'

export type WhereOptions = {
  readonly database?: string
  readonly home?: string
  readonly temporal?: string
  readonly namespace?: string
}

/** The options by which a command is told where the ledger is. */
export const placed = (command: Command): Command =>
  command
    .option('--database <address>', '数据库地址;不写时用 DATABASE_URL,再不然用正在运行的闭环的')
    .option('--home <folder>', '数据目录,用正在其上运行的闭环')

/** A variable set to nothing is not set. */
const said = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

const nothingRuns = (home: string): Trouble =>
  new Trouble(
    `数据目录 ${home} 没有正在运行的闭环。请先启动(npm start),或用 --database 指明数据库的地址(也可用环境变量 DATABASE_URL)。`,
  )

/**
 * The database a person means: `--database`, else `DATABASE_URL`, else that of what runs on the home. A home that is named
 * on the command line goes before the environment.
 * @throws Trouble when nothing runs there.
 */
export const databaseOf = (options: WhereOptions, env: NodeJS.ProcessEnv = process.env): string => {
  const named = options.database ?? (options.home === undefined ? said(env.DATABASE_URL) : undefined)
  if (named !== undefined) return named
  const home = homePath(options.home, env)
  const running = runningAt(home)
  if (!running) throw nothingRuns(home)
  return running.databaseUrl
}

export type TemporalPlace = { readonly address: string; readonly namespace: string }

/**
 * The Temporal server a person means, in the same order.
 * @throws Trouble when none is named and nothing runs there.
 */
export const temporalOf = (options: WhereOptions, env: NodeJS.ProcessEnv = process.env): TemporalPlace => {
  const named = options.temporal ?? (options.home === undefined ? said(env.TEMPORAL_ADDRESS) : undefined)
  const namespace = options.namespace ?? said(env.TEMPORAL_NAMESPACE)
  if (named !== undefined) return { address: named, namespace: namespace ?? 'default' }
  const home = homePath(options.home, env)
  const running = runningAt(home)
  if (!running)
    throw new Trouble(
      `数据目录 ${home} 没有正在运行的闭环。请先启动(npm start),或用 --temporal 指明 Temporal 的地址(也可用环境变量 TEMPORAL_ADDRESS)。`,
    )
  return { address: running.temporalAddress, namespace: namespace ?? running.temporalNamespace }
}
