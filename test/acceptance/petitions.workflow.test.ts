import { expect } from 'vitest'
import type { Opening } from '../../domain/decider-types.js'
import { draw } from '../../domain/draw/draw.js'
import { analysisOf } from '../../domain/petition/analysis.js'
import { repeatsAmong } from '../../domain/petition/repeats.js'
import type { PetitionState } from '../../domain/petition/types.js'
import { plainDate } from '../../domain/words.js'
import { 材料 } from '../support/entries.js'
import { unit, 整改办, 整改办主任, 旁人, 纪检监察, 经办人 } from '../support/people.js'
import { rulesOf } from '../support/policies.js'
import type { Story } from '../support/story.js'
import { endOf, hourOf, timeline } from './acts.js'
import { acceptance, type GivenOpened } from './clause.js'

const { clause } = acceptance()

type Receive = Extract<Opening, { type: 'receive-petition' }>
const received = (more: Partial<Receive> = {}): Receive => ({
  type: 'receive-petition',
  channel: '12345',
  petitioner: { name: '张女士', contact: '13800000000' },
  place: '甲县冷水滩河口',
  area: '甲县',
  subject: '河水发黑发臭',
  text: '每到夜里臭味更重',
  receivedOn: plainDate('2019-11-01'),
  ...more,
})

const aPetition = (opened: GivenOpened, more: Partial<Receive> = {}, on = '2019-11-01'): Promise<Story> =>
  opened('yongzhou', 整改办, received({ receivedOn: plainDate(on), ...more }), { on })

const assigned = async (story: Story): Promise<Story> => {
  await story.by(整改办, { type: 'accept-petition' })
  return story.by(整改办, { type: 'assign-petition', unit: unit('甲县政府'), words: '限期办理' })
}
const answers = (story: Story, answer = '已截污,恢复清澈') =>
  story.by(经办人, {
    type: 'answer-petition',
    findings: '雨污混流',
    truth: 'true',
    answer,
    told: '11 月 20 日电话告知',
    evidence: [材料('现场照片')],
  })
const closes = (story: Story) =>
  story.by(整改办, { type: 'close-petition', satisfied: 'satisfied', note: '' })
const state = (story: Story): Promise<PetitionState> => story.stateOf('petition')

clause(
  'GN-11',
  'accepted or not within 15 days; 60 calendar days from acceptance, not from receipt; one extension of at most 30',
  async (_given, { opened, toldOf }) => {
    const story = await aPetition(opened)
    await story.on('2019-11-20')
    // 1 November and fifteen calendar days; chased a week before.
    expect(await timeline(story, 'petition-chased', 'petition-late')).toEqual([
      `petition-chased ${hourOf('2019-11-09', 9)}`,
      `petition-late ${endOf('2019-11-16')}`,
    ])
    expect(await toldOf(story, 'petition-late')).toEqual([[{ seat: 'office' }, { seat: 'office-head' }]])
    await assigned(story)
    // Sixty days of the calendar from the 20th, holidays and all.
    expect((await state(story)).closeBy).toBe('2020-01-19')
    const ask = (days: number) =>
      ({ type: 'request-petition-extension', days, reason: '须待枯水期施工' }) as const
    await story.refused(经办人, ask(31), 'GN-11', '至多延长 30 天')
    await story.refused(整改办, ask(30), 'GN-11')
    await story.by(经办人, ask(30))
    await story.refused(
      整改办,
      { type: 'decide-petition-extension', decision: 'approve', reason: '同意' },
      'GN-11',
    )
    await story.by(整改办主任, { type: 'decide-petition-extension', decision: 'approve', reason: '同意' })
    expect(await state(story)).toMatchObject({ closeBy: '2020-02-18', originalCloseBy: '2020-01-19' })
    await story.refused(经办人, ask(5), 'GN-11', '只能延长一次')
    await story.on('2020-02-19')
    expect((await state(story)).late).toEqual(['accept 2019-11-16', 'close 2020-02-18'])
    // Late work does not take the record back.
    await answers(story)
    await closes(story)
    expect(await state(story)).toMatchObject({ phase: 'closed', late: { length: 2 } })
  },
)

clause(
  'GN-11',
  'an extension asked for after the end is refused; what is not accepted is answered with its reasons',
  async (_given, { opened }) => {
    const late = await assigned(await aPetition(opened))
    await late.on('2020-01-03')
    await late.refused(
      经办人,
      { type: 'request-petition-extension', days: 10, reason: '忙' },
      'GN-11',
      '办理期限已过',
    )
    const declined = await aPetition(opened, {}, '2020-01-03')
    await declined.refused(整改办, { type: 'decline-petition', reason: '不属本级', told: ' ' }, 'GN-11')
    await declined.by(整改办, { type: 'decline-petition', reason: '不属本级管辖', told: '书面告知' })
    expect(await state(declined)).toMatchObject({ phase: 'declined', answeredAt: expect.any(String) })
  },
)

clause(
  'JN-19 HY-07',
  'petitions of 12345 and of 12369 get a number, go to their unit, are linked to a case and answered',
  async (_given, { opened, toldOf }) => {
    for (const channel of ['12345', '12369', 'letter', 'visit'] as const) {
      const story = await aPetition(opened, { channel })
      expect(story.stage.caseId).toMatch(/\/xf-\d{4}$/)
      await story.refused(
        整改办,
        { type: 'assign-petition', unit: unit('甲县政府'), words: '' },
        'GN-11',
        '待受理',
      )
      await assigned(story)
      expect(await toldOf(story, 'petition-assigned')).toEqual([[{ unit: '甲县政府', who: 'everybody' }]])
      await story.by(整改办, { type: 'link-petition', problem: 'yongzhou-accept/001' as never })
      const answer = { type: 'answer-petition', findings: '属实', truth: 'true', answer: '已整改' } as const
      await story.refused(经办人, { ...answer, told: ' ', evidence: [材料('照片')] }, 'HH-13')
      await story.refused(经办人, { ...answer, told: '电话', evidence: [] }, 'GN-11')
      await story.refused(旁人, { ...answer, told: '电话', evidence: [材料('照片')] }, 'GN-11', '不由您办理')
      await answers(story)
      await closes(story)
      expect(await state(story)).toMatchObject({ phase: 'closed', channel, problem: 'yongzhou-accept/001' })
    }
    await expect(opened('yongzhou', 经办人, received(), { on: '2019-11-01' })).rejects.toThrow(/JN-19/)
    await expect(opened('yongzhou', { stranger: '市民' }, received(), { on: '2019-11-01' })).rejects.toThrow(
      /JN-19/,
    )
    const online = await opened('yongzhou', { stranger: '市民' }, received({ channel: 'online' }), {
      on: '2019-11-01',
    })
    expect(await online.told()).toEqual(['群众 市民 收到网上:甲县冷水滩河口,河水发黑发臭'])
  },
)

clause(
  'HY-05 YZ-14',
  'repeats are found by place and subject; a person confirms; the merged keep their numbers and get the main one’s answer; three propose supervision',
  async (_given, { opened, delivered }) => {
    const main = await aPetition(opened)
    const again = await aPetition(opened, { channel: '12369', subject: '河水发臭' })
    const third = await aPetition(opened, { subject: '河水发黑,臭味大', place: '冷水滩河口下游' })
    const other = await aPetition(opened, { place: '乙县采石场', subject: '爆破扬尘' })
    const { petitions } = rulesOf('yongzhou').policy
    if (!petitions) throw new Error('no rules for petitions')
    const all = [main, again, third, other]
    const found = repeatsAmong(await Promise.all(all.map(state)), petitions)
    expect(found).toMatchObject([
      {
        main: main.stage.caseId,
        petitions: [{ id: again.stage.caseId }, { id: third.stage.caseId }],
        supervise: 'supervise',
      },
    ])
    // Proposed, not done.
    expect((await state(again)).phase).toBe('received')

    await assigned(main)
    const merge = { type: 'merge-petition', into: main.stage.caseId, reason: '同一河段同一问题' } as const
    await again.refused(经办人, merge, 'GN-11')
    await main.refused(整改办, merge, 'HY-05', '不能并入自己')
    await again.by(整改办, merge)
    await delivered(again)
    expect((await state(main)).supervision).toBe('none')
    await third.by(整改办, merge)
    await delivered(third)
    expect(await state(main)).toMatchObject({
      takenIn: [again.stage.caseId, third.stage.caseId],
      supervision: 'proposed',
    })
    await main.refused(
      整改办,
      { type: 'decide-petition-supervision', decision: 'supervise', reason: '督' },
      'GN-11',
    )
    await main.by(整改办主任, {
      type: 'decide-petition-supervision',
      decision: 'supervise',
      reason: '反复投诉',
    })

    await answers(main, '已截污')
    await delivered(main)
    await closes(main)
    for (const merged of [again, third]) {
      expect(await state(merged)).toMatchObject({ phase: 'merged-closed', mergedInto: main.stage.caseId })
      expect((await merged.told()).at(-1)).toBe(`系统 随 ${main.stage.caseId} 一并答复:已截污`)
    }
    await other.by(整改办, { type: 'accept-petition' })
    const states = await Promise.all(all.map(state))
    const accepted = states.filter(({ acceptedAt }) => acceptedAt).length
    const closed = states.filter(({ closedAt }) => closedAt).length
    expect([states.length, accepted, closed]).toEqual([4, 4, 3])
    expect(new Set(states.map(({ id }) => id)).size).toBe(4)
  },
)

clause(
  'HY-05',
  'a main one that was itself merged passes on what it took in; what was merged by mistake goes its own way again',
  async (_given, { opened, delivered }) => {
    const [first, second, third] = [await aPetition(opened), await aPetition(opened), await aPetition(opened)]
    const into = (to: Story) => ({ type: 'merge-petition', into: to.stage.caseId, reason: '重复' }) as const
    await third.by(整改办, into(second))
    await delivered(third)
    await second.by(整改办, into(first))
    await delivered(second)
    expect((await state(first)).takenIn).toEqual([second.stage.caseId, third.stage.caseId])
    await second.by(整改办, { type: 'unmerge-petition', reason: '并非同一处' })
    await delivered(second)
    expect((await state(first)).takenIn).toEqual([])
    expect((await state(second)).phase).toBe('accepted')
    // The 60 days ran on all the while.
    expect((await state(second)).closeBy).toBe('2019-12-31')
  },
)

clause(
  'HH-12',
  'a random sample of answered petitions is re-examined, by others than those who answered; a bad answer reopens',
  async (_given, { opened, delivered }) => {
    const petitions: Story[] = []
    for (let n = 0; n < 4; n += 1) {
      const story = await assigned(await aPetition(opened))
      await answers(story)
      petitions.push(story)
    }
    const cases = petitions.map(({ stage }) => stage.caseId)
    const check = await opened(
      'yongzhou',
      整改办,
      {
        type: 'order-inspection',
        form: 'random',
        of: 'petitions',
        title: '抽查信访办理质量',
        order: '第四季度',
        subjects: { cases, units: [unit('甲县政府')], areas: [] },
        team: [{ person: '纪检' as never, name: '纪检小郑' }],
        until: plainDate('2019-12-20'),
      },
      { on: '2019-11-01' },
    )
    await check.by(整改办, { type: 'draw-sample', seed: '2019 第四季度', take: 2 })
    const [drawn] = await check.events('sample-drawn')
    expect(drawn?.selected).toEqual(draw(cases, '2019 第四季度', 2))
    await delivered(check)
    const chosen = petitions.filter(({ stage }) => drawn?.selected.includes(stage.caseId))
    const [good, bad] = chosen
    const left = petitions.find((story) => !chosen.includes(story))
    if (!good || !bad || !left) throw new Error('two of four')
    const verdict = (of: 'good' | 'bad', reasons = '') =>
      ({ type: 'reexamine-petition', verdict: of, reasons }) as const
    await left.refused(整改办, verdict('bad', '没有去'), 'HH-12', '没有被抽中')
    await good.refused(经办人, verdict('good'), 'GN-11', '不由您办理')
    await good.refused(
      { ...整改办, posts: [...整改办.posts, ...经办人.posts] },
      verdict('good'),
      'GN-08',
      '不得复查自己办理的',
    )
    await good.by(整改办, verdict('good'))
    await bad.refused(纪检监察, verdict('bad'), 'HH-12', '请写明')
    await bad.by(纪检监察, verdict('bad', '电话回访,臭味依旧'))
    expect(await state(bad)).toMatchObject({ phase: 'assigned', reopened: 1, closeBy: '2019-12-01' })
    await bad.on('2019-12-02')
    expect((await state(bad)).late).toEqual(['close 2019-12-01'])
    await answers(bad, '已彻底整治')
    await closes(bad)
    expect((await bad.told()).filter((line) => line.includes('已截污'))).toHaveLength(1)
  },
)

clause(
  'HY-06',
  'petitions are analysed by place, subject, channel, repeats and answer time, each number with its petitions',
  async (_given, { opened, delivered }) => {
    const quick = await assigned(await aPetition(opened))
    const again = await aPetition(opened, { channel: '12369' })
    await again.by(整改办, { type: 'merge-petition', into: quick.stage.caseId, reason: '重复' })
    await delivered(again)
    await quick.on('2019-11-11')
    await answers(quick)
    await delivered(quick)
    const slow = await assigned(await aPetition(opened, { area: '乙县', subject: '扬尘' }, '2019-11-12'))
    await slow.on('2019-12-12')
    await answers(slow)
    const states = await Promise.all([quick, again, slow].map(state))
    const { total, byArea, bySubject, byChannel } = analysisOf(
      states,
      plainDate('2019-11-01'),
      plainDate('2019-12-31'),
    )
    expect(total).toMatchObject({
      received: { length: 3 },
      repeats: { length: 2 },
      answerDays: { median: 10, worst: 30 },
    })
    expect(byArea.map(({ title, received: { length } }) => [title, length])).toEqual([
      ['甲县', 2],
      ['乙县', 1],
    ])
    expect(bySubject.map(({ title }) => title)).toEqual(['河水发黑发臭', '扬尘'])
    expect(byChannel.find(({ title }) => title === '12369 举报')?.received).toEqual([again.stage.caseId])
    expect(analysisOf(states, plainDate('2019-11-12'), plainDate('2019-12-31')).total.received).toEqual([
      slow.stage.caseId,
    ])
  },
)
