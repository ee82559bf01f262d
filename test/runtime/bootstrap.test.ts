import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../../runtime/project.js'
import { type Ended, startProcess } from '../support/program.js'
import { temporaryFolder } from '../support/temporary.js'

const bootstrap = (...args: readonly string[]): Promise<Ended> =>
  startProcess(process.execPath, [join(projectRoot, 'scripts', 'bootstrap.mjs'), ...args]).ended

describe('the bootstrap', () => {
  it('hands over to the command, whose output alone is on stdout', async () => {
    const { code, stdout } = await bootstrap(
      ...['bihuan', 'calendar', 'add', '--from', '2026-03-02', '--working-days', '10'],
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: '2026-03-16\n' })
  })

  it('ends with the exit code of the command', async () => {
    const { code, stdout, stderr } = await bootstrap('bihuan', 'nonsense')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^没有“nonsense”这个命令。可用的有:start、/)
  })

  it('refuses a command it does not know', async () => {
    const { code, stdout, stderr } = await bootstrap('nonsense')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^没有“nonsense”这个命令/)
  })
})

describe('the installation', () => {
  const undo: (() => void)[] = []
  afterEach(() => {
    for (const step of undo.splice(0).reverse()) step()
  })

  /** A package that needs one other, with a lock file that pins it. */
  const aProject = (dependency: { readonly wanted: string; readonly locked: object }): string => {
    const { path: root, remove } = temporaryFolder('install')
    undo.push(remove)
    const own = { name: 'probe', version: '1.0.0', dependencies: { neighbour: dependency.wanted } }
    writeFileSync(join(root, 'package.json'), JSON.stringify(own))
    writeFileSync(
      join(root, 'package-lock.json'),
      JSON.stringify({ ...own, lockfileVersion: 3, packages: { '': own, ...dependency.locked } }),
    )
    mkdirSync(join(root, 'neighbour'))
    writeFileSync(
      join(root, 'neighbour', 'package.json'),
      JSON.stringify({ name: 'neighbour', version: '1.0.0' }),
    )
    return root
  }
  const withNeighbour = {
    wanted: 'file:neighbour',
    locked: {
      neighbour: { version: '1.0.0' },
      'node_modules/neighbour': { resolved: 'neighbour', link: true },
    },
  }
  const install = (root: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> => {
    const script = pathToFileURL(join(projectRoot, 'scripts', 'install.mjs')).href
    const program = `import { ensureInstalled } from '${script}'
      await ensureInstalled({ root: '${root}', say: console.error }).catch((error) => {
        console.error(error.message)
        process.exit(error.exitCode)
      })`
    return startProcess(process.execPath, ['--input-type=module', '-e', program], { ...process.env, ...env })
      .ended
  }

  it('is done once by two who start at once, and not again by a third', async () => {
    const root = aProject(withNeighbour)
    const both = await Promise.all([install(root), install(root)])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    expect(both.filter(({ stderr }) => stderr.includes('首次运行,正在安装依赖'))).toHaveLength(1)
    expect(existsSync(join(root, 'node_modules', 'neighbour', 'package.json'))).toBe(true)
    expect(await install(root)).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('is done again when the lock file has changed', async () => {
    const root = aProject(withNeighbour)
    await install(root)
    const lock = join(root, 'package-lock.json')
    mkdirSync(join(root, 'other'))
    writeFileSync(join(root, 'other', 'package.json'), JSON.stringify({ name: 'other', version: '1.0.0' }))
    const own = { name: 'probe', version: '1.0.0', dependencies: { other: 'file:other' } }
    writeFileSync(join(root, 'package.json'), JSON.stringify(own))
    const packages = {
      '': own,
      other: { version: '1.0.0' },
      'node_modules/other': { resolved: 'other', link: true },
    }
    writeFileSync(lock, JSON.stringify({ ...own, lockfileVersion: 3, packages }))

    const { code, stderr } = await install(root)

    expect(code).toBe(0)
    expect(stderr).toMatch(/^依赖有变动,正在重新安装/)
    expect(existsSync(join(root, 'node_modules', 'neighbour'))).toBe(false)
    expect(existsSync(join(root, 'node_modules', 'other', 'package.json'))).toBe(true)
  })

  it('passes over a lock whose holder died', async () => {
    const root = aProject(withNeighbour)
    const gone = startProcess(process.execPath, ['-e', ''])
    await gone.ended
    mkdirSync(join(root, '.cache'))
    writeFileSync(join(root, '.cache', 'install.lock'), String(gone.child.pid))
    expect(await install(root)).toMatchObject({ code: 0 })
  })

  it('that fails says why, and what to look at', async () => {
    const root = aProject({
      wanted: '1.0.0',
      locked: {
        'node_modules/neighbour': { version: '1.0.0', resolved: 'http://127.0.0.1:1/neighbour.tgz' },
      },
    })
    const nowhere = { npm_config_registry: 'http://127.0.0.1:1/', npm_config_fetch_retries: '0' }
    const { code, stderr } = await install(root, { ...nowhere, npm_config_cache: join(root, 'cache') })
    expect(code).toBe(1)
    expect(stderr).toMatch(/ECONNREFUSED/)
    expect(stderr).toContain('安装依赖未成(npm 退出码 1)。请检查网络与 npm 源')
  })
})
