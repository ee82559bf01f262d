import { describe, expect, it } from 'vitest'
import { plainDate } from '../../domain/words.js'
import { aMatter, onSite, 材料 } from '../support/entries.js'
import { 书记, 副秘书长, 包案领导, 单位负责人, 整改办, 旁人, 纪检监察, 经办人 } from '../support/people.js'
import { aCase, type Story } from '../support/story.js'
import { aCaseThatIs } from './given.js'

describe('JN-08 a matter of weight', () => {
  const report = (story: Story, what?: string) => aMatter(story.stage.now(), what)

  it('is acknowledged within a day, or noted as not acknowledged, once', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(经办人, report(story))
    await story.on('2019-10-09', '23:00')
    expect(await story.events('matter-unacknowledged')).toEqual([])
    await story.on('2019-10-12')
    expect(await story.moments('matter-unacknowledged')).toEqual(['2019-10-09T15:59:59.999Z'])
    await story.by(副秘书长, { type: 'acknowledge-matter', matter: 0 })
    expect((await story.state()).matters[0]?.state).toBe('acknowledged')
  })

  it('acknowledged in time is not noted', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(经办人, report(story))
    await story.by(包案领导, { type: 'acknowledge-matter', matter: 0 })
    await story.on('2019-10-20')
    expect(await story.events('matter-unacknowledged')).toEqual([])
  })

  it('says what happened, in a case handed over; is acknowledged once, by those it reaches', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.refused(经办人, report(story, ' '), 'JN-08', '发生了什么')
    await story.refused(旁人, report(story), 'GN-08')
    await story.by(经办人, report(story))
    await story.refused(经办人, { type: 'acknowledge-matter', matter: 0 }, 'GN-08')
    await story.refused(整改办, { type: 'acknowledge-matter', matter: 1 }, 'JN-08', '没有这件')
    await story.by(整改办, { type: 'acknowledge-matter', matter: 0 })
    await story.refused(整改办, { type: 'acknowledge-matter', matter: 0 }, 'JN-08', '已经签收')
    const registered = await aCase('yongzhou')
    await registered.refused(整改办, report(registered), 'JN-08', '尚未交办')
  })
})

describe('CD-12 visits of the case’s leader', () => {
  const visit = (story: Story, place?: string) => ({
    type: 'record-visit' as const,
    visit: { ...onSite(story.stage.now()), ...(place !== undefined && { place }) },
    opinion: '加快进度',
  })

  it('a case not visited within the period is listed, once a period', async () => {
    const story = await aCaseThatIs('rectifying', 'sample')
    await story.on('2020-07-10')
    expect((await story.events('visit-missed')).map(({ since }) => since)).toEqual([
      '2020-01-08',
      '2020-04-08',
      '2020-07-08',
    ])
  })

  it('a visit starts the period over', async () => {
    const story = await aCaseThatIs('rectifying', 'sample')
    await story.on('2020-01-06')
    await story.by(包案领导, visit(story))
    await story.on('2020-04-05')
    expect(await story.events('visit-missed')).toEqual([])
    await story.on('2020-04-08')
    expect((await story.events('visit-missed')).map(({ since }) => since)).toEqual(['2020-04-06'])
  })

  it('periods that went by in the hands of others count as one', async () => {
    const story = await aCaseThatIs('closing', 'sample')
    await story.on('2020-10-12')
    await story.by(经办人, { type: 'withdraw-closing', reason: '材料有误' })
    await story.on('2020-10-13')
    expect((await story.events('visit-missed')).map(({ since }) => since)).toEqual(['2020-10-08'])
  })

  it('after a rebound the period begins with the new round', async () => {
    const story = await aCaseThatIs('closed', 'sample')
    await story.on('2020-10-12')
    await story.by(整改办, { type: 'report-rebound', findings: '又见直排' })
    await story.on('2021-01-11')
    expect(await story.events('visit-missed')).toEqual([])
    await story.on('2021-01-13')
    expect((await story.events('visit-missed')).map(({ since }) => since)).toEqual(['2021-01-12'])
  })

  it('a city without the rule lists nobody; a visit says where, by a leader, after handing over', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2021-06-01')
    expect(await story.events('visit-missed')).toEqual([])
    await story.refused(包案领导, visit(story, ' '), 'CD-12', '地点')
    await story.refused(经办人, visit(story), 'GN-08')
    await story.by(书记, visit(story))
    expect((await story.state()).visits.count).toBe(1)
    const registered = await aCase('yongzhou')
    await registered.refused(包案领导, visit(registered), 'CD-12', '尚未交办')
  })
})

describe('CD-15 notes of the discipline organ', () => {
  const note = (text = '请说明资金去向') => ({ type: 'attach-supervision-note', text }) as const
  const answer = (index: number, text = '已附明细') =>
    ({ type: 'answer-supervision-note', note: index, answer: text }) as const

  it('are attached from handing over on, and answered once by the owner', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.by(纪检监察, note())
    await story.refused(经办人, answer(1), 'CD-15', '没有这条')
    await story.refused(经办人, answer(0, ' '), 'CD-15', '答复内容')
    await story.refused(旁人, answer(0), 'GN-08')
    await story.by(经办人, answer(0))
    await story.refused(经办人, answer(0), 'CD-15', '已经答复')
  })

  it('are the organ’s, say something, and not before handing over', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.refused(整改办, note(), 'GN-08')
    await story.refused(纪检监察, note(' '), 'CD-15', '写明监督意见')
    const registered = await aCase('yongzhou')
    await registered.refused(纪检监察, note(), 'CD-15', '交办之后')
  })
})

describe('催办 by a person', () => {
  it('moves no clock and uses up no rung', async () => {
    const story = await aCaseThatIs('rectifying')
    const before = await story.state()
    await story.by(整改办, { type: 'chase', whom: 'responsible-unit', words: '请抓紧' })
    const { at: _at, recent: _recent, ...after } = await story.state()
    const { at: _before, recent: _done, ...was } = before
    expect(after).toEqual(was)
    expect((await story.told()).at(-1)).toContain('催办责任单位:请抓紧')
  })

  it('is for those who supervise, of a case that is open', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.refused(经办人, { type: 'chase', whom: 'office', words: '请批' }, 'GN-08')
    const registered = await aCase('yongzhou')
    await registered.refused(整改办, { type: 'chase', whom: 'office', words: '请批' }, 'GN-10')
  })
})

describe('YZ-09 evidence', () => {
  const add = (...names: readonly string[]) => ({ type: 'add-evidence', evidence: names.map(材料) }) as const

  it('added while nobody has signed voids nothing', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(单位负责人, add('监测报告'))
    expect(await story.events('sign-offs-voided')).toEqual([])
  })

  it('added after signatures voids them: the round begins at its first step, and the record keeps them', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('mayor')
    await story.by(经办人, add('补充监测报告'))
    await story.turn('self-check')
    expect((await story.state()).closing).toMatchObject({ signOffs: [], votes: [] })
    expect((await story.events('sign-offs-voided'))[0]?.lapsed).toHaveLength(4)
    expect(await story.events('signed')).toHaveLength(4)
    await story.signedUpTo()
    await story.phase('on-notice')
  })

  it('added while the notice is up takes the case back to the first signature', async () => {
    const story = await aCaseThatIs('on-notice')
    await story.posts()
    await story.by(经办人, add('补充监测报告'))
    await story.phase('closing')
    await story.turn('self-check')
    expect((await story.state()).closing).not.toHaveProperty('notice')
    await story.signedUpTo()
    await story.posts()
    await story.on('2019-12-02')
    expect(await story.events('notice-ended')).toHaveLength(1)
  })

  it('added while the filing is out does so, too', async () => {
    const story = await aCaseThatIs('filing')
    await story.by(整改办, { type: 'send-filing', to: '省整改办', noticeResult: '无异议' })
    await story.by(经办人, add('补充监测报告'))
    await story.phase('closing')
    await story.refused(
      整改办,
      { type: 'record-filing-receipt', receipt: '备1号', receivedOn: plainDate('2019-10-19') },
      'YZ-06',
    )
  })

  it('already there is not there twice, and changes nothing', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(经办人, add('监测报告', '监测报告'))
    expect((await story.state()).evidence.map(({ name }) => name)).toEqual(['整改方案.pdf', '监测报告.pdf'])
    await story.refused(经办人, add('监测报告'), 'YZ-09', '已经在案')
    await story.refused(经办人, add(), 'YZ-09')
    await story.refused(整改办, add('别的'), 'GN-08')
    const registered = await aCase('yongzhou')
    await registered.refused(经办人, add('别的'), 'YZ-09', '现在不能')
  })
})
