import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { unlessAborted } from './abort.js'
import { openHome, refuseHalfRestored } from './home.js'
import { bringPostgres, type Durability, type Postgres } from './postgres.js'
import { type Running, startProgram, sweepLeftovers, tailOf, untilReady } from './process.js'
import { projectRoot, typescript } from './project.js'
import { announce, retract } from './run-file.js'
import { choosePorts, type Ports, type PortWish } from './stack-ports.js'
import { bringTemporal, type Temporal } from './temporal.js'
import { Trouble } from './trouble.js'
import { makeUndo } from './undo.js'

/** In the order of their start; they are stopped the other way round. */
export const parts = ['postgres', 'temporal', 'worker', 'api'] as const
export type Part = (typeof parts)[number]

/** What happens while the stack comes up and goes down; the terminal and the tests each make their own of it. */
export type Progress =
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'up'; readonly part: Part }
  | { readonly kind: 'migrated'; readonly applied: number; readonly total: number }
  | { readonly kind: 'stopping'; readonly part: Part }

export type Stack = {
  readonly home: string
  readonly ports: Ports
  readonly urls: {
    readonly api: string
    readonly docs: string
    readonly issuer: string
    readonly temporalUi: string | undefined
    readonly temporalAddress: string
    readonly temporalNamespace: string
    readonly database: string
  }
  readonly postgres: Postgres
  readonly temporal: Temporal
  readonly migrations: { readonly applied: number; readonly total: number }
  /** The process of a part, as it is now; undefined for an external service. */
  readonly process: (part: Part) => Running | undefined
  /** SIGKILL, as a crash would. */
  readonly kill: (part: Part) => Promise<void>
  /** Stop it, if it still runs, start it again with the same settings, and wait until it is ready. */
  readonly restart: (part: Part) => Promise<void>
  /** Stop everything in order and give the home back. Asking again waits for the same end. */
  readonly stop: () => Promise<void>
}

export type StackOptions = {
  readonly home: string
  readonly ports?: PortWish
  readonly durability?: Durability
  /** Added to what worker and API get. */
  readonly env?: NodeJS.ProcessEnv
  readonly dynamicConfig?: readonly string[]
  readonly onProgress?: (progress: Progress) => void
  /** Give up bringing it, and undo what was brought. */
  readonly signal?: AbortSignal
}

/**
 * Bring the whole of it: home, PostgreSQL, Temporal, the tables, worker, API.
 *
 * @throws Trouble when a part cannot be had; what was already up is stopped again.
 */
export const bringStack = async (options: StackOptions): Promise<Stack> => {
  const {
    home,
    ports: wish = { kind: 'any' },
    durability = 'durable',
    onProgress = () => undefined,
  } = options
  const env = options.env ?? {}
  const say = (text: string): void => onProgress({ kind: 'note', text })
  const undo = makeUndo()
  const step = <T>(work: Promise<T>): Promise<T> => unlessAborted(options.signal, work)
  const stopLater = (part: Part, stop: () => Promise<void>): void =>
    undo.later(() => {
      onProgress({ kind: 'stopping', part })
      return stop()
    })

  try {
    const held = openHome(home)
    undo.later(held.release)
    refuseHalfRestored(home)
    const left = await step(sweepLeftovers(home))
    if (left.length > 0) say(`上次未正常停止,已清理遗留的进程:${left.join('、')}。`)
    const ports = await step(choosePorts(wish))

    const postgres = await step(bringPostgres({ home, port: ports.postgres, durability, say }))
    stopLater('postgres', postgres.stop)
    onProgress({ kind: 'up', part: 'postgres' })

    const temporal = await step(
      bringTemporal({
        home,
        port: ports.temporal,
        uiPort: ports.temporalUi,
        httpPort: ports.temporalHttp,
        durability,
        say,
        ...(options.dynamicConfig ? { dynamicConfig: options.dynamicConfig } : {}),
      }),
    )
    stopLater('temporal', temporal.stop)
    onProgress({ kind: 'up', part: 'temporal' })

    const migrations = await step(migrateDatabase(postgres.url))
    onProgress({ kind: 'migrated', ...migrations })

    const settings = {
      ...(temporal.origin.kind === 'own' ? withoutTemporal(home) : process.env),
      TSX_TSCONFIG_PATH: join(projectRoot, 'tsconfig.json'),
      DATABASE_URL: postgres.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      BIHUAN_PORT: String(ports.api),
      BIHUAN_ISSUER_PORT: String(ports.issuer),
      BIHUAN_HOME: home,
      BIHUAN_TEMPORAL_UI: temporal.ui ?? '',
      ...env,
    }
    const apiUrl = `http://127.0.0.1:${ports.api}`
    announce(home, {
      databaseUrl: postgres.url,
      temporalAddress: temporal.address,
      temporalNamespace: temporal.namespace,
      temporalOrigin: temporal.origin.kind,
      apiUrl,
    })
    undo.later(() => retract(home))

    const beginWorker = () => startOwn({ name: 'worker', script: 'worker/main.ts', home, env: settings })
    const beginApi = async (): Promise<Running> => {
      const api = await startOwn({ name: 'api', script: 'api/main.ts', home, env: settings })
      await untilReady(api, {
        title: '接口',
        limit: 90_000,
        isReady: () => isReady(`${apiUrl}/health/ready`),
      })
      return api
    }
    let worker = await step(beginWorker())
    stopLater('worker', () => worker.stop())
    onProgress({ kind: 'up', part: 'worker' })
    let api = await step(beginApi())
    stopLater('api', () => api.stop())
    if (worker.ended())
      throw new Trouble(`办理进程启动后随即退出。日志 ${worker.log}:\n${tailOf(worker.log)}`)
    onProgress({ kind: 'up', part: 'api' })

    const processes: Readonly<Record<Part, () => Running | undefined>> = {
      postgres: () => postgres.running,
      temporal: () => temporal.running,
      worker: () => worker,
      api: () => api,
    }
    const restarts: Readonly<Record<Part, () => Promise<void>>> = {
      postgres: postgres.restart,
      temporal: temporal.restart,
      worker: async () => {
        await worker.stop()
        worker = await beginWorker()
      },
      api: async () => {
        await api.stop()
        api = await beginApi()
      },
    }
    return {
      home,
      ports,
      urls: {
        api: apiUrl,
        docs: `${apiUrl}/docs`,
        issuer: `http://127.0.0.1:${ports.issuer}`,
        temporalUi: temporal.ui,
        temporalAddress: temporal.address,
        temporalNamespace: temporal.namespace,
        database: postgres.url,
      },
      postgres,
      temporal,
      migrations,
      process: (part) => processes[part](),
      kill: async (part) => {
        const running = processes[part]()
        if (!running) throw new Trouble('外部的服务不由本程序启停。')
        await running.kill()
      },
      restart: (part) => restarts[part](),
      stop: undo.run,
    }
  } catch (error) {
    await undo.run()
    throw error
  }
}

/** What a person's own profiles say of other servers is not for ours; a file beside its data is. */
const withoutTemporal = (home: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_'))),
  TEMPORAL_CONFIG_FILE: join(home, 'temporal.toml'),
})

const startOwn = async ({
  name,
  script,
  home,
  env,
}: {
  name: Part
  script: string
  home: string
  env: NodeJS.ProcessEnv
}): Promise<Running> => {
  if (!existsSync(join(projectRoot, script))) throw new Trouble(`缺少 ${script},无法启动。`)
  return startProgram({
    name,
    command: process.execPath,
    args: typescript(script),
    env,
    cwd: projectRoot,
    home,
    stopSignal: 'SIGTERM',
    grace: 15_000,
  })
}

const migrateDatabase = async (url: string): Promise<{ applied: number; total: number }> => {
  const { migrate } = await import('../db/migrate.js')
  return migrate(url)
}

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}
