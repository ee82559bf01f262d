import type { Command } from 'commander'
import { z } from 'zod'
import { homeKeys, type Keys } from '../../codec/keys.js'
import { codecKeys } from '../../codec/settings.js'
import { readEnvironment } from '../../runtime/environment.js'
import { homePath } from '../../runtime/home.js'
import { runningAt } from '../../runtime/run-file.js'
import { namesTemporal, temporalAccess } from '../../runtime/temporal-access.js'
import { Trouble } from '../../runtime/trouble.js'
import type { TemporalPlace } from './with-temporal.js'

const keysField = z.object({ BIHUAN_CODEC_KEYS: codecKeys })

/** The keys under which cases lie in Temporal, as they are written. @throws UnfitSettings when they cannot be read. */
const keysIn = (text: string | undefined): Keys | undefined =>
  readEnvironment(keysField, { BIHUAN_CODEC_KEYS: text }).BIHUAN_CODEC_KEYS

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

/**
 * The Temporal server a person means: `--temporal`, else what the environment names, else what runs on the home.
 * @throws Trouble when none is named and nothing runs there; UnfitSettings when the environment's profile is not to be had.
 */
export const temporalOf = (options: WhereOptions, env: NodeJS.ProcessEnv = process.env): TemporalPlace => {
  const given = {
    codecKeys: keysIn(env.BIHUAN_CODEC_KEYS),
    ...(options.namespace !== undefined && { namespace: options.namespace }),
  }
  if (options.temporal !== undefined) return { ...temporalAccess(env), address: options.temporal, ...given }
  if (options.home === undefined && namesTemporal(env)) return { ...temporalAccess(env), ...given }
  const home = homePath(options.home, env)
  const running = runningAt(home)
  if (!running)
    throw new Trouble(
      `数据目录 ${home} 没有正在运行的闭环。请先启动(npm start),或用 --temporal 指明 Temporal 的地址(也可用环境变量 TEMPORAL_ADDRESS)。`,
    )
  const codecKeys = given.codecKeys ?? keysIn(homeKeys(home))
  const { temporalAddress: address, temporalNamespace: namespace, temporalOrigin } = running
  return {
    ...(temporalOrigin === 'external' && temporalAccess(env)),
    address,
    namespace,
    ...given,
    codecKeys,
  }
}
