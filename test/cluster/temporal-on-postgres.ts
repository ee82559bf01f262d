import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Connection } from '@temporalio/client'
import { stringify } from 'yaml'
import { nextFreePort } from '../../runtime/ports.js'
import { type Running, startProgram, untilReady } from '../../runtime/process.js'
import { searchAttributeTypes } from '../../runtime/search-attributes.js'
import type { TemporalPrograms } from './temporal-programs.js'

const run = promisify(execFile)

export const NAMESPACE = 'bihuan'
/** `IndexedValueType` of Temporal's API. */
const KINDS = { Keyword: 2, KeywordList: 7 } as const
const A_MONTH_SECONDS = 30 * 86_400

export type ClusterTemporal = {
  readonly address: string
  readonly running: () => Running
  readonly kill: () => Promise<void>
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

const schemas = [
  ['temporal', 'postgresql/v12/temporal'],
  ['temporal_visibility', 'postgresql/v12/visibility'],
] as const

const makeTables = async (sqlTool: string, database: URL): Promise<void> => {
  for (const [name, schema] of schemas) {
    const tool = (...args: readonly string[]) =>
      run(sqlTool, [
        ...[
          '--plugin',
          'postgres12',
          '--ep',
          database.hostname,
          '-p',
          database.port,
          '-u',
          database.username,
        ],
        ...['--pw', database.password, '--db', name, ...args],
      ])
    await tool('create')
    await tool('setup-schema', '-v', '0.0')
    await tool('update-schema', '--schema-name', schema)
  }
}

const FIRST_PORT = 17_233

/** Temporal writes its services' ports into columns that end at 32767. */
const lowPorts = async (many: number): Promise<readonly number[]> => {
  const given = new Set<number>()
  while (given.size < many) given.add(await nextFreePort(FIRST_PORT, given))
  return [...given]
}

const configuration = async (database: URL, dynamic: string) => {
  const [grpc = 0, ...others] = await lowPorts(8)
  const service = (grpcPort = others.pop()) => ({
    rpc: { grpcPort, membershipPort: others.pop(), bindOnLocalHost: true },
  })
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: database.host,
      connectProtocol: 'tcp',
      user: database.username,
      password: database.password,
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  })
  return {
    grpc,
    file: {
      log: { stdout: true, level: 'warn' },
      persistence: {
        defaultStore: 'default',
        visibilityStore: 'visibility',
        numHistoryShards: 4,
        datastores: { default: store('temporal', 20), visibility: store('temporal_visibility', 5) },
      },
      global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
      services: {
        frontend: service(grpc),
        matching: service(),
        history: service(),
        worker: service(),
      },
      clusterMetadata: {
        enableGlobalNamespace: false,
        failoverVersionIncrement: 10,
        masterClusterName: 'active',
        currentClusterName: 'active',
        clusterInformation: {
          active: {
            enabled: true,
            initialFailoverVersion: 1,
            rpcName: 'frontend',
            rpcAddress: `127.0.0.1:${grpc}`,
          },
        },
      },
      dcRedirectionPolicy: { policy: 'noop' },
      dynamicConfigClient: { filepath: dynamic, pollInterval: '10s' },
    },
  }
}

/** Namespace and search attributes, as an operator's own command would make them; again does no harm. */
const prepare = async (address: string): Promise<void> => {
  const connection = await Connection.connect({ address })
  try {
    await connection.workflowService
      .registerNamespace({
        namespace: NAMESPACE,
        workflowExecutionRetentionPeriod: { seconds: A_MONTH_SECONDS as never },
      })
      .catch(ifNotThere)
    const kinds = Object.fromEntries(
      Object.entries(searchAttributeTypes).map(([name, type]) => [name, KINDS[type]]),
    )
    // The frontend learns of a new namespace from its cache, within seconds.
    for (let tries = 0; ; tries += 1) {
      try {
        await connection.operatorService.addSearchAttributes({
          namespace: NAMESPACE,
          searchAttributes: kinds,
        })
        return
      } catch (error) {
        if (/already exist/.test(String(error))) return
        if (tries > 60) throw error
        await new Promise((done) => setTimeout(done, 500))
      }
    }
  } finally {
    await connection.close()
  }
}

const ifNotThere = (error: Error): void => {
  if (!/already exists/i.test(error.message)) throw error
}

const answers = async (address: string): Promise<boolean> => {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 })
    await connection.workflowService.getSystemInfo({})
    await connection.close()
    return true
  } catch {
    return false
  }
}

/** A Temporal server as in production: all four services of one process, its tables in PostgreSQL. */
export const temporalOnPostgres = async (
  { server, sqlTool }: TemporalPrograms,
  databaseUrl: string,
  home: string,
): Promise<ClusterTemporal> => {
  const database = new URL(databaseUrl)
  await makeTables(sqlTool, database)
  const dynamic = join(home, 'temporal-dynamic.yaml')
  writeFileSync(dynamic, '{}\n')
  const { grpc, file } = await configuration(database, dynamic)
  const config = join(home, 'temporal.yaml')
  writeFileSync(config, stringify(file), { mode: 0o600 })
  const address = `127.0.0.1:${grpc}`
  const begin = async (): Promise<Running> => {
    const running = await startProgram({
      name: 'temporal',
      command: server,
      args: ['--config-file', config, '--allow-no-auth', 'start'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC' },
      cwd: home,
      home,
      stopSignal: 'SIGTERM',
      grace: 15_000,
    })
    await untilReady(running, { title: 'Temporal ', limit: 120_000, isReady: () => answers(address) })
    return running
  }
  let running = await begin()
  await prepare(address)
  return {
    address,
    running: () => running,
    kill: () => running.kill(),
    restart: async () => {
      await running.stop()
      running = await begin()
    },
    stop: () => running.stop(),
  }
}
