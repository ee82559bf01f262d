import { expect } from 'vitest'
import type { Command } from '../../domain/case/commands.js'
import type { Entry } from '../../domain/entry.js'
import type { PersonId } from '../../domain/words.js'
import { entryFor, onSite, returned, until, 材料 } from '../support/entries.js'
import {
  unit,
  书记,
  包案领导,
  单位负责人,
  县级领导,
  县长,
  整改办,
  整改办主任,
  旁人,
  监督员,
  经办人,
  部门领导,
} from '../support/people.js'
import { amend, checked, climbed, endOf, hourOf, looksBack } from './acts.js'
import { acceptance, type GivenCase } from './clause.js'

const { clause } = acceptance()
const HAND_OVER: Command = { type: 'hand-over' }

const aMatter = (given: GivenCase, entry: Partial<Entry> = {}, on = '2018-06-29') =>
  given('jinan', { on, entry: { deadline: until('2018-12-31'), ...entry } })

const named = ({ person, name }: { readonly person: PersonId; readonly name: string }) => ({ person, name })

clause(
  'JN-10',
  'a case is put on the supervised list with a named watcher, who is told of everything; taking it off is a decision',
  async (given, { toldOf }) => {
    const story = await aMatter(given)
    const put: Command = {
      type: 'put-under-supervision',
      watcher: named(旁人),
      reason: '群众反映强烈',
      release: '验收合格且三个月未反弹',
    }
    await story.refused(整改办主任, put, 'JN-10', '已交办')
    await story.rectifying()
    await story.refused(经办人, put, 'GN-08')
    await story.by(整改办主任, put)
    await story.refused(整改办主任, put, 'JN-10', '盯办人旁人小吴')
    const told = (await toldOf(story, 'supervision-listed'))[0]
    expect(told).toContainEqual({ person: 旁人.person })

    await story.on('2018-07-07')
    expect((await toldOf(story, 'return-missed'))[0]).toContainEqual({ person: 旁人.person })
    await story.refused(整改办, { type: 'record-watching', findings: '看了' }, 'JN-10', '指定的盯办人')
    await story.by(旁人, { type: 'record-watching', findings: '管网尚未动工' })

    // Closing takes nothing off the list.
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
    expect((await story.state()).supervised).toMatchObject({ watcher: named(旁人), watched: 1 })
    await story.refused(整改办主任, { type: 'end-supervision', reason: ' ' }, 'JN-10', '三个月未反弹')
    await story.refused(单位负责人, { type: 'end-supervision', reason: '已完成' }, 'GN-08')
    await story.by(整改办主任, { type: 'end-supervision', reason: '条件达到' })
    expect((await story.state()).supervised).toBeUndefined()
    expect((await toldOf(story, 'supervision-ended'))[0]).toContainEqual({ person: 旁人.person })
    await story.refused(整改办主任, { type: 'end-supervision', reason: '条件达到' }, 'JN-10', '没有挂账')
  },
)

clause(
  'JN-13',
  'what the first acceptance was judged by is the measure of every later check: none fewer, none lower',
  async (given) => {
    const story = await aMatter(given, {}, '2018-06-20')
    await story.closed()
    const criteria = ['污染消除', '生态恢复', '群众满意', '整改目标:污水全收集、全处理']
    expect((await story.events('closed'))[0]?.criteria).toEqual(criteria)
    await story.on('2018-10-08', '10:00')
    const look = async (checks: Extract<Command, { type: 'look-back' }>['checks']): Promise<Command> => ({
      type: 'look-back',
      result: 'holds',
      findings: '未见反弹',
      site: onSite(story.stage.now()),
      ...(checks && { checks }),
    })
    await story.refused(整改办, await look(undefined), 'JN-13', '尺度不减')
    const { checks = [] } = await checked(story, 'met')
    await story.refused(整改办, await look(checks.slice(1)), 'JN-13', '污染消除')
    const lower = checks.map((check, index) => (index === 1 ? { ...check, met: 'not-met' as const } : check))
    await story.refused(整改办, await look(lower), 'JN-13', '标准不降')
    await story.by(整改办, await look(checks))

    // A rebound and a second acceptance: judged by the first one's measure, which does not change.
    await story.on('2019-01-25')
    await looksBack(story, 'rebound')
    await story.phase('rectifying')
    await story.submits()
    await story.signedUpTo('leader-check')
    const weaker = await story.signing()
    await story.refused(
      包案领导,
      { ...weaker, ...(weaker.type === 'sign' && { findings: weaker.findings.slice(0, 3) }) } as Command,
      'JN-13',
      '整改目标',
    )
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    expect((await story.state()).criteria).toEqual(criteria)
    expect((await story.events('closed'))[1]).not.toHaveProperty('criteria')
  },
)

clause(
  'JN-15',
  'each of the five triggers drafts a clue with its evidence; the leading group decides',
  async (given, { referralOf }) => {
    const causes = async (story: Awaited<ReturnType<typeof aMatter>>) =>
      (await story.events('clue-drafted')).map(({ trigger, facts, evidence }) => ({
        trigger,
        facts: facts?.length,
        evidence,
      }))

    // 拒不整改: five returns missing in a row, nothing done in between.
    const refusing = await aMatter(given)
    await refusing.rectifying()
    await refusing.on('2018-08-04')
    const [drafted] = await refusing.events('clue-drafted')
    expect(drafted).toMatchObject({
      trigger: 'refusing',
      clause: 'JN-15',
      cause: '拒不整改:连续 5 期缺报调度,催而不报',
      facts: [
        '连续 5 期缺报调度,催而不报',
        '整改时限 2018年12月31日',
        '缺报调度 5 期,其中连续 5 期',
        '已采取或拟采取:预警、通报',
      ],
      evidence: [材料('整改方案').sha256],
    })
    await refusing.refused(
      整改办主任,
      { type: 'decide-clue', clue: 0, decision: 'refer', reason: '严重' },
      'GN-08',
    )
    await refusing.by(书记, { type: 'decide-clue', clue: 0, decision: 'refer', reason: '情节严重' })
    const referral = await referralOf(refusing, 0)
    expect((await referral.stateOf('referral')).cause).toContain('拒不整改')

    // 整改不力: the third refusal; 敷衍塞责 and 弄虚作假: found by a refusal.
    for (const [code, trigger] of [
      [undefined, 'ineffective'],
      ['perfunctory', 'perfunctory'],
      ['feigned', 'dishonest'],
    ] as const) {
      const story = await aMatter(given)
      await story.rectifying()
      for (let round = 1; round <= (code ? 1 : 3); round += 1) {
        expect(await causes(story)).toEqual([])
        await story.submits()
        await story.signedUpTo('leader-check')
        await story.refuses(包案领导, '现场未见设施', code)
      }
      expect(await causes(story)).toMatchObject([{ trigger, evidence: expect.any(Array) }])
      await story.by(县长, { type: 'decide-clue', clue: 0, decision: 'dismiss', reason: '已及时纠正' })
    }

    // 进展缓慢: so many days overdue that the last rung is reached.
    const slow = await aMatter(given, { deadline: until('2018-07-06') })
    await slow.rectifying()
    while ((await slow.rung('referral-draft')) === undefined) {
      await slow.by(经办人, { type: 'submit-return', content: returned(10) }).catch(() => undefined)
      for (const { rung, state } of (await slow.state()).ladder.rungs)
        if (state === 'drafted')
          await slow.by(整改办主任, { type: 'decide-rung', rung, decision: 'issue', reason: '经研究决定' })
      await slow.daysLater(3)
    }
    await slow.by(整改办主任, {
      type: 'decide-rung',
      rung: 'referral-draft',
      decision: 'issue',
      reason: '经研究决定',
    })
    expect((await climbed(slow)).at(-1)).toBe('referral-draft raised')
    expect((await causes(slow)).at(-1)).toMatchObject({ trigger: 'slow' })
  },
)

clause(
  'JN-22',
  'a measure that shuts a whole class is not handed over without its reason and its approver',
  async (given) => {
    const story = await aMatter(given, { measures: '对沿线砂石场一律关停。' })
    await story.refused(整改办, HAND_OVER, 'JN-22', '一律关停')
    await story.by(整改办, amend({ shutsWholeClass: { reason: ' ', approvedBy: '市政府常务会议' } }))
    await story.refused(整改办, HAND_OVER, 'JN-22', '理由和批准人')
    await story.by(整改办, amend({ shutsWholeClass: { reason: '均在饮用水源保护区内', approvedBy: ' ' } }))
    await story.refused(整改办, HAND_OVER, 'JN-22', '理由和批准人')
    const shut = { reason: '均在饮用水源保护区内', approvedBy: '市政府常务会议' }
    await story.by(整改办, amend({ shutsWholeClass: shut }))
    await story.handedOver()
    await story.phase('handed-over')
    expect((await story.state()).entry.shutsWholeClass).toEqual(shut)
  },
)

clause(
  'HH-14',
  'a key case and its nodes are marked, and inspected before they fall due; by others than the unit',
  async (given, { toldOf }) => {
    const story = await given('hohhot', {
      on: '2020-07-01',
      entry: {
        deadline: until('2020-12-31'),
        nodes: [{ text: '建成主体工程', date: until('2020-09-30').text as never }],
      },
    })
    const mark: Command = { type: 'mark-key', target: 'node:0', reason: '控制性工程' }
    await story.refused(整改办, mark, 'HH-14', '已交办')
    await story.rectifying()
    await story.refused(经办人, mark, 'GN-08')
    await story.by(整改办, mark)
    await story.by(整改办, { type: 'mark-key', target: 'case', reason: '重点任务' })
    await story.on('2020-09-16')
    expect(await story.moments('key-inspection-due')).toEqual([hourOf('2020-09-15', 9)])
    expect((await toldOf(story, 'key-inspection-due'))[0]).toContainEqual({ seat: 'office' })
    const inspect = (): Command => ({
      type: 'inspect-key',
      target: 'node:0',
      result: 'behind',
      findings: '主体只完成六成',
      site: onSite(story.stage.now()),
    })
    await story.refused(经办人, inspect(), 'GN-08')
    await story.by(整改办, inspect())
    expect(await story.events('key-inspected')).toMatchObject([{ timeliness: 'on-time', result: 'behind' }])
    await story.refused(整改办, inspect(), 'HH-14', '已经督查')

    // The case itself: nobody goes, and that stands on the record.
    await story.on('2021-01-04')
    expect(await story.moments('key-inspection-missed')).toEqual([endOf('2020-12-31')])
    expect((await toldOf(story, 'key-inspection-missed'))[0]).toContainEqual({ seat: 'office-head' })
  },
)

clause(
  'HH-15',
  'leaders of an area are told tier by tier, as the policy says for each rung',
  async (given, { toldOf }) => {
    const story = await given('hohhot', {
      on: '2020-07-01',
      entry: { deadline: until('2020-12-31'), area: '新城区' },
    })
    await story.rectifying()
    await story.on('2020-07-18')
    const [warning] = await toldOf(story, 'rung-raised')
    expect(warning).toContainEqual({ area: '新城区', tiers: ['in-charge'] })
    await story.on('2020-07-25')
    await story.by(整改办主任, {
      type: 'decide-rung',
      rung: 'circular',
      decision: 'issue',
      reason: '连续缺报',
    })
    const [, circular] = await toldOf(story, 'rung-raised')
    expect(circular).toContainEqual({ area: '新城区', tiers: ['first', 'in-charge'] })
  },
)

clause(
  'YZ-15',
  'outside observers are invited to a check; who came, and what they said, is on the record',
  async (given, { toldOf }) => {
    const story = await given('yongzhou')
    await story.rectifying()
    const invite: Command = {
      type: 'invite-observers',
      check: 'verification',
      observers: [
        { name: 监督员.name, from: '市人大代表', person: 监督员.person },
        { name: '韩记者', from: '永州电视台' },
        { name: '环保志愿者小邓', from: '蓝天志愿服务队' },
      ],
    }
    await story.refused(经办人, invite, 'GN-08')
    await story.refused(
      整改办,
      { ...invite, observers: [{ name: '内部人', from: '甲县政府' }] } as Command,
      'GN-08',
      '责任单位',
    )
    await story.by(整改办, invite)
    expect((await toldOf(story, 'observers-invited'))[0]).toEqual([{ person: 监督员.person }])
    await story.submits()
    await story.signedUpTo('leader-check')
    const signing = await story.signing()
    await story.refused(包案领导, signing, 'YZ-15', '是否到场')
    await story.by(包案领导, {
      ...signing,
      site: {
        ...onSite(story.stage.now()),
        observers: [
          { name: 监督员.name, words: '出水清澈,没有异味' },
          { name: '韩记者', words: '已拍摄报道' },
        ],
        absent: ['环保志愿者小邓'],
      },
    } as Command)
    expect((await story.state()).invited).toMatchObject([
      { state: 'present', words: '出水清澈,没有异味' },
      { state: 'present', words: '已拍摄报道' },
      { state: 'absent' },
    ])
    await story.refused(旁人, { type: 'record-observation', words: '我也看了' }, 'YZ-15', '受邀')
    await story.by(监督员, { type: 'record-observation', words: '建议长期监测' })
    expect(await story.events('observed')).toMatchObject([{ words: '建议长期监测' }])
    expect(await story.told()).toContainEqual(expect.stringContaining('建议长期监测'))
  },
)

clause(
  'GN-09',
  'who holds several seats chooses the one a deputy acts from; each authority ends on its own day',
  async (given) => {
    const story = await given('yongzhou', {
      entry: { leaders: { ...entryFor().leaders, county: named(包案领导) } },
    })
    await story.rectifying()
    const lets = (seat: 'county-leader' | 'case-leader' | 'mayor', day: string): Command => ({
      type: 'delegate',
      to: 部门领导.person,
      toName: 部门领导.name,
      until: until(day).text as never,
      document: '授权书',
      seat,
    })
    await story.refused(包案领导, lets('mayor', '2019-12-31'), 'GN-09', '没有可以委托的')
    await story.refused(县级领导, lets('county-leader', '2019-12-31'), 'GN-09')
    await story.by(包案领导, lets('county-leader', '2019-10-31'))
    await story.by(包案领导, lets('case-leader', '2019-11-30'))
    expect((await story.state()).delegations.map(({ post }) => post.seat)).toEqual([
      'county-leader',
      'case-leader',
    ])
    await story.on('2019-11-04')
    expect((await story.state()).delegations.map(({ post }) => post.seat)).toEqual(['case-leader'])
  },
)

clause(
  'GN-08',
  'a restricted case is open to the named alone: others neither do anything in it nor are told',
  async (given) => {
    const story = await given('yongzhou', { entry: { units: [unit('甲县政府')] } })
    await story.rectifying()
    const restrict: Command = {
      type: 'restrict-case',
      persons: [named(包案领导)],
      roles: ['secretary'],
      units: [unit('甲县政府')],
      reason: '涉及未公开的案件',
    }
    await story.refused(整改办, restrict, 'GN-08')
    await story.by(整改办主任, restrict)
    await story.refused(整改办, { type: 'chase', whom: 'responsible-unit', words: '快' }, 'GN-08', '限定知悉')
    await story.by(经办人, { type: 'submit-return', content: returned(20) })
    await story.by(整改办主任, { type: 'unrestrict-case', reason: '案件已公开' })
    await story.by(整改办, { type: 'chase', whom: 'responsible-unit', words: '快' })
  },
)
