import { spawn } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Identity, identify, isAlive } from './alive.js'
import { forget, watch } from './guard.js'
import { Trouble } from './trouble.js'

/** How a process ended: by itself with a code, or by a signal. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type Program = {
  /** Latin letters: names the log and the process file. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment; nothing is inherited behind one's back. */
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  readonly home: string
  /** What asks it to end in good order. */
  readonly stopSignal: NodeJS.Signals
  /** How long it may take, in milliseconds, before SIGKILL. */
  readonly grace: number
  /** Run as this uid and gid of the same number, without creating a user. */
  readonly uid?: number
}

export type Running = {
  readonly name: string
  readonly pid: number
  readonly log: string
  readonly exited: Promise<Exit>
  /** The exit once it has ended. */
  readonly ended: () => Exit | undefined
  /** Ask it to end, make it when it does not; resolves when it is gone. Asking again waits for the same end. */
  readonly stop: () => Promise<void>
  /** SIGKILL; resolves when it is gone. */
  readonly kill: () => Promise<void>
}

const KEPT_LOG = 10 * 1024 * 1024

const openLog = (path: string): number => {
  try {
    if (statSync(path).size > KEPT_LOG) renameSync(path, `${path}.1`)
  } catch {
    // There is none yet.
  }
  return openSync(path, 'a')
}

/** The end of a program's log, for a message that says why it did not start. */
export const tailOf = (log: string, lines = 8): string => {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return ''
  }
}

const processFile = (home: string, name: string): string => join(home, 'run', `${name}.json`)

/**
 * Start a program of its own process group, so that Ctrl-C at the terminal reaches only us, with its output in
 * `<home>/logs/<name>.log`. It ends with us, however we end.
 *
 * @throws Trouble when it cannot be started at all.
 */
export const startProgram = async (program: Program): Promise<Running> => {
  const { name, home, stopSignal, grace, uid } = program
  mkdirSync(join(home, 'logs'), { recursive: true })
  mkdirSync(join(home, 'run'), { recursive: true })
  const log = join(home, 'logs', `${name}.log`)
  const output = openLog(log)
  const child = spawn(program.command, [...program.args], {
    cwd: program.cwd,
    env: program.env,
    stdio: ['ignore', output, output],
    detached: true,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  closeSync(output)
  const { pid } = child
  if (pid === undefined) {
    const error = await new Promise<Error>((done) => child.once('error', done))
    throw new Trouble(`无法启动 ${program.command}:${error.message}`)
  }
  watch(pid, stopSignal)
  writeFileSync(processFile(home, name), JSON.stringify(identify(pid)))

  let end: Exit | undefined
  const exited = new Promise<Exit>((done) => {
    child.once('exit', (code, signal) => {
      end = { code, signal }
      forget(pid)
      rmSync(processFile(home, name), { force: true })
      done(end)
    })
  })
  const kill = async (): Promise<void> => {
    if (!end) child.kill('SIGKILL')
    await exited
  }
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      if (!end) child.kill(stopSignal)
      const late = new AbortController()
      await Promise.race([exited, pause(grace, undefined, { signal: late.signal }).catch(() => undefined)])
      late.abort()
      await kill()
    })()
    return stopping
  }
  return { name, pid, log, exited, ended: () => end, stop, kill }
}

/**
 * Wait until `isReady` says so.
 *
 * @throws Trouble when the program ends first or `limit` milliseconds pass; the message carries the log's end.
 */
export const untilReady = async (
  running: Running,
  { title, limit, isReady }: { title: string; limit: number; isReady: () => Promise<boolean> },
): Promise<void> => {
  const last = Date.now() + limit
  while (!running.ended() && Date.now() < last) {
    if (await isReady()) return
    await pause(50)
  }
  const end = running.ended()
  await running.kill()
  const why = end ? `启动后随即退出(${end.signal ?? end.code})` : `${Math.round(limit / 1000)} 秒内没有就绪`
  throw new Trouble(`${title}${why}。日志 ${running.log}:\n${tailOf(running.log)}`)
}

/**
 * End what an earlier launcher on this home left running: it was killed, and its guard is still at work, or was
 * killed as well. Call it with the home's lock held.
 */
export const sweepLeftovers = async (home: string): Promise<readonly string[]> => {
  const folder = join(home, 'run')
  mkdirSync(folder, { recursive: true })
  const left = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ name: file.replace(/\.json$/, ''), path: join(folder, file) }))
  for (const { path } of left) {
    const identity = JSON.parse(readFileSync(path, 'utf8')) as Identity
    const last = Date.now() + 10_000
    while (isAlive(identity) && Date.now() < last) await pause(100)
    if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL')
    while (isAlive(identity)) await pause(50)
    rmSync(path, { force: true })
  }
  return left.map(({ name }) => name)
}
