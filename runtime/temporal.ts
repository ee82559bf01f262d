import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import { freePort } from './ports.js'
import type { Durability } from './postgres.js'
import { type Running, startProgram, untilReady } from './process.js'
import { searchAttributeTypes } from './search-attributes.js'
import { type Say, type Service, silent } from './service.js'
import { connectionOptions, namesTemporal, type TemporalAccess, temporalAccess } from './temporal-access.js'
import { temporalCli } from './temporal-cli.js'
import { Trouble } from './trouble.js'

export type Temporal = Service & {
  /** `host:port` of the gRPC frontend. */
  readonly address: string
  readonly namespace: string
  /** Its web page; undefined for an external one, whose page only its operator knows. */
  readonly ui: string | undefined
  /** SIGKILL, as a crash would; only for one of our own. */
  readonly kill: () => Promise<void>
  /** Start it again on the same data and ports. */
  readonly restart: () => Promise<void>
}

export type TemporalOptions = {
  readonly home: string
  readonly port?: number
  readonly uiPort?: number
  readonly httpPort?: number
  readonly durability?: Durability
  /** Passed to `--dynamic-config-value`, as `key=json`. */
  readonly dynamicConfig?: readonly string[]
  readonly say?: Say
  readonly env?: NodeJS.ProcessEnv
}

/**
 * A Temporal server: the one the environment names (`temporal-access.ts`), else our own on 127.0.0.1 with its data in
 * `<home>/temporal.db`.
 *
 * @throws Trouble when it can be neither reached nor started.
 */
export const bringTemporal = async (options: TemporalOptions): Promise<Temporal> => {
  const env = options.env ?? process.env
  return namesTemporal(env) ? external(temporalAccess(env)) : own(options, env)
}

const external = async (access: TemporalAccess): Promise<Temporal> => {
  const { address, namespace } = access
  const version = await versionAt(access).catch((error: Error) => {
    throw new Trouble(
      `无法连接 TEMPORAL_ADDRESS(或 TEMPORAL_PROFILE)所指的 Temporal(${address}):${error.message}`,
    )
  })
  const notOurs = (): never => {
    throw new Trouble('外部的 Temporal 不由本程序启停。')
  }
  return {
    address,
    namespace,
    ui: undefined,
    version,
    origin: { kind: 'external', where: `${address} · ${namespace}` },
    running: undefined,
    stop: async () => undefined,
    kill: async () => notOurs(),
    restart: async () => notOurs(),
  }
}

const versionAt = async (access: TemporalAccess): Promise<string> => {
  const connection = await Connection.connect({ ...connectionOptions(access), connectTimeout: 8_000 })
  try {
    return (await connection.workflowService.getSystemInfo({})).serverVersion ?? ''
  } finally {
    await connection.close()
  }
}

const own = async (options: TemporalOptions, env: NodeJS.ProcessEnv): Promise<Temporal> => {
  const { home, durability = 'durable', dynamicConfig = [], say = silent } = options
  const cli = await temporalCli({ say, env })
  const port = options.port ?? (await freePort())
  const uiPort = options.uiPort ?? (await freePort())
  const httpPort = options.httpPort ?? (await freePort())
  const data = join(home, 'temporal.db')

  const begin = async (): Promise<Running> => {
    const server = await startProgram({
      name: 'temporal',
      command: cli.path,
      args: [
        ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'error'],
        ...['--port', String(port), '--ui-port', String(uiPort), '--http-port', String(httpPort)],
        ...['--db-filename', data, '--sqlite-pragma', 'journal_mode=WAL'],
        // FULL also survives a power cut: an open case must never be behind what the ledger already has of it.
        ...['--sqlite-pragma', `synchronous=${durability === 'durable' ? 'FULL' : 'NORMAL'}`],
        ...Object.entries(searchAttributeTypes).flatMap(([name, type]) => [
          '--search-attribute',
          `${name}=${type}`,
        ]),
        ...dynamicConfig.flatMap((setting) => ['--dynamic-config-value', setting]),
      ],
      env: { PATH: env.PATH, HOME: env.HOME, TZ: 'UTC' },
      cwd: home,
      home,
      stopSignal: 'SIGTERM',
      grace: 10_000,
    })
    await untilReady(server, { title: 'Temporal ', limit: 60_000, isReady: () => answers(httpPort) })
    return server
  }

  let server = await begin()
  return {
    address: `127.0.0.1:${port}`,
    namespace: 'default',
    ui: `http://127.0.0.1:${uiPort}`,
    version: cli.serverVersion,
    origin: { kind: 'own', how: cli.how, data },
    get running() {
      return server
    },
    kill: () => server.kill(),
    restart: async () => {
      await server.stop()
      server = await begin()
    },
    stop: () => server.stop(),
  }
}

const answers = async (httpPort: number): Promise<boolean> => {
  try {
    const url = `http://127.0.0.1:${httpPort}/api/v1/namespaces/default`
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}
