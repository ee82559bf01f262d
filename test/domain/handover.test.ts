import { describe, expect, it } from 'vitest'
import type { EntryPatch } from '../../domain/case/commands.js'
import { effectsOf } from '../../domain/decider.js'
import type { Entry } from '../../domain/entry.js'
import { type Clause, plainDate } from '../../domain/words.js'
import { 材料, 立行立改, 立行立改长期坚持, 长期坚持 } from '../support/entries.js'
import { unit, 书记, 包案领导, 单位负责人, 整改办, 旁人, 牵头单位, 经办人 } from '../support/people.js'
import { rulesOf } from '../support/policies.js'
import { aCase } from '../support/story.js'
import { aCaseThatIs, personOf } from './given.js'

describe('registering', () => {
  it('is the office’s, happens once, and reads periods as they are written (CD-18, GN-08, JN-06)', async () => {
    const story = await aCase('yongzhou')
    await story.phase('registered')
    const { id, round, entry, source, policy, calendar, planDate } = await story.state()
    const again = { type: 'register', caseId: id, round, entry, source, policy, calendar, planDate } as const
    await story.refused(整改办, again, 'CD-18', '已经登记')
    await expect(
      aCase('yongzhou', { entry: { duties: [{ text: '研究', period: '半年', bodies: [] }] } }),
    ).rejects.toThrow('JN-06')
  })
})

describe('CD-01 handing over', () => {
  it('sets every clock: receipt, plan, deadline', async () => {
    const story = await aCaseThatIs('handed-over')
    expect(await story.events('handed-over')).toEqual([
      expect.objectContaining({
        acknowledgeBy: '2019-10-10',
        // Saturday the 12th is a make-up day of the National Day holiday.
        planBy: '2019-10-21',
        due: '2020-06-30',
        provisional: [],
      }),
    ])
  })

  it.each<[string, Partial<Entry>, Clause, string]>([
    ['a responsible unit', { units: [] }, 'YZ-06', '责任单位'],
    ['a target', { target: ' ' }, 'CD-01', '整改目标'],
    ['a lead acceptance unit', { leadUnits: [] }, 'YZ-06', '牵头验收单位'],
  ])('YZ-03 is refused without %s', async (_what, entry, clause, why) => {
    const story = await aCase('yongzhou', { entry })
    await story.refused(整改办, { type: 'hand-over' }, clause, why)
    await story.phase('registered')
  })

  it.each<[string, Partial<Entry>, Clause, string]>([
    [
      'two lead acceptance units',
      { leadUnits: [unit('市生态环境局'), unit('市水利局')] },
      'CD-01',
      '只能有一个',
    ],
    ['its own acceptance unit', { leadUnits: [unit('甲县政府')] }, 'GN-08', '不能同时作验收单位'],
    ['its own cooperating unit', { cooperatingUnits: [unit('甲县政府')] }, 'GN-08', '不能同时作验收单位'],
    ['HH-06 its own supervising unit', { supervisingUnit: unit('甲县政府') }, 'GN-08', '不能同时作监管单位'],
    ['a deadline nobody is sure of', { deadline: { kind: 'unknown', text: '尽快' } }, 'CD-01', '整改时限'],
    ['an open question', { questions: ['年份不明'] }, 'JN-02', '年份不明'],
    ['no named leaders', { leaders: {} }, 'YZ-03', '包案市级领导、牵头县级领导、部门负责领导'],
  ])('is refused with %s', async (_what, entry, clause, why) => {
    const story = await aCase('yongzhou', { entry })
    await story.refused(整改办, { type: 'hand-over' }, clause, why)
  })

  it('CD-01 says all that is missing at once, where the policy asks for six things', async () => {
    const story = await aCase('sample', {
      entry: { target: '', measures: '', persons: [], cooperatingUnits: [] },
    })
    await story.refused(整改办, { type: 'hand-over' }, 'JN-01', '缺责任人、整改目标、整改措施、配合验收单位')
  })

  it('CD-04 a duty without end needs a dated stage target, where the policy says so', async () => {
    const strict = await aCase('yongzhou', { entry: { deadline: 长期坚持 } })
    await strict.refused(整改办, { type: 'hand-over' }, 'CD-04', '阶段目标')
    const lenient = await aCase('jinan', { entry: { deadline: 长期坚持 } })
    await lenient.handedOver()
  })

  it('CD-02 immediate action is due within the policy’s days of handing over', async () => {
    const story = await aCaseThatIs('handed-over', 'yongzhou', { entry: { deadline: 立行立改 } })
    expect((await story.state()).deadline).toMatchObject({
      class: 'immediate',
      due: '2019-10-21',
      original: '2019-10-21',
    })
  })

  it('JN-04 at once and for good: the action has a day, the case as a whole has none', async () => {
    const story = await aCaseThatIs('handed-over', 'jinan', { entry: { deadline: 立行立改长期坚持 } })
    const { deadline } = await story.state()
    expect(deadline).toMatchObject({ class: 'mixed', immediateBy: '2019-10-21' })
    expect(deadline).not.toHaveProperty('due')
  })

  it('JN-22 a measure that shuts a whole class carries its reason and its approver, on the slip, too', async () => {
    const blank = { reason: '散乱污企业集中', approvedBy: ' ' }
    const story = await aCase('yongzhou', { entry: { shutsWholeClass: blank } })
    await story.refused(整改办, { type: 'hand-over' }, 'JN-22', '批准人')
    await story.by(整改办, {
      type: 'amend-entry',
      patch: { shutsWholeClass: { ...blank, approvedBy: '市政府常务会议' } },
      reason: '补充批准人',
    })
    await story.handedOver()
    const slip = (await story.stage.record()).at(-1)
    if (!slip) throw new Error('nothing was recorded')
    const [effect] = effectsOf(story.rules, await story.stage.state(), slip, 'real')
    expect(effect?.kind === 'paper' && effect.order.facts).toContainEqual({
      label: '关停一类的理由',
      value: '散乱污企业集中(市政府常务会议批准)',
    })
  })

  it('JN-17 the office’s own measure needs another body to judge it', async () => {
    const { office } = rulesOf('jinan').policy
    const [alias] = office.aliases
    for (const own of [office.unit, ...(alias ? [alias] : [])]) {
      const story = await aCase('jinan', { entry: { units: [own] } })
      await story.refused(整改办, { type: 'hand-over' }, 'JN-17', '请另定核实单位')
    }
    const itself = await aCase('jinan', { entry: { units: [office.unit], officeSubstitute: office.unit } })
    await itself.refused(整改办, { type: 'hand-over' }, 'JN-17', '不能代整改办核实')
    const given = { units: [office.unit], officeSubstitute: unit('市发展改革委') }
    await aCaseThatIs('handed-over', 'jinan', { entry: given })
  })

  it('JN-17 also where no step of the chain is the office’s: it looks back and decides on the ladder', async () => {
    const { office } = rulesOf('sample').policy
    const story = await aCase('sample', { entry: { units: [office.unit] } })
    await story.refused(整改办, { type: 'hand-over' }, 'JN-17', '请另定核实单位')
  })

  it('belongs to the office, once', async () => {
    const story = await aCase('yongzhou')
    await story.refused(经办人, { type: 'hand-over' }, 'GN-08', '由整改办办理')
    await story.handedOver()
    await story.refused(整改办, { type: 'hand-over' }, 'CD-01', '不必重复')
  })
})

describe('JN-02 filling the gaps before handing over', () => {
  const amend = (patch: EntryPatch) => ({ type: 'amend-entry' as const, patch, reason: '核对原文' })

  it('strikes off the questions answered, and then the case can be handed over', async () => {
    const story = await aCase('yongzhou', {
      entry: { deadline: { kind: 'unknown', text: '尽快' }, questions: ['时限不明', '年份不明'] },
    })
    await story.by(整改办, amend({ deadline: 立行立改, answered: ['时限不明', '年份不明'] }))
    expect((await story.state()).entry).toMatchObject({ deadline: 立行立改, questions: [] })
    await story.handedOver()
  })

  it('is refused to others, with nothing changed, with a question nobody asked', async () => {
    const story = await aCase('yongzhou')
    await story.refused(经办人, amend({ target: '新目标' }), 'GN-08')
    await story.refused(整改办, amend({}), 'GN-07', '没有任何改动')
    await story.refused(整改办, amend({ answered: ['谁问的'] }), 'JN-02', '没有这个疑问')
  })

  it('GN-07 is over once the case is handed over', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.refused(整改办, amend({ target: '降低要求' }), 'GN-07', '已经交办')
  })
})

describe('签收', () => {
  it('is the responsible unit’s, once', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.refused(旁人, { type: 'acknowledge' }, 'GN-08')
    await story.refused(牵头单位, { type: 'acknowledge' }, 'GN-08')
    await story.acknowledged()
    await story.phase('acknowledged')
    await story.refused(单位负责人, { type: 'acknowledge' }, 'CD-01', '已经签收')
  })

  it('comes after handing over', async () => {
    const story = await aCase('yongzhou')
    await story.refused(经办人, { type: 'acknowledge' }, 'CD-01', '尚未交办')
  })

  it('missed, is recorded once, and still possible', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.on('2019-10-10', '23:59')
    expect(await story.moments('acknowledgement-missed')).toEqual([])
    await story.on('2019-10-16')
    expect(await story.moments('acknowledgement-missed')).toEqual(['2019-10-10T15:59:59.999Z'])
    await story.acknowledged()
    await story.phase('acknowledged')
  })
})

describe('YZ-02 one problem, one plan, one leader, one team, one ledger page', () => {
  const plan = (change: { plan?: string; team?: readonly string[] }) => ({
    type: 'submit-case-plan' as const,
    plan: '分三步走',
    team: ['局长老周'],
    evidence: [材料('方案')],
    ...change,
  })

  it('rectification does not start before the unit has signed for the case', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.refused(经办人, plan({}), 'CD-01', '请先签收')
  })

  it('does not start without plan, team or leader', async () => {
    const story = await aCaseThatIs('acknowledged')
    await story.refused(经办人, plan({ plan: ' ' }), 'YZ-02', '整改方案')
    await story.refused(经办人, plan({ team: [] }), 'YZ-02', '工作班子')
    await story.phase('acknowledged')
    const leaderless = await aCaseThatIs(
      'acknowledged',
      {
        ...rulesOf('yongzhou'),
        policy: {
          ...rulesOf('yongzhou').policy,
          handover: { ...rulesOf('yongzhou').policy.handover, requires: [] },
        },
      },
      { entry: { leaders: {} } },
    )
    await leaderless.refused(经办人, plan({}), 'YZ-02', '包案领导')
  })

  it('starts with the plan, by the engine; the plan is not handed in twice', async () => {
    const story = await aCaseThatIs('rectifying')
    expect(await story.told()).toContain('系统 开始整改')
    await story.refused(经办人, plan({}), 'YZ-02', '不再重报')
    await story.refused(书记, plan({}), 'GN-08')
  })

  it('a late plan is recorded as late', async () => {
    const story = await aCaseThatIs('acknowledged')
    await story.on('2019-10-23')
    expect(await story.moments('case-plan-missed')).toEqual(['2019-10-21T15:59:59.999Z'])
    await story.planned()
    await story.phase('rectifying')
  })
})

describe('GN-10 撤回、退回、转办', () => {
  it('撤回 disarms every clock; handing over again arms them anew', async () => {
    const story = await aCaseThatIs('acknowledged')
    await story.by(整改办, { type: 'withdraw-handover', reason: '责任单位有误' })
    await story.phase('registered')
    await story.on('2019-11-08')
    expect(await story.events('return-missed')).toEqual([])
    expect(await story.events('case-plan-missed')).toEqual([])
    await story.handedOver()
    expect((await story.state()).handover).toMatchObject({ acknowledgeBy: '2019-11-12' })
  })

  it('撤回 takes a pending extension with it', async () => {
    const story = await aCaseThatIs('acknowledged')
    await story.by(经办人, {
      type: 'request-extension',
      until: plainDate('2020-08-31'),
      reason: '汛期',
      measures: '加班',
    })
    await story.by(整改办, { type: 'withdraw-handover', reason: '交办有误' })
    await story.handedOver()
    await story.refused(
      包案领导,
      { type: 'decide-extension', decision: 'approve', reason: '' },
      'GN-03',
      '没有待批',
    )
  })

  it('撤回 is not possible once rectification runs, 退回 not once the unit has signed', async () => {
    const running = await aCaseThatIs('rectifying')
    await running.refused(整改办, { type: 'withdraw-handover', reason: '不办了' }, 'GN-10')
    const signed = await aCaseThatIs('acknowledged')
    await signed.refused(经办人, { type: 'return-handover', reason: '不是我们的' }, 'GN-10', '转办')
    const before = await aCase('yongzhou')
    await before.refused(整改办, { type: 'withdraw-handover', reason: '有误' }, 'GN-10')
  })

  it('退回 by the unit brings the case back to the office, with the reason; a reason is needed', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.refused(经办人, { type: 'return-handover', reason: ' ' }, 'GN-07', '理由')
    await story.refused(整改办, { type: 'withdraw-handover', reason: '' }, 'GN-07', '理由')
    await story.refused(整改办, { type: 'return-handover', reason: '代退' }, 'GN-08')
    await story.by(经办人, { type: 'return-handover', reason: '属乙县' })
    await story.phase('registered')
    expect((await story.told()).at(-1)).toBe('经办小罗(甲县政府经办人) 退回交办:属乙县')
  })

  it('a unit that gets the case afresh does not begin with another’s missing returns', async () => {
    const story = await aCaseThatIs('handed-over')
    await story.on('2019-10-26')
    expect((await story.state()).returns).toMatchObject({ missed: 3, missedInARow: 3 })
    await story.by(经办人, { type: 'return-handover', reason: '属乙县' })
    await story.handedOver()
    expect((await story.state()).returns).toMatchObject({ missed: 3, missedInARow: 0 })
  })

  const 转办 = (from: string, to: string, reason = '职责调整') =>
    ({ type: 'transfer', from: unit(from), to: unit(to), reason }) as const

  it('转办: the new unit signs anew without the case leaving its phase', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-17')
    await story.by(整改办, 转办('甲县政府', '丙县政府'))
    await story.phase('rectifying')
    const { handover, entry } = await story.state()
    expect(entry.units).toEqual(['丙县政府'])
    expect(handover).toMatchObject({ acknowledgeBy: '2019-10-21', unit: '丙县政府' })
    expect(handover).not.toHaveProperty('acknowledgedAt')
    await story.refused(经办人, { type: 'acknowledge' }, 'GN-08')
    await story.by(personOf('小丙', 'unit-clerk', '丙县政府'), { type: 'acknowledge' })
    await story.phase('rectifying')
  })

  it('转办: among several units, the one that took over signs, and no other for it', async () => {
    const units = [unit('甲县政府'), unit('丙县政府')]
    const story = await aCaseThatIs('rectifying', 'yongzhou', { entry: { units } })
    await story.by(整改办, 转办('丙县政府', '丁县政府'))
    await story.refused(经办人, { type: 'acknowledge' }, 'GN-10', '应由丁县政府签收')
    await story.by(personOf('小丁', 'unit-clerk', '丁县政府'), { type: 'acknowledge' })
  })

  it('转办: a receipt missed by the new unit is recorded again', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(整改办, 转办('甲县政府', '丙县政府'))
    await story.on('2019-10-12')
    expect(await story.moments('acknowledgement-missed')).toEqual(['2019-10-10T15:59:59.999Z'])
  })

  it('转办: the returns clock starts over for the first unit', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-24')
    expect((await story.state()).returns.missedInARow).toBe(2)
    await story.by(整改办, 转办('甲县政府', '丙县政府'))
    await story.on('2019-10-26')
    // Friday the 25th came before two working days had passed.
    expect((await story.state()).returns).toMatchObject({ missed: 2, missedInARow: 0 })
    await story.on('2019-11-02')
    expect((await story.events('return-missed')).at(-1)).toMatchObject({ period: '2019-11-01', inARow: 1 })
  })

  it('转办 is refused in closing, to a unit that verifies, from a stranger, without a reason', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.refused(整改办, 转办('乙县政府', '丙县政府'), 'GN-10', '不是本事项的责任单位')
    await story.refused(整改办, 转办('甲县政府', '甲县政府'), 'GN-10', '已是责任单位')
    await story.refused(整改办, 转办('甲县政府', '市生态环境局'), 'GN-08', '不能同时作验收单位')
    await story.refused(整改办, 转办('甲县政府', '丙县政府', ''), 'GN-07')
    await story.refused(经办人, 转办('甲县政府', '丙县政府'), 'GN-08')
    await story.submits()
    await story.refused(整改办, 转办('甲县政府', '丙县政府'), 'GN-10', '销号办理中')
    const registered = await aCase('yongzhou')
    await registered.refused(整改办, 转办('甲县政府', '丙县政府'), 'GN-10')
    const closed = await aCaseThatIs('closed')
    await closed.refused(整改办, 转办('甲县政府', '丙县政府'), 'GN-10')
  })
})
