import { describe, expect, it } from 'vitest'
import type { Command } from '../../domain/case/commands.js'
import type { Chair } from '../../domain/parties.js'
import { plainDate, type Sha256 } from '../../domain/words.js'
import { 三项达标, 材料 } from '../support/entries.js'
import {
  unit,
  书记,
  包案领导,
  单位负责人,
  县级领导,
  县长,
  另一配合单位,
  整改办,
  整改办主任,
  旁人,
  牵头单位,
  牵头单位负责人,
  监管单位,
  经办人,
  身兼两职,
  部门领导,
  配合单位,
} from '../support/people.js'
import { rulesOf, withStep } from '../support/policies.js'
import type { Story } from '../support/story.js'
import { aCaseThatIs, personOf } from './given.js'

type Sign = Extract<Command, { type: 'sign' }>
const signing = async (story: Story, change: Partial<Sign> = {}): Promise<Sign> => {
  const command = await story.signing()
  if (command.type !== 'sign') throw new Error(command.type)
  return { ...command, ...change }
}
const withoutSite = ({ site: _site, ...rest }: Sign): Sign => rest

describe('YZ-07 three distinct persons', () => {
  it('one person signs once a round, in whatever other post', async () => {
    const both = personOf('老严', 'secretary')
    const secretaryAndMayor = { ...both, posts: [...both.posts, { role: 'mayor' as const }] }
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('secretary')
    await story.signs(secretaryAndMayor)
    await story.turn('mayor')
    await story.refused(secretaryAndMayor, await signing(story), 'YZ-07', '只签一次')
    await story.signs(县长)
  })

  it('nobody signs where that person answers for the item', async () => {
    const story = await aCaseThatIs('closing', 'yongzhou', {
      entry: {
        leaders: {
          municipal: { person: 身兼两职.person, name: 身兼两职.name },
          county: { person: 县级领导.person, name: 县级领导.name },
          department: { person: 部门领导.person, name: 部门领导.name },
        },
      },
    })
    await story.signedUpTo('leader-check')
    await story.refused(身兼两职, await signing(story), 'YZ-07', '本人负责的事项')
  })

  it('a leader is the named one, not any leader', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('leader-check')
    await story.refused(县级领导, await signing(story), 'YZ-06', '不在其列')
    await story.refused(旁人, await signing(story), 'YZ-06', '不在其列')
  })

  it('not twice, not after a round is over, not a step the chain does not have', async () => {
    const story = await aCaseThatIs('closing')
    await story.signs(牵头单位)
    await story.refused(牵头单位, await story.signing('gatekeeping'), 'YZ-06', '还没有轮到')
    await story.refused(书记, await story.signing('third-signature'), 'CD-05', '没有')
    await story.signedUpTo()
    await story.refused(书记, await story.signing('secretary'), 'CD-09', '轮到“公示”')
    await story.refused(书记, await story.signing('notice'), 'CD-09', '不是签署环节')
  })
})

describe('YZ-09 现场核查、签字认可', () => {
  it('is bound to the evidence that was seen', async () => {
    const story = await aCaseThatIs('closing')
    const stale = await signing(story)
    await story.by(经办人, { type: 'add-evidence', evidence: [材料('新监测报告')] })
    await story.signs(经办人)
    await story.refused(牵头单位, { ...stale, step: 'gatekeeping' }, 'YZ-09', '请重新阅看')
    await story.refused(牵头单位, await signing(story, { saw: 'f'.repeat(64) as Sha256 }), 'YZ-09')
    await story.signs(牵头单位)
    const { closing, seal } = await story.state()
    expect(closing?.signOffs.map(({ saw }) => saw)).toEqual([seal, seal])
  })

  it('on site, carries place and photos', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('leader-check')
    const full = await signing(story)
    if (!full.site) throw new Error('the step is on site')
    await story.refused(包案领导, withoutSite(full), 'YZ-09', '须到现场')
    await story.refused(包案领导, { ...full, site: { ...full.site, photos: [] } }, 'YZ-09', '照片')
    await story.refused(包案领导, { ...full, site: { ...full.site, place: ' ' } }, 'YZ-09', '地点')
    await story.by(包案领导, full)
    expect((await story.events('signed')).at(-1)?.site?.place).toBe('甲县污水处理厂')
  })

  it('YZ-15 outside observers and their words stand on the record', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('leader-check')
    const full = await signing(story)
    if (!full.site) throw new Error('the step is on site')
    const observers = [{ name: '人大代表小刘', words: '水确实清了' }]
    await story.by(包案领导, { ...full, site: { ...full.site, observers } })
    expect((await story.events('signed')).at(-1)?.site?.observers).toEqual(observers)
  })
})

describe('CD-08 污染消除、生态恢复、群众满意', () => {
  it('each is found met, with evidence, before the verification passes', async () => {
    const story = await aCaseThatIs('closing', 'sample')
    await story.signedUpTo('verification')
    const [first, ...others] = 三项达标
    if (!first) throw new Error('three findings')
    const sign = (findings: typeof 三项达标) => signing(story, { findings })
    await story.refused(牵头单位, await sign(others), 'CD-08', '污染消除')
    await story.refused(牵头单位, await sign([{ ...first, met: 'not-met' }, ...others]), 'CD-08', '尚未达到')
    await story.refused(牵头单位, await sign([{ ...first, evidence: [] }, ...others]), 'CD-08', '须附材料')
    await story.by(牵头单位, await sign(三项达标))
    await story.turn('leader-check')
  })
})

describe('CD-06 配合单位的意见在先,牵头单位的结论在后', () => {
  it('refuses a conclusion while an opinion is missing', async () => {
    const story = await aCaseThatIs('closing', 'sample', {
      entry: { cooperatingUnits: [unit('市水利局'), unit('市城管局')] },
    })
    await story.signedUpTo('opinions')
    await story.signs(另一配合单位)
    await story.refused(牵头单位, await story.signing('verification'), 'CD-06', '轮到“配合单位核查”')
    await story.signs(配合单位)
    await story.turn('verification')
    await story.signs(牵头单位)
  })

  it('CD-07 the application is signed by the head in person: no clerk, no deputy', async () => {
    const story = await aCaseThatIs('closing', 'sample')
    await story.turn('application')
    await story.refused(经办人, await signing(story), 'CD-07', '不在其列')
    await story.by(单位负责人, {
      type: 'delegate',
      to: 旁人.person,
      toName: 旁人.name,
      until: plainDate('2019-12-31'),
      document: '授权书1号',
    })
    await story.refused(旁人, await signing(story), 'CD-07', '须由本人签署')
    await story.signs(单位负责人)
  })
})

describe('会签 all side by side, or one after another', () => {
  const coops = { cooperatingUnits: [unit('市水利局'), unit('市城管局')] }

  it('side by side, any order; a second opinion of one unit is none', async () => {
    const story = await aCaseThatIs('closing', 'sample', { entry: coops })
    await story.signedUpTo('opinions')
    await story.signs(另一配合单位)
    await story.refused(另一配合单位, await signing(story), 'YZ-07', '只签一次')
    const colleague = personOf('城管小马', 'unit-clerk', '市城管局')
    await story.refused(colleague, await signing(story), 'CD-06', '还没有轮到您')
    await story.turn('opinions')
  })

  it('one after another, only the next may sign', async () => {
    const city = withStep('sample', 'opinions', { quorum: { mode: 'all', order: 'sequential' } })
    const story = await aCaseThatIs('closing', city, { entry: coops })
    await story.signedUpTo('opinions')
    await story.refused(另一配合单位, await signing(story), 'CD-06', '还没有轮到您')
    await story.signs(配合单位)
    await story.signs(另一配合单位)
    await story.turn('verification')
  })

  it('one refusal sends the case back', async () => {
    const story = await aCaseThatIs('closing', 'sample', { entry: coops })
    await story.signedUpTo('opinions')
    await story.signs(配合单位)
    await story.refuses(另一配合单位, '台账不全')
    await story.phase('rectifying')
  })

  it('a countersign comes back whole after a refusal: everybody is asked again', async () => {
    const story = await aCaseThatIs('closing', 'sample', { entry: coops })
    await story.signedUpTo('opinions')
    await story.signs(配合单位)
    await story.refuses(另一配合单位, '台账不全')
    await story.submits()
    await story.signedUpTo('opinions')
    await story.signs(配合单位)
    await story.turn('opinions')
    await story.signs(另一配合单位)
    await story.turn('verification')
  })
})

describe('domain rule 15: a countersign by ratio', () => {
  const units = ['市水利局', '市城管局', '市住建局'].map(unit)
  const [水利, 城管, 住建] = [配合单位, 另一配合单位, 监管单位]
  const twoThirds = (veto: 'veto' | 'no-veto') =>
    withStep('sample', 'opinions', { quorum: { mode: 'ratio', needed: 2, of: 3, veto } })
  const voting = async (veto: 'veto' | 'no-veto'): Promise<Story> => {
    const story = await aCaseThatIs('closing', twoThirds(veto), { entry: { cooperatingUnits: units } })
    await story.signedUpTo('opinions')
    return story
  }

  it('one refusal does not kill it', async () => {
    const story = await voting('no-veto')
    await story.refuses(城管, '台账不全')
    await story.phase('closing')
    await story.signs(水利)
    await story.turn('opinions')
    await story.signs(住建)
    await story.turn('verification')
    expect(await story.events('step-voted-against')).toHaveLength(1)
    expect(await story.events('step-refused')).toEqual([])
  })

  it('it fails, by the engine, once too few are left to agree; the votes’ reasons stand', async () => {
    const story = await voting('no-veto')
    await story.refuses(城管, '台账不全')
    await story.refuses(住建, '污泥去向不明', 'feigned')
    await story.phase('rectifying')
    expect((await story.events('step-refused'))[0]).toMatchObject({
      reasons: '污泥去向不明',
      code: 'feigned',
    })
    expect((await story.told()).findLast((line) => line.includes('退回'))).toMatch(/^系统 /)
    expect((await story.events('clue-drafted')).map(({ clause }) => clause)).toEqual(['CD-16'])
  })

  it('a falsehood found by an earlier vote is not lost when the last one decides', async () => {
    const story = await voting('no-veto')
    await story.refuses(城管, '假报告', 'feigned')
    await story.refuses(住建, '台账不全')
    expect((await story.events('step-refused'))[0]?.code).toBe('feigned')
  })

  it('with veto, one refusal ends it', async () => {
    const story = await voting('veto')
    await story.signs(水利)
    await story.refuses(城管, '台账不全')
    await story.phase('rectifying')
  })

  it('a vote is given once, for or against', async () => {
    const story = await voting('no-veto')
    await story.refuses(城管, '台账不全')
    await story.refused(城管, await signing(story), 'YZ-07')
    await story.signs(水利)
    const { seal } = await story.state()
    const against = { type: 'refuse-step', step: 'opinions', saw: seal, reasons: '再想想' } as const
    await story.refused(水利, against, 'YZ-07')
  })

  it('votes cast before a signer was added are not counted twice, and the ratio is of all', async () => {
    const story = await voting('no-veto')
    await story.signs(水利)
    await story.by(整改办, {
      type: 'add-signer',
      step: 'opinions',
      chair: { seat: 'cooperating-units', unit: unit('市公安局') },
      reason: '涉及交通',
    })
    // Two thirds of four are three.
    await story.signs(城管)
    await story.turn('opinions')
    await story.signs(personOf('公安小关', 'unit-clerk', '市公安局'))
    await story.turn('verification')
  })

  it('new evidence voids votes against, too: they saw something else', async () => {
    const story = await voting('no-veto')
    await story.refuses(城管, '台账不全')
    await story.by(经办人, { type: 'add-evidence', evidence: [材料('补全的台账')] })
    await story.signedUpTo('opinions')
    await story.signs(城管)
  })
})

describe('加签', () => {
  const add = (step: string, chair: Chair, reason = '涉及防汛') =>
    ({ type: 'add-signer', step, chair, reason }) as const
  const 公安: Chair = { seat: 'cooperating-units', unit: unit('市公安局') }
  const 公安小关 = personOf('公安小关', 'unit-clerk', '市公安局')

  it('another signs the step, too, before it is done', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(整改办, add('gatekeeping', 公安))
    await story.signs(牵头单位)
    await story.turn('gatekeeping')
    await story.signs(公安小关)
    await story.turn('leader-check')
  })

  it('the order among them is free, and one of the seat is enough', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(包案领导, add('gatekeeping', 公安))
    await story.signs(公安小关)
    await story.turn('gatekeeping')
    await story.signs(牵头单位负责人)
    await story.turn('leader-check')
  })

  it('may refuse like any signer', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(整改办, add('gatekeeping', 公安))
    await story.refuses(公安小关, '道路未恢复')
    await story.phase('rectifying')
    await story.submits()
    // A new round begins without the signers added to the one before.
    await story.signs(牵头单位)
    await story.turn('leader-check')
  })

  it('may be named ahead, for a step to come', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(整改办, add('office-check', { seat: 'county-leader', person: 县级领导.person }))
    await story.signedUpTo('office-check')
    await story.signs(整改办)
    await story.turn('office-check')
    await story.signs(县级领导)
    await story.phase('on-notice')
  })

  it('is somebody, who does not sign this round anyway', async () => {
    const story = await aCaseThatIs('closing')
    await story.refused(整改办, add('gatekeeping', { seat: 'case-leader' }), 'GN-10', '请写明')
    await story.refused(整改办, add('gatekeeping', { seat: 'cooperating-units' }), 'GN-10', '请写明')
    const lead: Chair = { seat: 'lead-unit', unit: unit('市生态环境局') }
    await story.refused(整改办, add('gatekeeping', lead), 'GN-10', '签署人之列')
    const leader: Chair = { seat: 'case-leader', person: 包案领导.person }
    await story.refused(整改办, add('gatekeeping', leader), 'GN-10', '签署人之列')
    await story.signedUpTo('secretary')
    const again: Chair = { seat: 'county-leader', person: 包案领导.person }
    await story.refused(整改办, add('office-check', again), 'GN-10', '签署人之列')
  })

  it('YZ-07 is nobody who answers for the item', async () => {
    const story = await aCaseThatIs('closing')
    const own: Chair = { seat: 'responsible-unit', unit: unit('甲县政府') }
    await story.refused(整改办, add('gatekeeping', own), 'YZ-07')
    const disguised: Chair = { seat: 'supervising-unit', unit: unit('甲县政府') }
    await story.refused(整改办, add('gatekeeping', disguised), 'YZ-07')
  })

  it('is the office’s or the leader’s, with a reason, for a signature still to come', async () => {
    const story = await aCaseThatIs('closing')
    await story.refused(牵头单位, add('gatekeeping', 公安), 'GN-08')
    await story.refused(整改办, add('gatekeeping', 公安, ' '), 'GN-07')
    await story.refused(整改办, add('self-check', 公安), 'GN-10', '尚未办结')
    await story.refused(整改办, add('notice', 公安), 'GN-10')
    const rectifying = await aCaseThatIs('rectifying')
    await rectifying.refused(整改办, add('gatekeeping', 公安), 'GN-10')
  })
})

describe('JN-17 the office’s own measure', () => {
  const { office } = rulesOf('jinan').policy
  const 发改委 = unit('市发展改革委')
  const own = { entry: { units: [office.unit], officeSubstitute: 发改委 } }
  const 办经办 = personOf('办小经', 'unit-clerk', office.unit)
  const 办负责 = personOf('办老负', 'unit-head', office.unit)
  const 发改 = personOf('发改小林', 'unit-clerk', 发改委)
  const 发改负责人 = personOf('发改老林', 'unit-head', 发改委)

  const verifying = async (): Promise<Story> => {
    const story = await aCaseThatIs('handed-over', 'jinan', own)
    await story.by(办经办, { type: 'acknowledge' })
    await story.by(办经办, {
      type: 'submit-case-plan',
      plan: '方案',
      team: ['组长'],
      evidence: [材料('方案')],
    })
    await story.by(办经办, { type: 'submit-closing', statement: '已完成', checklist: [], evidence: [] })
    await story.signs(办负责)
    await story.signs(包案领导)
    return story.turn('office-check')
  }

  it('is verified by the body that takes the office’s place', async () => {
    const story = await verifying()
    await story.refused(整改办, await signing(story), 'YZ-07', '本人负责')
    await story.signs(发改)
    await story.turn('office-head')
    await story.refused(整改办主任, await signing(story), 'YZ-07')
    await story.signs(发改负责人)
    await story.phase('on-notice')
  })

  it('is still handed over, chased, posted and filed by the office', async () => {
    const story = await verifying()
    await story.by(整改办, { type: 'chase', whom: 'office', words: '请核实' })
    await story.signs(发改)
    await story.signs(发改负责人)
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
  })

  it('is judged by others after closure, too: look-back and ladder', async () => {
    const story = await aCaseThatIs('handed-over', 'jinan', own)
    await story.on('2020-07-02')
    expect(await story.rung('circular')).toBe('drafted')
    const issue = { type: 'decide-rung', rung: 'circular', decision: 'issue', reason: '逾期' } as const
    await story.refused(整改办主任, issue, 'GN-08')
    await story.by(发改负责人, issue)
  })
})
