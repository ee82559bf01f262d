import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { registerIntake } from '../../cli/intake.js'
import { planReadingSchema } from '../../intake/index.js'

let folder = ''
let out = ''
let err = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-cli-'))
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text)
    return true
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = undefined
  await rm(folder, { recursive: true, force: true })
})

const run = async (...args: string[]) => {
  const program = new Command()
  registerIntake(program)
  await program.parseAsync(['node', 'bihuan', 'intake', ...args])
}

const plan = async () => {
  const path = join(folder, 'plan.txt')
  await writeFile(
    path,
    '甲市整改方案\n二、整改措施\n1.清淤。(责任单位:市水利局;整改时限:2022年6月)\n2.补水。(责任单位:市水利局;整改时限:2年内)\n',
  )
  return path
}

describe('bihuan intake', () => {
  it('--json prints the reading and nothing else', async () => {
    await run(await plan(), '--json')
    expect(planReadingSchema.parse(JSON.parse(out)).entries).toHaveLength(2)
    expect(err).toBe('')
    expect(process.exitCode).toBeUndefined()
  })

  it('prints a table for people, with what is open', async () => {
    await run(await plan())
    expect(out).toContain('甲市整改方案')
    expect(out).toMatch(/1 +3 +清淤。 +市水利局 +2022-06-30/)
    expect(out).toContain('“2年内”从哪一天起算')
    expect(out).toContain('共 2 项')
  })

  it('says in one sentence why a file is no plan, and exits 2', async () => {
    const path = join(folder, 'poem.txt')
    await writeFile(path, '床前明月光')
    await run(path, '--json')
    expect(out).toBe('')
    expect(err).toBe('没有读到整改措施或问题,这份文件不像整改方案。\n')
    expect(process.exitCode).toBe(2)
  })
})
