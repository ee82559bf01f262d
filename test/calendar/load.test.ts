import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadCalendar, UnreadableCalendar } from '../../policies/calendars/load.js'
import { national } from './given.js'

const folder = mkdtempSync(join(tmpdir(), 'bihuan-calendar-'))
afterAll(() => rmSync(folder, { recursive: true }))

const written = (text: string): string => {
  const file = join(folder, 'calendar.yaml')
  writeFileSync(file, text)
  return file
}

const year2027 = (lines: string): string => `years:\n  2027:\n    source: 通知\n${lines}`

describe('a calendar file', () => {
  it('gives one version for one content, however it is laid out', () => {
    const one = loadCalendar(
      written(year2027('    off:\n      元旦: [01-01]\n    on:\n      春节: [02-20, 02-07]\n')),
    )
    const same = loadCalendar(
      written(
        '# 注\nyears: {2027: {on: {春节: [02-07], 某节: [02-20]}, off: {元旦: [01-01]}, source: 通知}}',
      ),
    )
    expect(one.version).toBe(same.version)
    expect(one.version).toMatch(/^[0-9a-f]{64}$/)
  })

  it('gives another version when a single day changes', () => {
    const one = loadCalendar(written(year2027('    off:\n      元旦: [01-01]\n    on: {}\n')))
    const other = loadCalendar(written(year2027('    off: {}\n    on: {}\n')))
    expect(one.version).not.toBe(other.version)
  })

  it('is small enough to travel with every case', () => {
    expect(Buffer.byteLength(JSON.stringify(national))).toBeLessThan(6_000)
  })

  it.each([
    ['nothing', '', '应有且只有 years 一项'],
    ['no YAML', '{{', '不是 YAML'],
    ['a year of two digits', 'years: {27: {source: 通知, off: {}, on: {}}}', '四位数字的年份'],
    ['no source', 'years: {2027: {off: {}, on: {}}}', '缺少依据'],
    ['an empty source', "years: {2027: {source: '', off: {}, on: {}}}", '缺少依据'],
    ['a weekend day off', year2027('    off: {元旦: [01-02]}\n    on: {}'), '2027-01-02 是周末'],
    ['a weekday worked', year2027('    off: {}\n    on: {元旦: [01-01]}'), '2027-01-01 不是周末'],
    [
      'a day that does not exist',
      year2027('    off: {春节: [02-30]}\n    on: {}'),
      '02-30 不是 2027 年的日期',
    ],
    ['a day twice', year2027('    off: {元旦: [01-01], 春节: [01-01]}\n    on: {}'), '01-01 重复'],
    ['a number for a day', year2027('    off: {元旦: [1]}\n    on: {}'), '日期须写作'],
    ['a bare list', year2027('    off: [01-01]\n    on: {}'), '应按节日列出日期'],
    [
      'a word too many',
      year2027('    off: {}\n    on: {}\n    holidays: {}'),
      '应有且只有 source、off、on 三项',
    ],
  ])('with %s is refused with the reason', (_, text, reason) => {
    const load = () => loadCalendar(written(text))
    expect(load).toThrow(UnreadableCalendar)
    expect(load).toThrow(reason)
  })

  it('that is missing is refused', () => {
    expect(() => loadCalendar(join(folder, 'none.yaml'))).toThrow('文件不存在')
  })
})
