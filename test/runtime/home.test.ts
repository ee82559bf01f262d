import { afterEach, describe, expect, it } from 'vitest'
import { homePath, openHome } from '../../runtime/home.js'
import { type Started, startScript } from '../support/program.js'
import { temporaryFolder } from '../support/temporary.js'

describe('a home', () => {
  const undo: (() => void)[] = []
  afterEach(() => {
    for (const step of undo.splice(0).reverse()) step()
  })
  const aHome = (): string => {
    const { path, remove } = temporaryFolder('home')
    undo.push(remove)
    return path
  }
  const heldByAnother = async (home: string): Promise<Started> => {
    const holder = startScript('test/runtime/programs/hold-home.ts', home)
    undo.push(() => holder.child.kill('SIGKILL'))
    await holder.line(/held/)
    return holder
  }

  it('held by another process is refused, naming the folder, the process and the way out', async () => {
    const home = aHome()
    const holder = await heldByAnother(home)
    expect(() => openHome(home)).toThrow(
      `数据目录 ${home} 正由另一个闭环使用(进程 ${holder.child.pid})。请先停止它,或用 --home 另选目录。`,
    )
  })

  it('is taken over when its holder was killed', async () => {
    const home = aHome()
    const holder = await heldByAnother(home)
    holder.child.kill('SIGKILL')
    await holder.ended
    const { release } = openHome(home)
    expect(() => openHome(home)).toThrow(/正由另一个闭环使用/)
    release()
    openHome(home).release()
  })

  it('is the option, then BIHUAN_HOME, then .bihuan of the project', () => {
    expect(homePath('/a', { BIHUAN_HOME: '/b' })).toBe('/a')
    expect(homePath(undefined, { BIHUAN_HOME: '/b' })).toBe('/b')
    expect(homePath(undefined, {})).toMatch(/\/\.bihuan$/)
  })

  it('that cannot be written is refused in one plain sentence', () => {
    expect(() => openHome('/dev/null/bihuan')).toThrow(/^数据目录 \/dev\/null\/bihuan 无法写入/)
  })
})
