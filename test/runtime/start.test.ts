import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../runtime/ports.js'
import { projectRoot } from '../../runtime/project.js'
import { type Started, startProcess } from '../support/program.js'
import { temporaryFolder } from '../support/temporary.js'

/** A start on a real machine reads the developer's settings; a test must not. */
const bare = (): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _, TEMPORAL_ADDRESS: __, BIHUAN_HOME: ___, BIHUAN_PORT: ____, ...rest } = process.env
  return rest
}

/** One installation's day, told in order: each test goes on from where the one before it ended. */
describe('npm start', () => {
  const home = temporaryFolder('start')
  const other = temporaryFolder('start')
  const all: Started[] = []
  let port = 0
  let first: Started

  const start = (...args: readonly string[]): Started => {
    const bootstrap = join(projectRoot, 'scripts', 'bootstrap.mjs')
    const started = startProcess(process.execPath, [bootstrap, 'start', ...args], bare())
    all.push(started)
    return started
  }

  beforeAll(async () => {
    port = await freePort()
    first = start('--home', home.path, '--port', String(port))
  })
  afterAll(async () => {
    for (const { child, ended } of all) {
      child.kill('SIGKILL')
      await ended
    }
    home.remove()
    other.remove()
  })

  it('brings everything, fills the empty ledger with the sample plan, and shows one table', async () => {
    await first.line(/Ctrl-C 停止/)
    const table = await first.line(/✓ 运行环境/)
    expect(table).toMatch(/^ {2}✓ 运行环境 {5}Node \d+\.\d+/)
    expect(await first.line(/✓ 台账/)).toContain('栖澜市 12 件')
    expect(await first.line(/控制台/)).toContain(`http://127.0.0.1:${port} `)
    expect(await first.line(/接口 {7}/)).toBe(`  接口       http://127.0.0.1:${port}/docs`)
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200)
  })

  it('is refused a second time on the same home, saying who holds it', async () => {
    const { code, stderr } = await start('--home', home.path).ended
    expect(code).toBe(1)
    expect(stderr).toContain(`数据目录 ${home.path} 正由另一个闭环使用`)
  })

  it('is refused a port that is taken', async () => {
    const { code, stderr } = await start('--home', other.path, '--port', String(port)).ended
    expect(code).toBe(1)
    expect(stderr).toContain(`端口 ${port}(控制台与接口)已被占用。`)
  })

  it.each([
    [['--plan', '/nowhere/plan.txt'], /plan\.txt/],
    [['--policy', 'atlantis'], /没有“atlantis”这份规则/],
    [['--port', 'many'], /--port 应为/],
    [['--nonsense'], /--nonsense/],
  ])('starts nothing for %j', async (args, why) => {
    const { code, stdout, stderr } = await start('--home', other.path, ...args).ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(why)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('stops everything in order on Ctrl-C, one line each', async () => {
    first.child.kill('SIGINT')
    const { code, stdout } = await first.ended
    expect(code).toBe(0)
    expect(
      stdout
        .slice(stdout.indexOf('正在停止'))
        .trimEnd()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      '正在停止……',
      '停止 接口',
      '停止 办理进程',
      '停止 Temporal',
      '停止 PostgreSQL',
      '已停止,数据都在。',
    ])
  })

  it('continues the same data the second time, and ends by itself when its bootstrap is killed', async () => {
    const second = start('--home', home.path, '--port', String(port))
    await second.line(/Ctrl-C 停止/)
    expect(await second.line(/✓ 台账/)).toContain('栖澜市 12 件')

    second.child.kill('SIGKILL')
    // What it started holds its output: that ends only when they have ended.
    await second.ended
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow()
  })
})
