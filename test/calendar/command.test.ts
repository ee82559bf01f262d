import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { dateFrom, WrongInput, workingDaysFrom, yearFrom } from '../../cli/calendar/arguments.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

const bihuan = (words: string, env: Readonly<Record<string, string>> = {}) => {
  const args = ['--import', 'tsx', 'cli/main.ts', ...words.split(' ')]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { stdout, stderr, status }
}

describe('bihuan calendar add', { timeout: 30_000 }, () => {
  it('prints one date and nothing else', () => {
    expect(bihuan('calendar add --from 2026-03-02 --working-days 10')).toEqual({
      stdout: '2026-03-16\n',
      stderr: '',
      status: 0,
    })
  })

  it('counts the first day when asked to', () => {
    expect(bihuan('calendar add --from 2026-03-02 --working-days 10 --counting-first-day').stdout).toBe(
      '2026-03-13\n',
    )
  })

  it.each(['America/Los_Angeles', 'Pacific/Kiritimati'])('gives the same day on a machine in %s', (TZ) => {
    expect(bihuan('calendar add --from 2018-09-29 --working-days 30', { TZ }).stdout).toBe('2018-11-15\n')
  })

  it('says beside the date that it is provisional', () => {
    const { stdout, stderr, status } = bihuan('calendar add --from 2026-12-30 --working-days 3')
    expect(stdout).toBe('2027-01-04\n')
    expect(stderr).toContain('暂定')
    expect(status).toBe(0)
  })

  it('tells a program all it knows', () => {
    const { stdout } = bihuan('calendar add --from 2026-12-30 --working-days 3 --json')
    expect(JSON.parse(stdout)).toEqual({
      date: '2027-01-04',
      provisional: true,
      from: '2026-12-30',
      workingDays: 3,
      counting: 'from-next-day',
      calendar: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it.each([
    ['add --from 2026-02-30 --working-days 3', '存在的日期'],
    ['add --from 2026-03-02 --working-days -3', '0 至 10000 的整数'],
    ['add --from 2026-03-02 --working-days 1e9', '0 至 10000 的整数'],
    ['add --from 2026-03-02', '缺少 --working-days'],
    ['add --from', '后面缺少内容'],
    ['add --form 2026-03-02', '没有 --form 这个选项'],
    ['add --from 2026-03-02 --working-days 3 4', '参数多了'],
    ['subtract', '没有“subtract”这个动作'],
  ])('calendar %s: one sentence and exit 2', (words, sentence) => {
    const { stdout, stderr, status } = bihuan(`calendar ${words}`)
    expect(stdout).toBe('')
    expect(stderr).toContain(sentence)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(status).toBe(2)
  })
})

describe('bihuan calendar check and year', { timeout: 30_000 }, () => {
  it('says why a Saturday is worked, and by which notice', () => {
    expect(bihuan('calendar check --date 2026-02-14').stdout).toBe(
      '2026-02-14 周六 工作日(调休上班)\n依据:国务院办公厅关于2026年部分节假日安排的通知(国办发明电〔2025〕7号)\n',
    )
  })

  it('shows a year by months', () => {
    const { stdout } = bihuan('calendar year 2026')
    expect(stdout).toContain('2026 年工作日历 · 248 个工作日')
    expect(stdout).toMatch(/ 2月 +16 +28日 周六 +16–20、23 +14、28\n/)
  })
})

describe('what a person may type', () => {
  it('is a date that exists, in a year an office may mean', () => {
    expect(dateFrom('--from', '2024-02-29')).toBe('2024-02-29')
    for (const text of [
      undefined,
      '',
      '2023-02-29',
      '2026-3-2',
      '2026/03/02',
      '20260302',
      '昨天',
      '1899-12-31',
      '9999-12-30',
    ])
      expect(() => dateFrom('--from', text)).toThrow(WrongInput)
  })

  it('is a whole number of working days up to ten thousand', () => {
    expect(workingDaysFrom('--working-days', '0')).toBe(0)
    expect(workingDaysFrom('--working-days', '10000')).toBe(10_000)
    for (const text of [
      undefined,
      '',
      ' ',
      '1.5',
      '+3',
      '0x10',
      '十',
      '\uff13',
      '10001',
      '1000000000',
      'Infinity',
    ])
      expect(() => workingDaysFrom('--working-days', text)).toThrow(WrongInput)
  })

  it('is a year of four digits', () => {
    expect(yearFrom('2026')).toBe('2026-01-01')
    for (const text of ['26', '0026', '二〇二六', '2026年']) expect(() => yearFrom(text)).toThrow(WrongInput)
  })
})
