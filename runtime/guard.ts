import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from './project.js'

let guard: ChildProcess | undefined

/** One guard for each launcher, started with the first process it watches. */
const tell = (message: unknown): void => {
  if (!guard?.stdin?.writable) {
    guard = spawn(process.execPath, [join(projectRoot, 'runtime', 'last-one-out.mjs')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    guard.unref()
    guard.once('exit', () => {
      guard = undefined
    })
    // A guard that was killed is started anew with the next process; the launcher itself goes on.
    guard.stdin?.on('error', () => undefined)
    const pipe = guard.stdin
    if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  }
  guard.stdin?.write(`${JSON.stringify(message)}\n`)
}

/** From now on, should this process die in whatever way, `pid` is asked to end by `signal`, then made to. */
export const watch = (pid: number, signal: NodeJS.Signals): void => tell({ watch: { pid, signal } })

/** `pid` has ended. */
export const forget = (pid: number): void => tell({ forget: pid })
