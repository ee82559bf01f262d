import { join } from 'node:path'
import { freePort } from '../../runtime/ports.js'
import { bringPostgres } from '../../runtime/postgres.js'
import { type Running, startProgram, untilReady } from '../../runtime/process.js'
import { projectRoot, typescript } from '../../runtime/project.js'
import type { Say } from '../../runtime/service.js'
import { makeUndo } from '../../runtime/undo.js'
import { onePort } from './one-port.js'
import { type ClusterTemporal, NAMESPACE, temporalOnPostgres } from './temporal-on-postgres.js'
import { temporalPrograms } from './temporal-programs.js'

/** What may be killed: one of two workers, one of two APIs, the one Temporal. */
export type Victim = 'worker-1' | 'worker-2' | 'api-1' | 'api-2' | 'temporal'

export type Cluster = {
  readonly home: string
  /** The one port in front of both APIs. */
  readonly url: string
  readonly issuer: string
  readonly databaseUrl: string
  readonly temporal: ClusterTemporal
  readonly temporalHow: string
  readonly kill: (victim: Victim) => Promise<void>
  readonly restart: (victim: Victim) => Promise<void>
  /** From now on everybody has these; two keys may be given without anybody missing one (docs/operations.md). */
  readonly useKeys: (text: string) => Promise<void>
  readonly stop: () => Promise<void>
}

const OURS = ['worker-1', 'worker-2', 'api-1', 'api-2'] as const

/** The parts of a production installation on one machine, each its own process: only their settings differ from it. */
export const bringCluster = async (home: string, firstKeys: string, say: Say): Promise<Cluster> => {
  const undo = makeUndo()
  try {
    const programs = await temporalPrograms(say)
    const postgres = await bringPostgres({ home, env: {}, say })
    undo.later(postgres.stop)
    say('  ✓ PostgreSQL')
    const temporal = await temporalOnPostgres(programs, postgres.url, home)
    undo.later(temporal.stop)
    say(`  ✓ Temporal(${programs.how},数据在 PostgreSQL)`)

    const [issuerPort, ...apiPorts] = await Promise.all([freePort(), freePort(), freePort()])
    const door = await onePort(apiPorts)
    undo.later(door.close)
    const issuer = `http://127.0.0.1:${issuerPort}`
    let keys = firstKeys
    const env = {
      ...process.env,
      TSX_TSCONFIG_PATH: join(projectRoot, 'tsconfig.json'),
      DATABASE_URL: postgres.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: NAMESPACE,
      BIHUAN_HOME: home,
      BIHUAN_ISSUER: issuer,
      BIHUAN_PERSON_CLAIM: 'sub',
      BIHUAN_PROXIES: '1',
      SMTP_URL: '',
    }
    const begin = (
      name: string,
      script: string,
      args: readonly string[] = [],
      more: NodeJS.ProcessEnv = {},
    ) =>
      startProgram({
        name,
        command: process.execPath,
        args: [...typescript(script), ...args],
        env: { ...env, BIHUAN_CODEC_KEYS: keys, ...more },
        cwd: projectRoot,
        home,
        stopSignal: 'SIGTERM',
        grace: 20_000,
      })

    const migrating = await begin('migrate', 'cli/main.ts', ['migrate'])
    const { code } = await migrating.exited
    if (code !== 0) throw new Error(`migrate ended with ${code}: ${migrating.log}`)
    say('  ✓ 数据库结构')
    const identity = await begin('issuer', 'test/cluster/programs/issuer.ts', [String(issuerPort), door.url])
    undo.later(identity.stop)
    await untilReady(identity, {
      title: '身份认证服务',
      limit: 90_000,
      isReady: () => isOk(`${issuer}/.well-known/openid-configuration`),
    })
    say('  ✓ 身份认证服务(外部)')

    const processes = new Map<(typeof OURS)[number], Running>()
    const starts: Readonly<Record<(typeof OURS)[number], () => Promise<Running>>> = {
      'worker-1': () => begin('worker-1', 'worker/main.ts'),
      'worker-2': () => begin('worker-2', 'worker/main.ts'),
      'api-1': () => beginApi('api-1', apiPorts[0] ?? 0),
      'api-2': () => beginApi('api-2', apiPorts[1] ?? 0),
    }
    const beginApi = async (name: string, port: number): Promise<Running> => {
      const api = await begin(name, 'api/main.ts', [], { BIHUAN_PORT: String(port) })
      await untilReady(api, {
        title: name,
        limit: 120_000,
        isReady: () => isOk(`http://127.0.0.1:${port}/health/ready`),
      })
      return api
    }
    for (const name of OURS) {
      processes.set(name, await starts[name]())
      undo.later(async () => processes.get(name)?.stop())
    }
    say('  ✓ 办理进程 2 个,接口 2 个,同一个入口轮流分派')
    return {
      home,
      url: door.url,
      issuer,
      databaseUrl: postgres.url,
      temporal,
      temporalHow: programs.how,
      kill: async (victim) => (victim === 'temporal' ? temporal.kill() : processes.get(victim)?.kill()),
      restart: async (victim) => {
        if (victim === 'temporal') return temporal.restart()
        processes.set(victim, await starts[victim]())
      },
      useKeys: async (text) => {
        keys = text
        for (const name of OURS) {
          await processes.get(name)?.stop()
          processes.set(name, await starts[name]())
        }
      },
      stop: undo.run,
    }
  } catch (error) {
    await undo.run()
    throw error
  }
}

const isOk = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false
  }
}
