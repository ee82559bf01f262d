import { describe, expect, it } from 'vitest'
import { effectsOf, evolve } from '../../domain/decider.js'
import type { LedgerState } from '../../domain/decider-types.js'
import type { Audience, Effect, PaperOrder } from '../../domain/effects/types.js'
import { plainDate } from '../../domain/words.js'
import { aMatter, onSite, 材料 } from '../support/entries.js'
import {
  unit,
  书记,
  包案领导,
  县级领导,
  另一配合单位,
  整改办,
  整改办主任,
  牵头单位,
  监督员,
  纪检监察,
  经办人,
  配合单位,
} from '../support/people.js'
import { rulesOf, withPolicy, withStep } from '../support/policies.js'
import type { Story } from '../support/story.js'
import { aCaseThatIs, aNoticeUp } from './given.js'

type Following = { readonly event: string; readonly effects: readonly Effect[] }

/** What followed from each event, as the shell asks for it: with the state after the event. */
const following = async (story: Story, drill: 'drill' | 'real' = 'real'): Promise<readonly Following[]> => {
  let state: LedgerState | undefined
  return (await story.stage.record()).map((record) => {
    state = evolve(state, record)
    return { event: record.event.type, effects: effectsOf(story.rules, state, record, drill) }
  })
}
const told = async (story: Story, event: string): Promise<readonly (readonly Audience[])[]> =>
  (await following(story)).flatMap((one) =>
    one.event === event
      ? [one.effects.flatMap((effect) => (effect.kind === 'notice' ? effect.audience : []))]
      : [],
  )
const papers = async (story: Story): Promise<readonly PaperOrder[]> =>
  (await following(story)).flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.kind === 'paper' ? [effect.order] : [])),
  )

const head = { unit: unit('甲县政府'), who: 'head' } as const
const everybody = (name: string): Audience => ({ unit: unit(name), who: 'everybody' })
const person = (one: { person: typeof 包案领导.person }): Audience => ({ person: one.person })

describe('what follows from an event', () => {
  it('has a key of its own, made of case, number and kind; nothing follows twice', async () => {
    const story = await aCaseThatIs('closed')
    const keys = (await following(story)).flatMap(({ effects }) => effects.map(({ key }) => key))
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toContain('yongzhou-test/001#2/handover-slip')
  })

  it('is at most one paper and one batch of notices', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan')
    await story.on('2020-09-30')
    for (const { effects } of await following(story)) {
      expect(effects.filter(({ kind }) => kind === 'notice').length).toBeLessThanOrEqual(1)
      expect(effects.filter(({ kind }) => kind === 'paper').length).toBeLessThanOrEqual(1)
    }
  })

  it('says on everything that it is a drill', async () => {
    const story = await aCaseThatIs('handed-over')
    const [paper] = (await following(story, 'drill')).flatMap(({ effects }) => effects)
    expect(paper?.kind === 'paper' && paper.order.drill).toBe('drill')
  })

  it('is nothing where nobody needs to be told', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.reports(20)
    await story.by(经办人, { type: 'add-evidence', evidence: [材料('照片')] })
    for (const event of ['registered', 'return-submitted', 'evidence-added', 'acknowledged']) {
      expect((await told(story, event)).flat()).toEqual([])
    }
  })
})

describe('交办单', () => {
  it('carries the problem’s own words, the units, the deadline, the days to sign and to answer', async () => {
    const story = await aCaseThatIs('handed-over')
    const [slip] = await papers(story)
    const facts = Object.fromEntries(slip?.facts.map(({ label, value }) => [label, value]) ?? [])
    expect(slip).toMatchObject({ paper: 'handover-slip', to: ['甲县政府'], documentCode: '永突环整办' })
    expect(facts).toMatchObject({
      问题表述: '甲县污水处理厂超负荷运转,部分污水直排。',
      责任单位: '甲县政府',
      牵头验收单位: '市生态环境局',
      整改时限: '2020年6月30日(限时整改)',
      签收期限: '2019年10月10日',
      反馈日期: '2019年10月21日前报送整改方案',
    })
  })

  it('reaches the units that rectify and verify, and the case’s leader', async () => {
    const story = await aCaseThatIs('handed-over')
    expect(await told(story, 'handed-over')).toEqual([
      [everybody('甲县政府'), everybody('市生态环境局'), everybody('市住建局'), person(包案领导)],
    ])
  })
})

describe('CD-11 the papers of the ladder', () => {
  it('each rung has its paper, with cause, demand and a day to answer by', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', {
      on: '2020-06-22',
      entry: { enterprise: '某水务公司' },
    })
    await story.reportsWeeklyUntil('2020-09-01')
    for (const rung of ['circular', 'listed-supervision', 'interview', 'referral-draft'] as const) {
      await story.by(整改办主任, { type: 'decide-rung', rung, decision: 'issue', reason: '逾期' })
    }
    const [, ...ladder] = await papers(story)
    expect(ladder.map(({ paper }) => paper)).toEqual([
      'supervision-letter',
      'circular',
      'listed-supervision-notice',
      'interview-notice',
      'referral-letter',
    ])
    for (const { replyBy, facts } of ladder) {
      expect(replyBy).toBeDefined()
      expect(facts.find(({ label }) => label === '督办事由')?.value).toBeTruthy()
    }
    // YZ-11: the enterprise's head, where one is named.
    expect(ladder[3]?.body.join('')).toContain('某水务公司负责人')
    expect(ladder[4]).toMatchObject({ to: ['市纪委监委'], copies: [] })
  })

  it('CD-13 every rung is copied to the two coordinators, nobody is told twice', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-19')
    expect(await told(story, 'rung-raised')).toEqual([
      [everybody('甲县政府'), head, person(包案领导), { seat: 'deputy-secretaries-general' }],
    ])
  })

  it('a draft is told to the one who decides', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-26')
    expect(await told(story, 'rung-drafted')).toEqual([[{ seat: 'office-head' }]])
  })
})

describe('CD-10 备案报告', () => {
  it('is upward, with every signature, both names where a deputy signed (GN-09)', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(书记, {
      type: 'delegate',
      to: 监督员.person,
      toName: 监督员.name,
      until: plainDate('2019-12-31'),
      document: '市委〔2019〕12号',
    })
    await story.signedUpTo('secretary')
    await story.signs(监督员)
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    const report = (await papers(story)).at(-1)
    expect(report).toMatchObject({ paper: 'filing-report', to: ['省整改办'] })
    expect(report?.facts.find(({ label }) => label === '书记签字')?.value).toBe(
      '人大代表小刘(受书记老严委托),2019年10月8日',
    )
    expect(await told(story, 'delegated')).toEqual([[person(监督员)]])
  })
})

describe('whose turn it is', () => {
  it('is told as each step is done', async () => {
    const story = await aCaseThatIs('on-notice')
    expect(await told(story, 'step-completed')).toEqual([
      [everybody('市生态环境局')],
      [person(包案领导)],
      [{ seat: 'secretary' }],
      [{ seat: 'mayor' }],
      [{ seat: 'office' }],
      [{ seat: 'office' }],
    ])
  })

  it('one after another, each is told when the one before has signed', async () => {
    const city = withStep('sample', 'opinions', { quorum: { mode: 'all', order: 'sequential' } })
    const story = await aCaseThatIs('closing', city, {
      entry: { cooperatingUnits: [unit('市水利局'), unit('市城管局')] },
    })
    await story.signedUpTo('opinions')
    expect((await told(story, 'step-completed')).at(-1)).toEqual([everybody('市水利局')])
    await story.signs(配合单位)
    expect((await told(story, 'signed')).at(-1)).toEqual([everybody('市城管局')])
    await story.signs(另一配合单位)
    expect((await told(story, 'signed')).at(-1)).toEqual([])
  })

  it('加签 the added signer is told, now or when the step comes', async () => {
    const story = await aCaseThatIs('closing')
    const add = (step: string, name: string) =>
      story.by(整改办, {
        type: 'add-signer',
        step,
        chair: { seat: 'supervising-unit', unit: unit(name) },
        reason: '涉及管网',
      })
    await add('gatekeeping', '市公安局')
    expect(await told(story, 'signer-added')).toEqual([[everybody('市公安局')]])
    await add('leader-check', '市审计局')
    expect((await told(story, 'signer-added')).at(-1)).toEqual([])
    await story.signs(牵头单位)
    await story.on('2019-10-12')
    expect((await told(story, 'step-chased')).at(-1)).toEqual([everybody('市公安局')])
  })

  it('a chase reaches only those who have not signed', async () => {
    const story = await aCaseThatIs('closing', 'sample', {
      entry: { cooperatingUnits: [unit('市水利局'), unit('市城管局')] },
    })
    await story.signedUpTo('opinions')
    await story.signs(配合单位)
    await story.on('2019-10-12')
    expect(await told(story, 'step-chased')).toEqual([[everybody('市城管局')]])
  })
})

describe('JN-08 and the others who are told at once', () => {
  it('a matter of weight reaches office, leader and coordinators', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(经办人, aMatter(story.stage.now()))
    expect(await told(story, 'matter-reported')).toEqual([
      [{ seat: 'office' }, person(包案领导), { seat: 'deputy-secretaries-general' }],
    ])
  })

  it('CD-15 a note reaches the owner, its answer the organ', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(纪检监察, { type: 'attach-supervision-note', text: '请说明' })
    await story.by(经办人, { type: 'answer-supervision-note', note: 0, answer: '已说明' })
    expect(await told(story, 'supervision-note-attached')).toEqual([
      [everybody('甲县政府'), { seat: 'office' }],
    ])
    expect(await told(story, 'supervision-note-answered')).toEqual([[{ seat: 'discipline' }]])
  })

  it('CD-09 an objection reaches the office; accepted, it reaches the unit', async () => {
    const story = await aNoticeUp()
    await story.by({ stranger: '市民' }, { type: 'object', text: '有臭味', contact: '' })
    await story.by(整改办, { type: 'answer-objection', objection: 0, decision: 'accept', answer: '属实' })
    expect(await told(story, 'objection-lodged')).toEqual([[{ seat: 'office' }]])
    expect(await told(story, 'objection-answered')).toEqual([[everybody('甲县政府'), { seat: 'office' }]])
  })

  it('a rebound reaches unit, office, leader and coordinators', async () => {
    const story = await aCaseThatIs('closed')
    await story.on('2020-01-20')
    await story.by(整改办, {
      type: 'look-back',
      result: 'rebound',
      findings: '又见直排',
      site: onSite(story.stage.now()),
    })
    expect(await told(story, 'rebounded')).toEqual([
      [everybody('甲县政府'), { seat: 'office' }, person(包案领导), { seat: 'deputy-secretaries-general' }],
    ])
  })

  it('what is meant for a leader nobody has named reaches the office', async () => {
    const city = withPolicy('yongzhou', ({ handover }) => ({
      handover: { ...handover, requires: [], beforeStart: [] },
    }))
    const story = await aCaseThatIs('rectifying', city, { entry: { leaders: {} } })
    await story.on('2020-07-01', '00:01')
    expect(await told(story, 'overdue')).toEqual([[everybody('甲县政府'), { seat: 'office' }]])
  })

  it('JN-17 the office is told of its own measure, and so is the body that judges it', async () => {
    const { office } = rulesOf('jinan').policy
    const story = await aCaseThatIs('handed-over', 'jinan', {
      entry: { units: [office.unit], officeSubstitute: unit('市发展改革委') },
    })
    await story.on('2019-10-12')
    expect((await told(story, 'acknowledgement-missed')).flat()).toEqual([
      everybody(office.unit),
      { seat: 'office' },
      everybody('市发展改革委'),
    ])
  })

  it('a named leader of the county is a person like the case’s leader', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(整改办, { type: 'chase', whom: 'county-leader', words: '请督促' })
    expect(await told(story, 'chased')).toEqual([[person(县级领导)]])
  })
})

describe('CD-14 a clue referred', () => {
  it('starts a case of its own, opened by the leader who decided', async () => {
    const story = await aCaseThatIs('closing')
    await story.refuses(牵头单位, '数据造假', 'feigned')
    await story.by(书记, { type: 'decide-clue', clue: 0, decision: 'refer', reason: '情节严重' })
    const referrals = (await following(story)).flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.kind === 'referral' ? [effect] : [])),
    )
    expect(referrals).toHaveLength(1)
    expect(referrals[0]?.first).toMatchObject({
      by: { person: 书记.person },
      command: {
        type: 'open-referral',
        origin: story.stage.caseId,
        cause: '假装整改:数据造假',
        organ: '市纪委监委',
        about: { text: '甲县污水处理厂超负荷运转,部分污水直排。', source: '省生态环境保护督察', n: 1 },
      },
    })
  })

  it('GN-08 of a restricted case no words go along: whoever reads referrals may not read them', async () => {
    const story = await aCaseThatIs('closing')
    await story.refuses(牵头单位, '数据造假', 'feigned')
    await story.by(整改办主任, {
      type: 'restrict-case',
      persons: [],
      roles: ['office-head', 'coordinator', 'secretary', 'mayor', 'leader', 'discipline'],
      units: [unit('甲县政府'), unit('市生态环境局'), unit('市水利局'), unit('市住建局')],
      reason: '涉密',
    })
    await story.by(书记, { type: 'decide-clue', clue: 0, decision: 'refer', reason: '情节严重' })
    const [referral] = (await following(story)).flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.kind === 'referral' ? [effect] : [])),
    )
    expect(referral?.first.command).not.toHaveProperty('about')
  })
})
