import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { makeLog } from '../../api/log.js'
import { DEVELOPMENT_PASSWORD } from '../../api/seed.js'
import { type Serving, serve } from '../../api/serve.js'
import type { Settings } from '../../api/settings.js'
import { type Door, doorOf } from '../../cli/http.js'
import { type Session, signIn } from '../../cli/session.js'
import { keysIn } from '../../codec/keys.js'
import type { CaseId } from '../../domain/words.js'
import { freePort } from '../../runtime/ports.js'
import { typescript } from '../../runtime/project.js'
import { bringTemporal, type Temporal } from '../../runtime/temporal.js'
import { createDatabase, type TestDatabase } from './database.js'
import { type Started, startProcess } from './program.js'
import { temporaryFolder } from './temporary.js'

/** The real door of a sample city: its own Temporal, its own database, a worker, the embedded issuer. */
export type OpenDoor = {
  readonly serving: () => Serving
  readonly database: TestDatabase
  readonly temporal: Temporal
  readonly home: string
  /** The officer's session, signed in once. */
  readonly session: (username: string, password?: string) => Promise<Session>
  /** What the officer gets and posts, refusals thrown. */
  readonly as: (username: string, password?: string) => Promise<Door>
  /** One request as it is, with the officer's token or without any. */
  readonly ask: (method: string, path: string, more?: Ask) => Promise<Answer>
  readonly killWorker: () => Promise<void>
  readonly startWorker: () => Promise<void>
  /** Door and worker end, and begin again with these keys. */
  readonly useKeys: (keys: string) => Promise<void>
  /** The first line of the worker's log that matches. */
  readonly workerSays: (words: RegExp) => Promise<string>
  /** How Temporal has the case's workflow: RUNNING, COMPLETED … */
  readonly workflowStatus: (caseId: CaseId) => Promise<string>
  /** One more door on the same ledger, for whoever is known to the first one's issuer. Close it by `stop`. */
  readonly another: (changed?: Partial<Settings>) => Promise<Serving>
  /** The process of the door ends and another begins, on the same data. */
  readonly reopen: () => Promise<void>
  readonly close: () => Promise<void>
}

export type Ask = {
  readonly as?: string
  readonly token?: string
  readonly body?: unknown
  readonly raw?: string | Uint8Array<ArrayBuffer>
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}
export type Answer = {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly body: any
}

export const newKey = (): string => randomUUID()

/**
 * `changed`: what differs from the settings of a usual door; `workerEnv`: what its worker is told besides; `dynamicConfig`: of its
 * Temporal.
 */
export const openDoor = async (
  changed: Partial<Settings> = {},
  workerEnv: NodeJS.ProcessEnv = {},
  dynamicConfig: readonly string[] = [],
): Promise<OpenDoor> => {
  const home = temporaryFolder('door')
  const [database, temporal, port, issuerPort] = await Promise.all([
    createDatabase(),
    bringTemporal({ home: home.path, durability: 'throwaway', dynamicConfig }),
    freePort(),
    freePort(),
  ])
  let settings: Settings = {
    databaseUrl: database.url,
    temporal: { address: temporal.address, namespace: temporal.namespace },
    host: '127.0.0.1',
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    sessions: { idleMillis: 3_600_000, longestMillis: 36_000_000 },
    rates: { person: 100_000, address: 100_000 },
    streams: { perPerson: 3, inAll: 6, heartbeatMillis: 1_000 },
    consoleFolder: join(home.path, 'console'),
    issuer: { kind: 'embedded', port: issuerPort, home: home.path },
    audience: 'urn:bihuan:api',
    proxies: 0,
    patienceMillis: 4_000,
    logLevel: 'silent',
    ...changed,
  }
  const sessions = new Map<string, Promise<Session>>()
  let worker: Started | undefined
  let serving = await serve(settings, makeLog(settings))

  const startWorker = async (): Promise<void> => {
    worker = startProcess(process.execPath, typescript('worker/main.ts'), {
      ...process.env,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporal.address,
      BIHUAN_HOME: home.path,
      SMTP_URL: '',
      ...workerEnv,
    })
    await worker.line(/已就绪/)
  }
  const killWorker = async (): Promise<void> => {
    worker?.child.kill('SIGKILL')
    await worker?.ended
    worker = undefined
  }
  const session = (username: string, password = DEVELOPMENT_PASSWORD): Promise<Session> => {
    const known = sessions.get(username) ?? signIn({ issuer: serving.issuerUrl, username, password })
    sessions.set(username, known)
    return known
  }
  const ask: OpenDoor['ask'] = async (method, path, { as, token, body, raw, key, headers } = {}) => {
    const bearer = token ?? (as === undefined ? undefined : await (await session(as)).token())
    const answer = await fetch(new URL(path, serving.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(raw !== undefined && { body: raw }),
    })
    const json = answer.headers.get('content-type')?.includes('json')
    return {
      status: answer.status,
      headers: answer.headers,
      body: json ? await answer.json() : await answer.text(),
    }
  }
  await startWorker()
  return {
    serving: () => serving,
    database,
    temporal,
    home: home.path,
    session,
    as: async (username, password) => doorOf(serving.url, await session(username, password)),
    ask,
    startWorker,
    killWorker,
    useKeys: async (keys) => {
      workerEnv = { ...workerEnv, BIHUAN_CODEC_KEYS: keys }
      settings = { ...settings, codecKeys: keysIn(keys) }
      // Asked to end, it gives its cases back at once.
      worker?.child.kill('SIGTERM')
      await worker?.ended
      await startWorker()
      await serving.stop()
      serving = await serve(settings, makeLog(settings))
    },
    workerSays: async (words) => {
      if (!worker) throw new Error('there is no worker')
      return worker.line(words)
    },
    workflowStatus: async (caseId) => {
      const connection = await Connection.connect({ address: temporal.address })
      try {
        return (await new Client({ connection }).workflow.getHandle(caseId).describe()).status.name
      } finally {
        await connection.close()
      }
    },
    another: async (more = {}) =>
      serve(
        {
          ...settings,
          port: await freePort(),
          issuer: { kind: 'external', url: serving.issuerUrl, personClaim: 'sub' },
          ...more,
        },
        makeLog(settings),
      ),
    reopen: async () => {
      await serving.stop()
      serving = await serve(settings, makeLog(settings))
    },
    close: async () => {
      await serving.stop()
      await killWorker()
      await temporal.stop()
      await database.drop()
      home.remove()
    },
  }
}
