import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { projectRoot, typescript } from '../../runtime/project.js'
import { temporaryFolder } from '../support/temporary.js'
import { A_CITY, changed, lineOf } from './city.js'

const folder = temporaryFolder('policy-command')
afterAll(folder.remove)

const written = (name: string, text: string): string => {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}

const bihuan = (...words: readonly string[]) => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...typescript('cli/main.ts'), 'policy', ...words],
    {
      cwd: projectRoot,
      encoding: 'utf8',
    },
  )
  return { stdout, stderr, status }
}

describe('bihuan policy check', { timeout: 60_000 }, () => {
  it('says of a good file that it may be used, with its chain, its ladder and its version', () => {
    const path = written('good.yaml', A_CITY)
    const { stdout, stderr, status } = bihuan('check', path)
    expect(stdout).toMatch(`${path}: 可以使用\n`)
    expect(stdout).toContain('申请 → 会签 → 核查 → 审定 → 公示 → 备案')
    expect(stdout).toContain('预警(到期前 15 天) → 通报(逾期 1 天)')
    expect(stdout).toMatch(/版本 {2}[0-9a-f]{64}\n$/)
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  })

  it('says of a bad file where and why, a line for each problem', () => {
    const text = changed('by: lead-unit', 'by: lead').replace('period: 5 working days', 'period: five days')
    const path = written('bad.yaml', text)
    const { stdout, stderr, status } = bihuan('check', path)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(`${path}:${lineOf(text, 'by: lead')}: 由谁办理`)
    expect(lines[1]).toMatch(`${path}:${lineOf(text, 'five days')}: 公示期应写作`)
    expect({ stderr, status }).toEqual({ stderr: '', status: 1 })
  })

  it('cannot say anything of a file that is not there', () => {
    const { stdout, stderr, status } = bihuan('check', join(folder.path, 'absent.yaml'))
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
    expect(stderr).toMatch(/没有这个文件。\n$/)
  })

  it.each([[[]], [['check']], [['check', 'jinan', 'sample']], [['check', '--fast', 'jinan']]])(
    'answers %j in one Chinese sentence',
    (words) => {
      const { stdout, stderr, status } = bihuan(...words)
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
      expect(stderr).toMatch(/^[^\n]*\p{Script=Han}[^\n]*\n$/u)
    },
  )
})

describe('bihuan policy schema', { timeout: 60_000 }, () => {
  it('prints JSON Schema and nothing else', () => {
    const { stdout, stderr, status } = bihuan('schema')
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: '整改规则',
    })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  })
})

describe('bihuan policy show', { timeout: 60_000 }, () => {
  it('tells the whole policy in Chinese, with where each rule comes from', () => {
    const { stdout, status } = bihuan('show', 'yongzhou')
    expect(status).toBe(0)
    expect(stdout).toContain(
      '3. 现场核查、签字认可:包案领导(签字,到现场,5 个工作日)  〔YZ-06 包案领导现场核查、签字认可〕',
    )
    expect(stdout).toContain('每周五 17:00 前报送')
    expect(stdout).toContain('立行立改:10 个工作日  〔自定〕')
  })

  it('writes a file that leaves nothing to the defaults and is the same policy', () => {
    const version = (output: string) => /版本 {2}(\w+)/.exec(output)?.[1]
    const whole = written('whole.yaml', bihuan('show', 'jinan', '--yaml').stdout)
    expect(version(bihuan('check', whole).stdout)).toBe(version(bihuan('check', 'jinan').stdout))
  })
})
