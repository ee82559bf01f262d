import { describe, expect, it } from 'vitest'
import type { Command, FalsehoodCode } from '../../domain/case/commands.js'
import { hasEnded, nextMoment } from '../../domain/decider.js'
import { plainDate } from '../../domain/words.js'
import { onSite, 立行立改 } from '../support/entries.js'
import { 单位负责人, 整改办, 整改办主任, 牵头单位, 纪检监察, 经办人, 身兼两职 } from '../support/people.js'
import type { Story } from '../support/story.js'
import { aCaseThatIs } from './given.js'

const look = (
  story: Story,
  result: 'holds' | 'rebound' = 'holds',
  change: { findings?: string; photos?: readonly []; code?: FalsehoodCode } = {},
): Command => ({
  type: 'look-back',
  result,
  findings: change.findings ?? '运行正常',
  site: { ...onSite(story.stage.now()), ...(change.photos && { photos: change.photos }) },
  ...(change.code && { code: change.code }),
})

describe('JN-12 回头看', () => {
  it('falls due 3, 6 and 12 months after closure, on working days; after the last the case is archived', async () => {
    const story = await aCaseThatIs('closed')
    for (const date of ['2020-01-20', '2020-04-20', '2020-10-19']) {
      await story.on(date)
      await story.by(整改办, look(story))
    }
    expect(await story.moments('look-back-due')).toEqual([
      // Closed on Saturday 19 October: the 19th of January is a Sunday on which work is made up.
      '2020-01-19T01:00:00.000Z',
      '2020-04-20T01:00:00.000Z',
      '2020-10-19T01:00:00.000Z',
    ])
    await story.phase('archived')
    expect((await story.told()).at(-1)).toBe('系统 归档')
  })

  it('立行立改 is looked back at once, at six months', async () => {
    const story = await aCaseThatIs('closed', 'yongzhou', { entry: { deadline: 立行立改 } })
    await story.on('2020-04-20')
    await story.by(整改办, look(story))
    await story.phase('archived')
  })

  it('not carried out within its days, is noted as late, once, and still to be done', async () => {
    const story = await aCaseThatIs('closed')
    await story.on('2020-04-10')
    expect(await story.events('look-back-late')).toMatchObject([{ month: 3 }])
    await story.by(整改办, look(story))
    await story.on('2020-04-25')
    expect((await story.events('look-back-due')).map(({ month }) => month)).toEqual([3, 6])
  })

  it('waits for its day, for a closed case, and for photos and findings', async () => {
    const story = await aCaseThatIs('closed')
    await story.refused(整改办, look(story), 'JN-12', '还没有到期')
    await story.on('2020-01-20')
    await story.refused(整改办, look(story, 'holds', { photos: [] }), 'YZ-09', '照片')
    await story.refused(整改办, look(story, 'holds', { findings: ' ' }), 'JN-12', '情况')
    await story.refused(整改办, look(story, 'holds', { code: 'feigned' }), 'CD-16', '假装整改')
    const open = await aCaseThatIs('rectifying')
    await open.refused(整改办, look(open), 'JN-12', '已销号')
  })

  it('GN-08 is carried out by others than those who answer for the item', async () => {
    const story = await aCaseThatIs('closed')
    await story.on('2020-01-20')
    await story.refused(经办人, look(story), 'GN-08', '不在其列')
    const both = { ...身兼两职, posts: [...身兼两职.posts, { role: 'coordinator' as const }] }
    await story.refused(both, look(story), 'GN-08', '本单位')
    await story.by(牵头单位, look(story))
  })
})

describe('JN-12 a rebound', () => {
  it('found by a look-back, reopens the case as a new round with its whole history', async () => {
    const story = await aCaseThatIs('closed')
    await story.on('2020-01-20')
    await story.by(整改办, look(story, 'rebound', { findings: '又见直排' }))
    await story.phase('rectifying')
    const state = await story.state()
    expect(state.rectification).toEqual({ round: 2, since: story.stage.now() })
    expect(state).not.toHaveProperty('closedAt')
    expect(state.evidence.length).toBeGreaterThan(0)
    expect((await story.told()).some((line) => line.includes('书记签字 签署'))).toBe(true)
    await story.on('2020-02-08')
    expect(await story.events('return-missed')).not.toEqual([])
  })

  it('closed again, is looked back at from the new closure, from the first month', async () => {
    const story = await aCaseThatIs('closed')
    await story.on('2020-01-20')
    await story.by(整改办, look(story, 'rebound'))
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    expect((await story.state()).closing).toBeUndefined()
    const closedOn = (await story.state()).closedAt
    await story.on('2020-06-01')
    expect(closedOn).toBe('2020-02-11T02:00:00.000Z')
    expect((await story.moments('look-back-due')).at(-1)).toBe('2020-05-11T01:00:00.000Z')
  })

  it('may be reported at any time after closure, by those who watch, also of an archived case', async () => {
    const report = (findings = '群众举报又见直排') => ({ type: 'report-rebound', findings }) as const
    const story = await aCaseThatIs('closed')
    await story.refused(单位负责人, report(), 'GN-08')
    await story.refused(整改办, report(' '), 'JN-12', '反弹情况')
    for (const date of ['2020-01-20', '2020-04-20', '2020-10-19']) {
      await story.on(date)
      await story.by(整改办, look(story))
    }
    await story.by(纪检监察, report())
    await story.phase('rectifying')
    await story.refused(整改办, report(), 'JN-12', '谈不上反弹')
  })
})

describe('a case that has ended', () => {
  const archived = async (story: Story): Promise<Story> => {
    for (const date of ['2020-01-20', '2020-04-20', '2020-10-19']) {
      await story.on(date)
      await story.by(整改办, look(story))
    }
    return story.phase('archived')
  }

  it('waits for nothing', async () => {
    const story = await archived(await aCaseThatIs('closed'))
    const ledger = await story.stage.state()
    expect(hasEnded(ledger)).toBe(true)
    expect(nextMoment(story.rules, ledger)).toBeUndefined()
  })

  it('YZ-11 has not ended while a commitment of an interview has its day to come', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', { on: '2019-09-02' })
    await story.on('2019-09-28')
    await story.by(整改办主任, { type: 'decide-rung', rung: 'interview', decision: 'issue', reason: '缺报' })
    await story.by(整改办, {
      type: 'record-interview',
      minutes: '责令整改',
      present: ['局长老周'],
      commitments: [{ text: '年底前建成管网', by: plainDate('2020-12-31') }],
    })
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await archived(story)
    expect(hasEnded(await story.stage.state())).toBe(false)
    await story.on('2021-01-04')
    expect(await story.events('commitment-missed')).toHaveLength(1)
    expect(hasEnded(await story.stage.state())).toBe(true)
  })
})
