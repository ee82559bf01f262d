import { describe, expect, it } from 'vitest'
import type { Command } from '../../domain/case/commands.js'
import { plainDate } from '../../domain/words.js'
import { 书记, 整改办, 监管单位, 经办人 } from '../support/people.js'
import { type CityRules, withPolicy } from '../support/policies.js'
import type { Story } from '../support/story.js'
import { aCaseThatIs, aNoticeUp } from './given.js'

const post = (story: Story, postedOn: string, channels?: readonly string[]): Command => {
  const step = story.rules.policy.closing.chain.find(({ kind }) => kind === 'notice')
  const asked = step?.kind === 'notice' ? step.channels : []
  return {
    type: 'post-notice',
    postedOn: plainDate(postedOn),
    result: '已完成整改',
    contact: '市整改办 12345',
    channels: (channels ?? asked).map((channel) => ({ channel, where: '头版' })),
  }
}
const 群众 = { stranger: '热心市民' }
const object = (text = '夜里仍有臭味') => ({ type: 'object', text, contact: '138****0000' }) as const
const answer = (objection: number, decision: 'accept' | 'reject', words = '经现场监测') =>
  ({ type: 'answer-objection', objection, decision, answer: words }) as const
const takeDown = (reason = '文字有误') => ({ type: 'take-down-notice', reason }) as const

const countingFromNextDay: CityRules = withPolicy('yongzhou', ({ closing }) => ({
  closing: {
    ...closing,
    chain: closing.chain.map((step) =>
      step.kind === 'notice'
        ? { ...step, period: { days: 7, of: 'calendar' }, counting: 'from-next-day' }
        : step,
    ),
  },
}))

describe('CD-09 公示', () => {
  it('runs for the policy’s working days, the day of posting counted, to the end of the last', async () => {
    const story = await aNoticeUp()
    expect((await story.events('notice-posted'))[0]).toMatchObject({
      postedOn: '2019-10-08',
      until: '2019-10-18',
      provisional: 'final',
    })
    await story.on('2019-10-18', '23:59')
    await story.phase('on-notice')
    await story.on('2019-10-19')
    expect(await story.moments('notice-ended')).toEqual(['2019-10-18T15:59:59.999Z'])
    await story.phase('filing')
  })

  it('in a city that counts calendar days from the next day, ends on any day', async () => {
    const story = await aNoticeUp(countingFromNextDay, { on: '2019-10-12' })
    await story.on('2019-10-20')
    expect(await story.moments('notice-ended')).toEqual(['2019-10-19T15:59:59.999Z'])
  })

  it('CD-19 is recorded with every channel the city names', async () => {
    const story = await aCaseThatIs('on-notice')
    await story.refused(整改办, post(story, '2019-10-08', ['微博']), 'CD-19', '市政府门户网站')
    await story.posts()
    expect((await story.events('notice-posted'))[0]?.channels).toHaveLength(3)
  })

  it('is posted once, by office or unit, when the signatures are given', async () => {
    const story = await aCaseThatIs('closing')
    await story.refused(整改办, post(story, '2019-10-08'), 'YZ-06', '还没有轮到公示')
    await story.signedUpTo()
    await story.refused(书记, post(story, '2019-10-08'), 'GN-08')
    await story.by(监管单位, post(story, '2019-10-08'))
    await story.refused(整改办, post(story, '2019-10-08'), 'CD-09', '已在公示')
    const rectifying = await aCaseThatIs('rectifying')
    await rectifying.refused(整改办, post(rectifying, '2019-10-08'), 'CD-05')
  })

  it('is late when it is not posted within its days', async () => {
    const story = await aCaseThatIs('on-notice')
    await story.on('2019-10-20')
    expect(await story.moments('step-late')).toEqual(['2019-10-14T15:59:59.999Z'])
  })
})

describe('GN-04 publicity counts from the actual posting', () => {
  it('never from a day ahead, long past, or before the signatures were given', async () => {
    const story = await aCaseThatIs('on-notice')
    await story.on('2019-10-23')
    await story.refused(整改办, post(story, '2019-10-24'), 'GN-04', '实际发布之日')
    await story.refused(整改办, post(story, '2019-10-15'), 'GN-04', '实际发布之日')
    await story.by(整改办, post(story, '2019-10-17'))
    const early = await aCaseThatIs('on-notice')
    await early.refused(整改办, post(early, '2019-10-07'), 'GN-04', '不得早于前一关')
  })

  it('a period that is over before it is recorded gave nobody the chance to object', async () => {
    const shortNotice = withPolicy('yongzhou', ({ closing }) => ({
      closing: {
        ...closing,
        chain: closing.chain.map((step) =>
          step.kind === 'notice' ? { ...step, period: { days: 3, of: 'calendar' } } : step,
        ),
      },
    }))
    const story = await aCaseThatIs('on-notice', shortNotice)
    await story.on('2019-10-14')
    await story.refused(整改办, post(story, '2019-10-09'), 'GN-04', '已经期满')
    await story.by(整改办, post(story, '2019-10-12'))
  })

  it('a takedown starts it over; the new posting is not before the takedown', async () => {
    const story = await aNoticeUp()
    await story.on('2019-10-15')
    await story.by(整改办, takeDown())
    await story.on('2019-10-25')
    expect(await story.events('notice-ended')).toEqual([])
    await story.refused(整改办, post(story, '2019-10-14'), 'GN-04')
    await story.by(整改办, post(story, '2019-10-25'))
    expect((await story.state()).closing?.notice?.until).toBe('2019-11-07')
  })

  it('is taken down by the office, with a reason, while it is up', async () => {
    const story = await aNoticeUp()
    await story.refused(经办人, takeDown(), 'GN-08')
    await story.refused(整改办, takeDown(' '), 'GN-07')
    await story.by(整改办, takeDown())
    await story.refused(整改办, takeDown(), 'GN-04', '没有正在进行')
  })
})

describe('CD-09 objections', () => {
  it('come without an account, and that person may do nothing else', async () => {
    const story = await aNoticeUp()
    await story.by(群众, object())
    expect((await story.told()).at(-1)).toBe('群众 热心市民 公示异议:夜里仍有臭味')
    await story.refused(群众, answer(0, 'accept'), 'GN-08', '须登录')
    await story.refused(群众, { type: 'hand-over' }, 'GN-08', '须登录')
  })

  it('come from a signed-in person as from the public', async () => {
    const story = await aNoticeUp()
    await story.by(经办人, object())
    expect((await story.stage.record()).at(-1)?.by).toEqual({ kind: 'public', name: '经办小罗' })
  })

  it('need words, and a notice that is up', async () => {
    const story = await aCaseThatIs('on-notice')
    await story.refused(群众, object(), 'CD-09', '尚未开始')
    await story.posts()
    await story.refused(群众, object(' '), 'CD-09', '异议内容')
    await story.noticeOver()
    await story.refused(群众, object(), 'CD-10')
    const rectifying = await aCaseThatIs('rectifying')
    await rectifying.refused(群众, object(), 'CD-05', '不在公示期')
  })

  it('accepted, one stops the notice and returns the case', async () => {
    const story = await aNoticeUp()
    await story.by(群众, object())
    await story.by(整改办, answer(0, 'accept'))
    await story.phase('rectifying')
    await story.on('2019-10-19')
    expect(await story.events('notice-ended')).toEqual([])
    await story.submits()
    expect((await story.state()).closing?.number).toBe(2)
  })

  it('unanswered, one holds the notice up beyond its days, and is noted once', async () => {
    const story = await aNoticeUp()
    await story.on('2019-10-17')
    await story.by(群众, object())
    await story.on('2019-10-30')
    expect(await story.moments('objection-unanswered')).toEqual(['2019-10-24T15:59:59.999Z'])
    await story.phase('on-notice')
    await story.refused(群众, object('迟到的异议'), 'CD-09', '期满')
    await story.by(整改办, answer(0, 'reject'))
    await story.on('2019-10-31')
    await story.phase('filing')
    expect((await story.events('notice-ended'))[0]?.objections).toBe(1)
  })

  it('several are each answered, once, by those who verify', async () => {
    const story = await aNoticeUp()
    await story.by(群众, object())
    await story.by({ stranger: '另一位' }, object('河水仍黑'))
    await story.refused(经办人, answer(0, 'reject'), 'GN-08')
    await story.refused(整改办, answer(2, 'reject'), 'CD-09', '没有这条')
    await story.refused(整改办, answer(0, 'reject', ' '), 'CD-09', '答复内容')
    await story.by(整改办, answer(0, 'reject'))
    await story.refused(整改办, answer(0, 'accept'), 'CD-09', '已经答复')
    await story.on('2019-10-19')
    await story.phase('on-notice')
    await story.by(监管单位, answer(1, 'reject'))
    await story.on('2019-10-20')
    await story.phase('filing')
  })

  it('are not lost when the notice is taken down and posted again', async () => {
    const story = await aNoticeUp()
    await story.by(群众, object())
    await story.by(整改办, takeDown())
    await story.on('2019-10-21')
    await story.posts()
    await story.on('2019-11-30')
    await story.phase('on-notice')
    expect(await story.events('objection-unanswered')).toHaveLength(1)
    await story.by(整改办, answer(0, 'reject'))
    await story.on('2019-12-01')
    await story.phase('filing')
  })
})
