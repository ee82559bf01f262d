import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { withClient } from '../db/client.js'
import { freePort } from './ports.js'
import { type DataFolder, postgresData, postgresPrograms, postgresUid } from './postgres-place.js'
import { endStrays } from './postgres-strays.js'
import { type Running, startProgram, untilReady } from './process.js'
import { type Say, type Service, silent } from './service.js'
import { Trouble } from './trouble.js'

/** `durable` survives a power cut; `throwaway` is for tests: faster, and gone with its home. */
export type Durability = 'durable' | 'throwaway'

export type Postgres = Service & {
  /** A connection string for a role that may create databases. */
  readonly url: string
  /** SIGKILL, as a crash would; only for one of our own. */
  readonly kill: () => Promise<void>
  /** Start it again on the same data and port. */
  readonly restart: () => Promise<void>
}

const ROLE = 'bihuan'
const DATABASE = 'bihuan'
const run = promisify(execFile)

/**
 * A PostgreSQL: the one `DATABASE_URL` names, else our own on 127.0.0.1 with its data in `<home>/postgres`.
 *
 * @throws Trouble when it can be neither reached nor started.
 */
export const bringPostgres = async ({
  home,
  port,
  durability = 'durable',
  say = silent,
  env = process.env,
}: {
  home: string
  port?: number
  durability?: Durability
  say?: Say
  env?: NodeJS.ProcessEnv
}): Promise<Postgres> =>
  env.DATABASE_URL ? external(env.DATABASE_URL) : own(home, port ?? (await freePort()), durability, say)

const external = async (url: string): Promise<Postgres> => {
  const version = await versionOf(url).catch((error: Error) => {
    throw new Trouble(`无法连接 DATABASE_URL 所指的 PostgreSQL:${error.message}`)
  })
  const { hostname, port, pathname } = new URL(url)
  const notOurs = (): never => {
    throw new Trouble('外部的 PostgreSQL 不由本程序启停。')
  }
  return {
    url,
    version,
    origin: { kind: 'external', where: `${hostname}:${port || '5432'}${pathname}` },
    running: undefined,
    stop: async () => undefined,
    kill: async () => notOurs(),
    restart: async () => notOurs(),
  }
}

const own = async (home: string, port: number, durability: Durability, say: Say): Promise<Postgres> => {
  const programs = postgresPrograms()
  const data = postgresData(home)
  const password = passwordOf(home)
  if (!existsSync(data.path)) {
    say('PostgreSQL:首次运行,正在建库……')
    await initialise(programs.folder, data, password)
  }
  refuseOtherMajor(data.path, programs.version)

  const url = (database: string): string => `postgres://${ROLE}:${password}@127.0.0.1:${port}/${database}`
  const begin = async (): Promise<Running> => {
    await endStrays(data.path)
    const server = await startProgram({
      name: 'postgres',
      command: join(programs.folder, 'bin', 'postgres'),
      args: ['-D', data.path, ...settings(port, durability)],
      env: programEnvironment(),
      cwd: '/',
      home,
      // Fast shutdown: SIGTERM would wait for every client to leave.
      stopSignal: 'SIGINT',
      grace: 20_000,
      ...uidOption(),
    })
    await untilReady(server, {
      title: 'PostgreSQL ',
      limit: 60_000,
      isReady: () =>
        versionOf(url('postgres')).then(
          () => true,
          () => false,
        ),
    })
    return server
  }

  let server = await begin()
  await ensureDatabase(url('postgres'))
  return {
    url: url(DATABASE),
    version: await versionOf(url(DATABASE)),
    origin: { kind: 'own', how: '随项目', data: data.place ? data.path : join(home, 'postgres') },
    get running() {
      return server
    },
    kill: () => server.kill(),
    restart: async () => {
      await server.stop()
      server = await begin()
    },
    stop: async () => {
      await server.stop()
      if (durability === 'throwaway' && data.place) rmSync(data.place, { recursive: true, force: true })
    },
  }
}

const uidOption = (): { uid?: number } => {
  const uid = postgresUid()
  return uid === undefined ? {} : { uid }
}

/** Nothing of ours but what the programs need; a PG* variable meant for another server must not reach them. */
const programEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' })

const settings = (port: number, durability: Durability): readonly string[] =>
  [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    // No socket file: nothing to place, nothing to leave behind.
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(durability === 'throwaway' ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []),
  ].flatMap((setting) => ['-c', setting])

const passwordOf = (home: string): string => {
  const file = join(home, 'postgres-password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Made beside and renamed into place, so that a first start that was killed leaves no half-made cluster. */
const initialise = async (programs: string, { path }: DataFolder, password: string): Promise<void> => {
  const draft = `${path}.making`
  const passwordFile = `${path}.password`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const { uid } = uidOption()
  if (uid !== undefined) for (const file of [draft, passwordFile]) chownSync(file, uid, uid)
  try {
    await run(
      join(programs, 'bin', 'initdb'),
      [
        ...['-D', draft, '-U', ROLE, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
        ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
      ],
      { cwd: '/', env: programEnvironment(), ...(uid === undefined ? {} : { uid, gid: uid }) },
    )
  } catch (error) {
    throw new Trouble(`PostgreSQL 建库未成(${dirname(path)}):${(error as Error).message}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, path)
}

const refuseOtherMajor = (data: string, version: string): void => {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  const major = version.split('.')[0]
  if (made !== major) {
    throw new Trouble(
      `数据由 PostgreSQL ${made} 所建,随项目的是 ${major}。请先用旧版导出,或用 --home 另选目录。`,
    )
  }
}

const atOnce = (url: string) => ({ connectionString: url, connectionTimeoutMillis: 5_000 })

const versionOf = (url: string): Promise<string> =>
  withClient(atOnce(url), async (client) => {
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return rows[0]?.server_version.split(' ')[0] ?? ''
  })

const ensureDatabase = (url: string): Promise<void> =>
  withClient(atOnce(url), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  })
