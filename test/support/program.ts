import { type ChildProcess, spawn } from 'node:child_process'
import { projectRoot, typescript } from '../../runtime/project.js'

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

export type Started = {
  readonly child: ChildProcess
  /** Resolves with the first whole line on stdout that `matches`. */
  readonly line: (matches?: RegExp) => Promise<string>
  readonly ended: Promise<Ended>
}

/** A real process of the machine's own making, with its output gathered. */
export const startProcess = (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Started => {
  const child = spawn(command, [...args], { cwd: projectRoot, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const look of waiting) look()
  }
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    wake()
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, stdout, stderr })))
  const line = (matches = /./): Promise<string> =>
    new Promise((done, fail) => {
      const look = (): void => {
        const found = stdout
          .split('\n')
          .slice(0, -1)
          .find((text) => matches.test(text))
        if (found === undefined) return
        waiting.delete(look)
        done(found)
      }
      waiting.add(look)
      void ended.then(({ code }) =>
        fail(new Error(`ended with ${code} before ${matches}:\n${stdout}\n${stderr}`)),
      )
      look()
    })
  return { child, line, ended }
}

/** A TypeScript program of this project, on the Node that runs the tests. */
export const startScript = (script: string, ...args: readonly string[]): Started =>
  startProcess(process.execPath, [...typescript(script), ...args])
