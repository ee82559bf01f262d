import { expect } from 'vitest'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Opening } from '../../domain/decider-types.js'
import { draw, populationHash } from '../../domain/draw/draw.js'
import type { FindingGiven, InspectionForm, Member } from '../../domain/inspection/types.js'
import { isRefusal } from '../../domain/refusal.js'
import { type CaseId, type PersonId, plainDate } from '../../domain/words.js'
import { onSite, 材料 } from '../support/entries.js'
import {
  unit,
  包案领导,
  整改办,
  整改办主任,
  旁人,
  牵头单位,
  监管单位,
  纪检监察,
  经办人,
} from '../support/people.js'
import { rulesOf } from '../support/policies.js'
import type { Story } from '../support/story.js'
import { acceptance } from './clause.js'

const { clause } = acceptance()

const member = (person: string, name: string, ofUnit?: string, area?: string): Member => ({
  person: person as PersonId,
  name,
  ...(ofUnit !== undefined && { unit: unit(ofUnit) }),
  ...(area !== undefined && { area }),
})
const 住建 = member('supervisor', '监管小史', '市住建局')
const 环保 = member('lead', '牵头小魏', '市生态环境局')

const MAY = { on: '2019-05-20' }

type Order = Extract<Opening, { type: 'order-inspection' }>
const order = (form: InspectionForm, more: Partial<Order> = {}): Order => ({
  type: 'order-inspection',
  form,
  title: '污水处理厂整改情况',
  order: '对照整改方案逐项核查',
  subjects: { cases: ['hengyang-accept/041' as CaseId], units: [unit('甲县政府')], areas: ['甲县'] },
  team: [住建],
  until: plainDate('2019-06-14'),
  ...more,
})
const problem = (about: string): FindingGiven => ({
  about,
  text: '二期工程未按期开工',
  gravity: 'problem',
  evidence: [材料('现场照片')],
  unit: unit('甲县政府'),
})

clause(
  'HY-03',
  'five instruments, each a record with its order, its result and its follow-up; each due by its day',
  async (_given, { opened, toldOf }) => {
    for (const form of ['supervision', 'assignment', 'patrol', 'interview', 'special'] as const) {
      const story = await opened('hengyang', 整改办主任, order(form), MAY)
      await story.refused(
        整改办主任,
        { type: 'end-inspection', conclusion: '办结' },
        'HY-03',
        '还没有报送结果',
      )
      await story.on('2019-06-15')
      expect(await story.moments('result-late')).toEqual(['2019-06-14T15:59:59.999Z'])
      await story.refused(旁人, { type: 'record-result', summary: '好', findings: [] }, 'HY-03')
      await story.by(监管单位, {
        type: 'record-result',
        summary: '发现一个问题',
        findings: [problem('甲县')],
      })
      await story.refused(
        整改办主任,
        { type: 'end-inspection', conclusion: '办结' },
        'HY-03',
        '还有 1 个问题没有落实',
      )
      await story.on('2019-07-16')
      // Twenty working days from 15 June, the parameter of the rules.
      expect(await story.moments('finding-late')).toEqual(['2019-07-12T15:59:59.999Z'])
      await story.by(经办人, {
        type: 'follow-finding',
        finding: 0,
        result: '已开工',
        evidence: [材料('开工令')],
      })
      await story.refused(
        监管单位,
        { type: 'confirm-finding', finding: 0, decision: 'settled', reason: '属实' },
        'HY-03',
      )
      await story.by(整改办, { type: 'confirm-finding', finding: 0, decision: 'settled', reason: '属实' })
      expect(await story.stateOf('inspection')).toMatchObject({ phase: 'ended', form, late: 'late' })
      expect(await toldOf(story, 'finding-late')).toEqual([
        [{ unit: '甲县政府', who: 'everybody' }, { seat: 'office-head' }],
      ])
    }
  },
)

const sampled = Array.from(
  { length: 40 },
  (_, n) => `jinan-accept/${String(n + 1).padStart(3, '0')}` as CaseId,
)

clause(
  'JN-11',
  '专项、联合、随机: a joint team is of two units; a sample comes from a recorded seed that anyone can redraw, once',
  async (_given, { opened }) => {
    await expect(opened('jinan', 整改办, order('joint'), MAY)).rejects.toThrow('两个以上单位')
    const joint = await opened('jinan', 整改办, order('joint', { team: [住建, 环保] }), MAY)
    await joint.by(牵头单位, { type: 'record-result', summary: '未发现问题', findings: [] })
    expect((await joint.stateOf('inspection')).phase).toBe('ended')
    const special = await opened('jinan', 整改办, order('special'), MAY)
    expect((await special.stateOf('inspection')).phase).toBe('under-way')

    const random = await opened(
      'jinan',
      整改办,
      order('random', { subjects: { cases: sampled, units: [unit('甲县政府')], areas: [] } }),
      MAY,
    )
    await random.refused(
      监管单位,
      { type: 'record-result', summary: '好', findings: [] },
      'JN-11',
      '须先抽取样本',
    )
    await random.refused(整改办, { type: 'draw-sample', seed: '20190520', take: 41 }, 'JN-11', '只有 40 件')
    await random.refused(经办人, { type: 'draw-sample', seed: '20190520', take: 5 }, 'HY-03')
    await random.by(整改办, { type: 'draw-sample', seed: '20190520', take: 5 })
    const [drawn] = await random.events('sample-drawn')
    if (!drawn) throw new Error('nothing was drawn')
    expect(drawn.selected).toHaveLength(5)
    // Anyone draws again from what the record holds, in whatever order the list comes, and gets the same.
    expect(draw(sampled.toReversed(), drawn.seed, drawn.take)).toEqual(drawn.selected)
    expect(populationHash(sampled.toReversed())).toBe(drawn.population)
    expect(draw(sampled, '20190521', 5)).not.toEqual(drawn.selected)
    await random.refused(整改办, { type: 'draw-sample', seed: '别的', take: 5 }, 'HY-03')
    const fine = drawn.selected.map(
      (about): FindingGiven => ({ about, text: '按方案推进', gravity: 'fine', evidence: [] }),
    )
    await random.refused(
      监管单位,
      { type: 'record-result', summary: '好', findings: fine.slice(1) },
      'JN-11',
      '没有写检查情况',
    )
    await random.by(监管单位, { type: 'record-result', summary: '抽查 5 件', findings: fine })
    expect((await random.stateOf('inspection')).phase).toBe('ended')
  },
)

clause(
  'JN-11',
  'nobody samples themselves: of the office’s own measure the discipline organ draws',
  async (_given, { opened }) => {
    const { office } = rulesOf('jinan').policy
    const story = await opened(
      'jinan',
      整改办,
      order('random', { subjects: { cases: sampled, units: [office.unit], areas: [] } }),
      MAY,
    )
    await story.refused(整改办, { type: 'draw-sample', seed: 's', take: 1 }, 'JN-17')
    await story.by(纪检监察, { type: 'draw-sample', seed: 's', take: 1 })
  },
)

clause(
  'JN-14',
  'an outside assessor is appointed; one tied to the responsible unit, or silent about it, is refused',
  async (_given, { opened }) => {
    const assessor = {
      name: '某环境科学研究院',
      credential: '甲级',
      ties: [unit('乙县政府')],
      statement: '与甲县没有关联',
    }
    const third = (more: Partial<typeof assessor> = {}) =>
      order('third-party', { team: [], assessor: { ...assessor, ...more } })
    await expect(opened('jinan', 整改办, order('third-party', { team: [] }), MAY)).rejects.toThrow(
      '委托哪个机构',
    )
    await expect(opened('jinan', 整改办, third({ ties: [unit('甲县政府')] }), MAY)).rejects.toThrow(
      /JN-14.*有关联/,
    )
    await expect(opened('jinan', 整改办, third({ name: '甲县政府环境中心' }), MAY)).rejects.toThrow(
      /JN-14.*有关联/,
    )
    await expect(opened('jinan', 整改办, third({ statement: ' ' }), MAY)).rejects.toThrow(/JN-14.*书面声明/)
    const story = await opened('jinan', 整改办, third(), MAY)
    await story.by(整改办, { type: 'record-result', summary: '评估报告', findings: [problem('甲县')] })
    expect((await story.stateOf('inspection')).findings).toMatchObject([{ state: 'open', unit: '甲县政府' }])
  },
)

clause(
  'JN-20',
  '交叉互查: a team from the district inspected is refused, also when it is changed',
  async (_given, { opened }) => {
    const local = member('other2', '县局小李', '甲县生态环境分局', '甲县')
    const from = member('other', '旁人小吴', '乙县政府', '乙县')
    await expect(opened('jinan', 整改办, order('cross', { team: [from, local] }), MAY)).rejects.toThrow(
      /JN-20.*来自被查的甲县/,
    )
    await expect(
      opened('jinan', 整改办, order('cross', { team: [member('unit', '经办小罗', '甲县政府')] }), MAY),
    ).rejects.toThrow(/GN-08/)
    const story = await opened('jinan', 整改办, order('cross', { team: [from] }), MAY)
    await story.refused(整改办, { type: 'change-team', team: [local], reason: '人手不足' }, 'JN-20')
    await story.by(旁人, { type: 'record-result', summary: '互查完毕', findings: [] })
    expect((await story.stateOf('inspection')).phase).toBe('ended')
  },
)

clause(
  'YZ-16',
  'a campaign of look-backs over all closed cases of a round; each case answers it, a rebound reopens',
  async (given, { opened, delivered }) => {
    const about = { on: '2019-03-04', round: 'yongzhou-huitoukan' }
    const [holds, rebounds, open] = [
      await given('yongzhou', about),
      await given('yongzhou', about),
      await given('yongzhou', about),
    ]
    await holds.closed()
    const closed = dateOf(holds.stage.now())
    await rebounds.on(closed)
    await rebounds.closed()
    await open.on(dateOf(rebounds.stage.now()))
    await open.rectifying()
    const day = '2019-05-06'
    for (const story of [holds, rebounds, open]) await story.on(day)
    const cases = [holds, rebounds].map(({ stage }) => stage.caseId)
    const campaign = await opened(
      'yongzhou',
      整改办,
      order('campaign', {
        title: '全面开展“回头看”',
        subjects: { cases, units: [], areas: [] },
        until: plainDate('2019-06-05'),
      }),
      { ...about, on: day },
    )
    await delivered(campaign)
    await campaign.refused(整改办主任, { type: 'end-inspection', conclusion: '完' }, 'YZ-16', '还有 2 件')
    await campaign.refused(
      整改办,
      { type: 'record-campaign-result', case: cases[0] as CaseId, result: 'holds', findings: '好' },
      'GN-08',
      '由系统办理',
    )
    const looks = (story: Story, result: 'holds' | 'rebound', by = 包案领导) =>
      story.tries(by, {
        type: 'look-back',
        campaign: campaign.stage.caseId,
        result,
        findings: result === 'holds' ? '未见反弹' : '又见黑水',
        site: onSite(story.stage.now()),
      })
    // A unit does not look back at its own; a case not called has nothing to answer; nor one not closed.
    expect(await looks(holds, 'holds', 经办人)).toMatchObject({ clause: 'GN-08' })
    expect(await looks(open, 'holds')).toMatchObject({ clause: 'YZ-16' })
    expect(isRefusal(await looks(holds, 'holds'))).toBe(false)
    await rebounds.on('2019-06-07')
    expect(await rebounds.moments('look-back-call-late')).toEqual(['2019-06-05T15:59:59.999Z'])
    expect(isRefusal(await looks(rebounds, 'rebound'))).toBe(false)
    await rebounds.phase('rectifying')
    expect((await rebounds.state()).rectification.round).toBe(2)
    await delivered(holds)
    await delivered(rebounds)
    expect(await campaign.stateOf('inspection')).toMatchObject({
      phase: 'ended',
      results: [
        { case: cases[0], result: 'holds' },
        { case: cases[1], result: 'rebound' },
      ],
    })
  },
)
