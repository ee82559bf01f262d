import { describe, expect, it } from 'vitest'
import { loadPolicy, readPolicy } from '../../policies/load.js'
import { A_CITY, changed, complaintsAbout, FILE } from './city.js'

const read = (text: string) => readPolicy(text, FILE)

describe('a city says only what differs', () => {
  it('has everything else from the defaults', () => {
    const { policy } = read(A_CITY)
    const sample = loadPolicy('sample').policy
    expect(policy.extension).toEqual(sample.extension)
    expect(policy.handover.acknowledge).toEqual({
      days: 2,
      of: 'working',
      clause: 'HH-13',
      source: 'parameter',
    })
  })

  it('keeps what is said beside what it changes', () => {
    const { returns } = read(A_CITY).policy
    expect(returns.rhythm).toEqual({ every: 'month', day: 31, time: '17:00' })
    expect(returns.chase).toEqual({ days: 1, of: 'working', time: '09:00' })
    expect(returns.source).toBe('HY-01')
  })

  it('replaces a list as a whole', () => {
    expect(read(A_CITY).policy.ladder.map(({ id }) => id)).toEqual(['warning', 'circular'])
  })

  it('gives a step what it does not say from what is usual in its own file', () => {
    const text = changed('  chain:\n', '  sign-off: { within: 9 calendar days, source: CD-05 }\n  chain:\n')
    const within = read(text).policy.closing.chain.map(({ within }) => within)
    expect(within).toEqual([
      { days: 9, of: 'calendar' },
      { days: 9, of: 'calendar' },
      { days: 7, of: 'working' },
      { days: 9, of: 'calendar' },
      { days: 5, of: 'working' },
      { days: 5, of: 'working' },
    ])
  })

  it('has no visits when it says nothing of them', () => {
    expect(read(changed('visits: { every: 2 months, source: CD-12 }\n', '')).policy).not.toHaveProperty(
      'visits',
    )
  })
})

describe('what a rule is kept for', () => {
  const clauseOf = (source: string) => read(changed('source: HY-01', `source: ${source}`)).policy.returns
  it.each([
    ['HY-01', 'HY-01'],
    ['HY-01 每月一调度', 'HY-01'],
    ['parameter', 'JN-07'],
    ['parameter(HH-02 只写周调度)', 'HH-02'],
    ['HH-02、JN-07', 'HH-02'],
  ])('“%s” keeps %s', (source, clause) => {
    expect(clauseOf(source)).toMatchObject({ clause, source })
  })
})

describe('words are read by name or by title', () => {
  it('gives the same policy', () => {
    const titled = changed('by: lead-unit', 'by: 牵头验收单位').replace('rung: 预警', 'rung: warning')
    expect(read(titled).hash).toBe(read(A_CITY).hash)
  })
})

describe('the hash', () => {
  it('does not see comments, layout or quotes', () => {
    const other = A_CITY.replaceAll('\n', '   \n')
      .replace('city: 云汀市', '# 城市\n\ncity: "云汀市"')
      .replace(
        '{ points: [任务完成, 材料齐全], source: YZ-05 }',
        '{ source: YZ-05, points: [任务完成, 材料齐全] }',
      )
    expect(read(other).hash).toBe(read(A_CITY).hash)
  })

  it('sees every rule', () => {
    const versions = [
      A_CITY,
      changed('15 days before', '16 days before'),
      changed('source: HY-01', 'source: HY-01 每月一调度'),
      changed('2 of 3 with veto', '2 of 3'),
      changed('every: 2 months', 'every: 3 months'),
      changed('within: 7 working', 'within: 7 calendar'),
    ].map((text) => read(text).hash)
    expect(new Set(versions).size).toBe(versions.length)
  })

  it('sees what comes from the defaults', () => {
    const same = changed('visits: {', 'extension: { times: 1, source: parameter }\nvisits: {')
    const more = changed('visits: {', 'extension: { times: 2, source: parameter }\nvisits: {')
    expect(read(same).hash).toBe(read(A_CITY).hash)
    expect(read(more).hash).not.toBe(read(A_CITY).hash)
  })
})

describe('ends of lines', () => {
  it('may be those of another system, after a byte order mark', () => {
    expect(complaintsAbout(`\ufeff${A_CITY.replaceAll('\n', '\r\n')}`)).toEqual([])
  })

  it('do not move the lines that are pointed at', () => {
    const text = changed('city: 云汀市', 'city: 5').replaceAll('\n', '\r\n')
    expect(complaintsAbout(text)).toEqual([expect.stringMatching(/^4: /)])
  })
})
