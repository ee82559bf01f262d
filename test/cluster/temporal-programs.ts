import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../runtime/project.js'
import type { Say } from '../../runtime/service.js'
import { onPath } from '../../runtime/system-packages.js'
import { Trouble } from '../../runtime/trouble.js'

/** The server of real installations, and the tool that makes its tables. */
export type TemporalPrograms = { readonly server: string; readonly sqlTool: string; readonly how: string }

const VERSION = '1.32.1'
const MODULE = `go.temporal.io/server`
const [SERVER, SQL_TOOL] = ['temporal-server', 'temporal-sql-tool']

const inFolder = (folder: string, how: string): TemporalPrograms => ({
  server: join(folder, SERVER),
  sqlTool: join(folder, SQL_TOOL),
  how,
})

const areThere = ({ server, sqlTool }: TemporalPrograms): boolean => existsSync(server) && existsSync(sqlTool)

/**
 * The folder `TEMPORAL_SERVER` names, else the programs on the PATH, else our cache, else built by Go into the cache.
 *
 * @throws Trouble when none is there and it cannot be built.
 */
export const temporalPrograms = async (
  say: Say,
  env: NodeJS.ProcessEnv = process.env,
): Promise<TemporalPrograms> => {
  if (env.TEMPORAL_SERVER) {
    const given = inFolder(env.TEMPORAL_SERVER, '由 TEMPORAL_SERVER 指定')
    if (areThere(given)) return given
    throw new Trouble(`TEMPORAL_SERVER 所指的目录 ${env.TEMPORAL_SERVER} 中须有 ${SERVER} 与 ${SQL_TOOL}。`)
  }
  if (onPath(SERVER) && onPath(SQL_TOOL)) return { server: SERVER, sqlTool: SQL_TOOL, how: '本机已装' }
  const folder = join(cacheFolder(env), `${SERVER}-${VERSION}`)
  const kept = inFolder(folder, '随项目')
  if (!areThere(kept)) await build(folder, say)
  return kept
}

/** Everything is built beside and renamed into place, so that a build that was broken off leaves nothing half done. */
const build = async (folder: string, say: Say): Promise<void> => {
  if (!onPath('go'))
    throw new Trouble(
      `正式环境的 Temporal 服务器(${VERSION})须由 Go 编译,本机没有 go。请安装 Go,` +
        `或以 TEMPORAL_SERVER 指明一个含 ${SERVER} 与 ${SQL_TOOL} 的目录。`,
    )
  const draft = `${folder}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  say(`Temporal:首次运行,正由 Go 编译 ${VERSION} 版服务器,需五至三十分钟,只做这一次……`)
  for (const path of ['cmd/tools/sql', 'cmd/server']) await install(`${MODULE}/${path}@v${VERSION}`, draft)
  renameSync(join(draft, 'sql'), join(draft, SQL_TOOL))
  renameSync(join(draft, 'server'), join(draft, SERVER))
  renameSync(draft, folder)
  say(`Temporal:已编译,存于 ${folder}。`)
}

const install = (what: string, folder: string): Promise<void> =>
  new Promise((done, fail) => {
    const go = spawn('go', ['install', what], {
      env: { ...process.env, GOBIN: folder, GOTOOLCHAIN: 'local', GOFLAGS: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let words = ''
    go.stderr.on('data', (chunk) => {
      words = `${words}${chunk}`.slice(-2_000)
    })
    go.on('error', fail)
    go.on('exit', (code) => (code === 0 ? done() : fail(new Trouble(`编译 ${what} 未成:\n${words}`))))
  })
