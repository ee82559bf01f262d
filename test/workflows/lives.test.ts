import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasEnded } from '../../domain/decider.js'
import type { Entry } from '../../domain/entry.js'
import { plainDate } from '../../domain/words.js'
import { onSite, returned, until, 材料, 长期坚持 } from '../support/entries.js'
import * as people from '../support/people.js'
import { aCase, type Story } from '../support/story.js'
import { expectSameAsPure } from './retold.js'
import { skippedWorld } from './skipped.js'
import { type WorkflowStage, workflowStage } from './stage.js'
import type { World } from './world.js'

let world: World
let told: WorkflowStage | undefined
let stories = 0
beforeAll(async () => {
  world = await skippedWorld()
})
afterAll(() => world.close())

/** Every life here is told twice: by a workflow under skipped time, then by the pure domain. They must not differ. */
afterEach(async () => {
  if (told) await expectSameAsPure(told)
  await told?.end()
  told = undefined
})

const given = (entry: Partial<Entry> = {}, on = '2019-10-08'): Promise<Story> => {
  stories += 1
  return aCase('yongzhou', {
    id: `lives/${String(stories).padStart(3, '0')}`,
    on,
    entry: { deadline: until('2020-06-30'), ...entry },
    stage: async (rules, caseId, start) => {
      told = await workflowStage(world, rules, caseId, start)
      return told
    },
  })
}

const looksBack = (story: Story, result: 'holds' | 'rebound') =>
  story.by(people.整改办, {
    type: 'look-back',
    result,
    findings: result === 'holds' ? '未见反弹' : '排口又见黑水',
    site: onSite(story.stage.now()),
  })

describe('a life under skipped time', () => {
  it('a diligent unit: a return every week, closed, looked back at three times, archived; its workflow ends', async () => {
    const story = await given()
    await story.rectifying()
    await story.reportsWeeklyUntil('2020-03-02')
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
    for (const day of ['2020-06-23', '2020-09-23', '2021-03-23']) {
      await story.on(day)
      await looksBack(story, 'holds')
    }
    await story.phase('archived')
    expect(await story.events('return-missed')).toEqual([])
    expect(hasEnded(await story.stage.state())).toBe(true)
    await told?.handle.result()
  })

  it('a silent unit: chased and missed every week, up every rung there is, and no rung twice', async () => {
    const story = await given()
    await story.handedOver()
    await story.on('2020-09-30')
    expect((await story.events('return-missed')).length).toBeGreaterThan(40)
    expect(await story.rung('warning')).toBe('raised')
    expect(await story.rung('interview')).toBe('drafted')
    await story.by(people.整改办主任, {
      type: 'decide-rung',
      rung: 'interview',
      decision: 'issue',
      reason: '超期未完成',
    })
    expect(await story.rung('interview')).toBe('raised')
    expect(await story.rung('referral-draft')).toBe('drafted')
    const raised = (await story.events('rung-raised')).map(({ rung }) => rung)
    expect(new Set(raised).size).toBe(raised.length)
  })

  it('the mayor refuses: the sign-offs lapse and the round starts over', async () => {
    const story = await given()
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('mayor')
    await story.on('2019-10-10')
    await story.refuses(people.县长, '排口仍有渗漏')
    await story.phase('rectifying')
    await story.on('2019-11-04')
    await story.submits()
    await story.signedUpTo()
    await story.phase('on-notice')
    expect((await story.events('step-refused')).map(({ lapsed }) => lapsed.length)).not.toContain(0)
    expect((await story.events('closing-submitted')).map(({ closing }) => closing)).toEqual([1, 2])
  })

  it('an objection is accepted while on notice: back to rectifying, then closed after all', async () => {
    const story = await given()
    await story.rectifying()
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.on('2019-10-10')
    await story.by({ stranger: '居民王先生' }, { type: 'object', text: '夜里仍在排', contact: '139' })
    await story.on('2019-10-11')
    await story.by(people.整改办, {
      type: 'answer-objection',
      objection: 0,
      decision: 'accept',
      answer: '属实',
    })
    await story.phase('rectifying')
    await story.on('2019-12-02')
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
  })

  it('a rebound is found at the look-back after six months: a new round of the same case', async () => {
    const story = await given()
    await story.closed()
    await story.on('2020-01-22')
    await looksBack(story, 'holds')
    await story.on('2020-04-22')
    await looksBack(story, 'rebound')
    await story.phase('rectifying')
    expect((await story.state()).rectification.round).toBe(2)
    await story.on('2020-05-20')
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
  })

  it('长期坚持: never overdue as a whole, its nodes and duties are', async () => {
    const story = await given({
      deadline: 长期坚持,
      nodes: [
        { text: '管网排查完成', date: plainDate('2020-03-31') },
        { text: '管网改造完成', date: plainDate('2021-03-31') },
      ],
      duties: [{ text: '每半年开展一次执法检查', period: 'P6M', bodies: ['甲县政府', '市生态环境局'] }],
    })
    await story.rectifying()
    await story.on('2020-03-20')
    await story.by(people.经办人, { type: 'complete-node', node: 0, evidence: [材料('排查报告')] })
    await story.by(people.经办人, {
      type: 'discharge-duty',
      duty: 0,
      body: '甲县政府',
      what: '检查 12 家',
      evidence: [材料('检查记录')],
    })
    await story.on('2021-12-31')
    const overdue = (await story.events('overdue')).map(({ target }) => target)
    expect(overdue).toEqual(['node:1'])
    expect((await story.events('duty-missed')).length).toBeGreaterThan(0)
    expect((await story.events('duty-rolled')).length).toBeGreaterThanOrEqual(3)
  })

  it('an extension asked for in time moves the deadline, one asked for late is refused', async () => {
    const story = await given()
    await story.rectifying()
    await story.on('2020-06-01')
    const asked = {
      type: 'request-extension',
      until: plainDate('2020-08-31'),
      reason: '汛期无法施工',
      measures: '增加人手',
    } as const
    await story.by(people.单位负责人, asked)
    await story.by(people.包案领导, { type: 'decide-extension', decision: 'approve', reason: '同意' })
    await story.on('2020-07-10')
    expect(await story.events('overdue')).toEqual([])
    await story.on('2020-09-02')
    expect((await story.events('overdue')).map(({ due }) => due)).toEqual(['2020-08-31'])
    const late = await story.tries(people.单位负责人, { ...asked, until: plainDate('2020-10-31') })
    expect(late).toMatchObject({ type: 'refused' })
  })

  it('a deputy signs under a recorded authority that ends by itself', async () => {
    const story = await given()
    await story.rectifying()
    await story.by(people.书记, {
      type: 'delegate',
      to: people.副秘书长.person,
      toName: people.副秘书长.name,
      until: plainDate('2019-10-31'),
      document: '永办函〔2019〕31号',
    })
    await story.submits()
    await story.signedUpTo('secretary')
    await story.signs(people.副秘书长)
    await story.turn('mayor')
    await story.on('2019-11-04')
    expect((await story.events('delegation-ended')).map(({ why }) => why)).toEqual(['expired'])
  })

  it('is transferred to another unit, which has its own days to acknowledge', async () => {
    const story = await given()
    await story.rectifying()
    await story.on('2019-11-04')
    await story.by(people.整改办, {
      type: 'transfer',
      from: people.unit('甲县政府'),
      to: people.unit('乙县政府'),
      reason: '区划调整',
    })
    await story.by(people.旁人, { type: 'submit-return', content: returned(40) })
    await story.on('2019-12-02')
    expect((await story.state()).entry.units).toEqual(['乙县政府'])
  })

  it('evidence changes under the signatures: they are void and given again', async () => {
    const story = await given()
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('secretary')
    await story.by(people.经办人, { type: 'add-evidence', evidence: [材料('补充监测报告')] })
    expect(await story.events('sign-offs-voided')).toHaveLength(1)
    await story.on('2019-10-20')
    await story.signedUpTo()
  })
})
