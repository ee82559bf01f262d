import { describe, expect, it } from 'vitest'
import { plainDate } from '../../domain/words.js'
import { until, 材料, 立行立改, 立行立改长期坚持, 长期坚持 } from '../support/entries.js'
import { 县长, 整改办, 经办人 } from '../support/people.js'
import { rulesOf } from '../support/policies.js'
import { aCase, type Story } from '../support/story.js'
import { aCaseThatIs } from './given.js'

const near = async (story: Story) =>
  (await story.events('deadline-near')).map(({ target, days }) => `${target} ${days}`)

describe('GN-01 a deadline', () => {
  it('is announced 30, 15 and 7 days before, in the morning of a working day', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-06-29')
    // 31 May is a Sunday.
    expect(await story.moments('deadline-near')).toEqual([
      '2020-05-29T01:00:00.000Z',
      '2020-06-15T01:00:00.000Z',
      '2020-06-23T01:00:00.000Z',
    ])
  })

  it('is over at the end of its last day in Shanghai, not a minute before', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-06-30', '23:59')
    expect(await story.events('overdue')).toEqual([])
    await story.on('2020-07-01', '00:00')
    expect(await story.moments('overdue')).toEqual(['2020-06-30T15:59:59.999Z'])
  })

  it('is noted further as the ladder asks, on working days', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan')
    await story.on('2020-09-30')
    expect(await story.moments('overdue-further')).toEqual([
      '2020-07-01T01:00:00.000Z',
      '2020-07-15T01:00:00.000Z',
      '2020-07-30T01:00:00.000Z',
      // 29 August is a Saturday.
      '2020-08-31T01:00:00.000Z',
    ])
  })

  it('handed over late, what the slip has said is not announced again; what comes nearer is', async () => {
    const story = await aCaseThatIs('handed-over', 'yongzhou', { on: '2020-06-17' })
    await story.on('2020-06-22')
    expect(await near(story)).toEqual([])
    await story.on('2020-06-24')
    expect(await near(story)).toEqual(['case 7'])
  })

  it('back from closing, only the nearest announcement comes at once, saying the days there are', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.reportsWeeklyUntil('2020-05-20')
    await story.submits()
    await story.on('2020-06-18')
    await story.by(经办人, { type: 'withdraw-closing', reason: '材料有误' })
    await story.on('2020-06-22')
    expect(await near(story)).toEqual(['case 15'])
    expect((await story.events('rung-raised'))[0]?.cause).toBe('距时限 2020年6月30日还有 12 天')
    await story.on('2020-06-24')
    expect(await near(story)).toEqual(['case 15', 'case 7'])
  })

  it('handed over after it, is overdue at once, and nothing is announced', async () => {
    const story = await aCaseThatIs('handed-over', 'yongzhou', { on: '2020-07-06' })
    await story.on('2020-07-07')
    expect(await near(story)).toEqual([])
    expect(await story.moments('overdue')).toEqual(['2020-07-06T01:00:00.000Z'])
  })

  it('announcements that a long holiday would pile up on one morning come as one', async () => {
    // 2020-10-01 to 10-08 is off: what falls between comes on 30 September.
    const story = await aCaseThatIs('rectifying', 'yongzhou', { entry: { deadline: until('2020-10-15') } })
    await story.on('2020-10-14')
    expect(await near(story)).toEqual(['case 30', 'case 7'])
    expect((await story.moments('deadline-near')).at(-1)).toBe('2020-09-30T01:00:00.000Z')
  })

  it('while others verify, presses nobody; a refusal after it makes the case overdue there and then', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-06-10')
    await story.submits()
    await story.signedUpTo('mayor')
    await story.on('2020-07-20')
    expect(await story.events('overdue')).toEqual([])
    await story.refuses(县长, '仍有渗漏')
    await story.on('2020-07-21')
    expect(await story.moments('overdue')).toEqual(['2020-07-20T02:00:00.000Z'])
    expect(await near(story)).toEqual(['case 30'])
    // The ladder counts from the deadline: its first day is long past.
    expect(await story.moments('overdue-further')).toEqual(['2020-07-20T02:00:00.000Z'])
    expect(await story.rung('interview')).toBe('drafted')
  })

  it('closed in time after all, was never overdue', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-06-29')
    await story.submits()
    await story.signedUpTo()
    await story.on('2020-07-02')
    await story.posts()
    await story.noticeOver()
    await story.files()
    expect(await story.events('overdue')).toEqual([])
  })

  it('met late stays on the record as overdue', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-07-06')
    await story.submits()
    expect(await story.events('overdue')).toHaveLength(1)
    expect((await story.state()).deadline?.overdue).toHaveLength(1)
  })
})

describe('JN-12 the days after a rebound', () => {
  it('count with the new round: overdue at once, the further days from the rebound', async () => {
    const story = await aCaseThatIs('closed', 'jinan')
    await story.on('2020-10-12')
    await story.by(整改办, { type: 'report-rebound', findings: '又见直排' })
    await story.on('2020-10-14')
    expect(await story.moments('overdue')).toEqual(['2020-10-12T02:00:00.000Z'])
    expect(await story.moments('overdue-further')).toEqual(['2020-10-13T01:00:00.000Z'])
    expect(await near(story)).toEqual([])
    await story.on('2020-10-28')
    expect((await story.events('overdue-further')).map(({ days }) => days)).toEqual([1, 15])
  })

  it('before its deadline, keeps the deadline it had', async () => {
    const story = await aCaseThatIs('closed', 'jinan')
    await story.by(整改办, { type: 'report-rebound', findings: '又见直排' })
    await story.on('2020-06-30', '23:00')
    expect(await story.events('overdue')).toEqual([])
    await story.on('2020-07-02')
    expect(await story.moments('overdue-further')).toEqual(['2020-07-01T01:00:00.000Z'])
  })

  it('an earlier lateness does not count twice', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2020-07-06')
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.on('2020-10-12')
    await story.by(整改办, { type: 'report-rebound', findings: '又见直排' })
    await story.on('2020-10-13', '08:00')
    expect(await story.moments('overdue')).toEqual(['2020-06-30T15:59:59.999Z', '2020-10-12T02:00:00.000Z'])
    expect((await story.state()).deadline?.overdueNoted).toEqual([])
  })
})

describe('CD-04 长期坚持', () => {
  const 监测站 = { text: '建成微型监测站2000个', date: plainDate('2019-12-31') }

  it('is never overdue as a whole; its stage target is', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', {
      entry: { deadline: 长期坚持, nodes: [监测站] },
    })
    await story.on('2022-06-01')
    expect((await story.events('overdue')).map(({ target }) => target)).toEqual(['node:0'])
    expect(await near(story)).toEqual(['node:0 30', 'node:0 15', 'node:0 7'])
  })

  it('without a stage target is never overdue at all', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', { entry: { deadline: 长期坚持 } })
    await story.on('2022-06-01')
    expect(await story.events('overdue')).toEqual([])
    expect(await story.events('deadline-near')).toEqual([])
  })
})

describe('JN-05 nodes inside the text', () => {
  const nodes = [
    { text: '完成排查', date: plainDate('2019-11-30') },
    { text: '主体完工', date: plainDate('2020-03-31') },
  ]
  const complete = (node: number, evidence = [材料(`节点 ${node}`)]) =>
    ({ type: 'complete-node', node, evidence }) as const

  it('fall due by themselves, and met late leave the list of what is overdue', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', { entry: { nodes } })
    await story.on('2019-12-02')
    expect((await story.state()).deadline?.overdue).toMatchObject([{ target: 'node:0' }])
    await story.by(经办人, complete(0))
    expect((await story.state()).deadline?.overdue).toEqual([])
    expect(await story.events('overdue')).toHaveLength(1)
  })

  it('met in time are never overdue', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', { entry: { nodes } })
    await story.by(经办人, complete(0))
    await story.on('2020-03-30')
    expect(await story.events('overdue')).toEqual([])
  })

  it('need evidence, exist, are completed once, by the unit', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', { entry: { nodes } })
    await story.refused(经办人, complete(2), 'JN-05', '没有这个节点')
    await story.refused(经办人, complete(0, []), 'JN-05', '须附材料')
    await story.refused(整改办, complete(0), 'GN-08')
    await story.by(经办人, complete(0))
    await story.refused(经办人, complete(0), 'JN-05', '已经完成')
  })

  it('stand in the way of closing while one is open', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', { entry: { nodes } })
    await expect(story.submits()).rejects.toThrow('JN-05')
  })
})

describe('JN-04 立行立改,长期坚持', () => {
  const given = { entry: { deadline: 立行立改长期坚持 } }
  const confirm = (done = '已拆除直排口') =>
    ({ type: 'confirm-immediate', done, evidence: [材料('照片')] }) as const

  it('the action is overdue after its days, until it is confirmed', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', given)
    await story.on('2019-10-23')
    expect((await story.events('overdue')).map(({ target }) => target)).toEqual(['immediate'])
    await story.by(经办人, confirm())
    expect((await story.state()).deadline?.overdue).toEqual([])
    await story.on('2022-06-01')
    expect(await story.events('overdue')).toHaveLength(1)
  })

  it('is confirmed once, with what was done, and before closing', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', given)
    await story.refused(经办人, confirm(' '), 'JN-04', '做了什么')
    await story.refused(整改办, confirm(), 'GN-08')
    await expect(story.submits()).rejects.toThrow('JN-04')
    await story.by(经办人, confirm())
    await story.refused(经办人, confirm(), 'JN-04', '已经确认')
    await story.submits()
  })

  it('is for such cases only', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan')
    await story.refused(经办人, confirm(), 'JN-04', '只有')
  })
})

describe('CD-02 立行立改', () => {
  it('is overdue after the policy’s working days', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', { entry: { deadline: 立行立改 } })
    await story.on('2019-10-22')
    expect(await story.moments('overdue')).toEqual(['2019-10-21T15:59:59.999Z'])
  })
})

describe('a calendar whose next year is not out', () => {
  it('GN-02 a date counted over it is marked provisional on the record', async () => {
    const years = Object.keys(rulesOf('yongzhou').calendar.years).toSorted()
    const last = years.at(-1) ?? ''
    const story = await aCase('yongzhou', {
      on: `${last}-12-28`,
      entry: { deadline: until(`${Number(last) + 2}-06-30`) },
    })
    await story.handedOver()
    expect((await story.events('handed-over'))[0]?.provisional).toContain('planBy')
  })
})
