import { expect } from 'vitest'
import type { Command } from '../../domain/case/commands.js'
import { pace } from '../../domain/pace.js'
import { plainDate } from '../../domain/words.js'
import { readPlanText } from '../../intake/index.js'
import { ledgerEntryOf } from '../../intake/ledger-entry.js'
import { entry as entryOf, published } from '../intake/published.js'
import { entryFor, onSite, until, 材料 } from '../support/entries.js'
import {
  书记,
  包案领导,
  县级领导,
  县长,
  整改办,
  旁人,
  牵头单位,
  经办人,
  身兼两职,
  部门领导,
} from '../support/people.js'
import type { Story } from '../support/story.js'
import { amend, asksUntil, decides, endOf, hourOf, someone, timeline } from './acts.js'
import { acceptance, type GivenCase } from './clause.js'

const { clause, onlyIf } = acceptance()

const HAND_OVER: Command = { type: 'hand-over' }

const submitted = async (given: GivenCase): Promise<Story> => {
  const story = await given('yongzhou')
  await story.rectifying()
  return story.submits()
}

/** Traditional characters with pinyin glosses, as a browser's copy of such a page leaves them. */
const GLOSSED = `關(guān)于省環(huán)境保護(hù)督察反饋意見整改情況的報(bào)告
發(fā)布時(shí)間:2019-12-05
一、下步工作打算
1.繼續(xù)深化問題整改。對(duì)東安縣污水處理廠(二期)超負(fù)荷運(yùn)轉(zhuǎn)的問題,加快建設(shè)擴(kuò)建工程,年內(nèi)完成擴(kuò)建并投入運(yùn)行。`

/** A matter of Yongzhou's text, completed by the coordinator and handed over on 16 December 2019. */
const handedOverFrom = async (given: GivenCase, text: string, n: number): Promise<Story> => {
  const { questions, units: _units, ...read } = ledgerEntryOf(entryOf(readPlanText(text), n), n)
  const story = await given('yongzhou', { on: '2019-12-16', entry: { ...read, units: [], questions } })
  await story.refused(整改办, HAND_OVER, 'YZ-06', '缺责任单位')
  const { units, persons, target, leadUnits, leaders } = entryFor()
  await story.by(
    整改办,
    amend({
      units,
      persons,
      leadUnits,
      leaders,
      ...(target !== undefined && { target }),
      answered: questions,
    }),
  )
  return story.handedOver()
}

clause(
  'YZ-01',
  'traditional characters with pinyin glosses are read as clean simplified text; real parentheses stay',
  async (given, { papersOf }) => {
    const story = await handedOverFrom(given, GLOSSED, 1)
    const { text, deadline } = (await story.state()).entry
    expect(text).toBe('对东安县污水处理厂(二期)超负荷运转的问题,加快建设扩建工程,年内完成扩建并投入运行。')
    expect(deadline).toEqual({ kind: 'by-date', text: '年内', date: '2019-12-31' })
    expect(papersOf(story, 'handover-slip')[0]?.facts).toContainEqual({ label: '问题表述', value: text })
    await story.on('2020-01-02')
    expect(await timeline(story, 'overdue')).toEqual([`overdue ${endOf('2019-12-31')}`])
  },
)

const plan = published('yongzhou-2019.txt')
onlyIf(plan.present)(
  'YZ-01',
  'the published text yields its outstanding matters, clean enough to hand over',
  async (given) => {
    const story = await handedOverFrom(given, plan.text(), 1)
    const { text } = (await story.state()).entry
    expect(text).toMatch(/^对东安县污水处理厂超负荷运转的问题/)
    expect(text).not.toMatch(/[a-zA-Zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]/)
  },
)

clause(
  'YZ-02',
  'rectification does not start without a ledger page, a leader, a plan and a team',
  async (given) => {
    const { leaders } = entryFor()
    const story = await given('yongzhou', { entry: { leaders: {} } })
    const start = { type: 'submit-case-plan', plan: '分三步走', team: ['局长老周'], evidence: [] } as const
    await story.refused(经办人, start, 'CD-01', '请先签收')
    await story.refused(整改办, HAND_OVER, 'YZ-03', '包案市级领导')
    await story.by(整改办, amend({ leaders }))
    await story.handedOver()
    await story.refused(经办人, start, 'CD-01', '请先签收')
    await story.acknowledged()
    await story.refused(经办人, { ...start, plan: ' ' }, 'YZ-02', '整改方案')
    await story.refused(经办人, { ...start, team: [] }, 'YZ-02', '工作班子')
    await story.phase('acknowledged')
    await story.by(经办人, start)
    await story.phase('rectifying')
  },
)

clause('YZ-03', 'three named officers for each case; not handed over while one is missing', async (given) => {
  const { leaders } = entryFor()
  const story = await given('yongzhou')
  for (const [missing, title] of [
    ['municipal', '包案市级领导'],
    ['county', '牵头县级领导'],
    ['department', '部门负责领导'],
  ] as const) {
    const two = Object.fromEntries(Object.entries(leaders).filter(([level]) => level !== missing))
    await story.by(整改办, amend({ leaders: two }))
    await story.refused(整改办, HAND_OVER, 'YZ-03', title)
  }
  await story.by(整改办, amend({ leaders }))
  await story.handedOver()
  expect((await story.state()).entry.leaders).toEqual({
    municipal: { person: 包案领导.person, name: 包案领导.name },
    county: { person: 县级领导.person, name: 县级领导.name },
    department: { person: 部门领导.person, name: 部门领导.name },
  })
})

clause('YZ-05', 'nothing is submitted while one of the five points is unmet', async (given) => {
  const story = await given('yongzhou')
  await story.rectifying()
  const { points } = story.rules.policy.closing.checklist
  expect(points).toHaveLength(5)
  const submission = (unmet: string | undefined, mark: 'not-met' | 'absent'): Command => ({
    type: 'submit-closing',
    statement: '已全部完成',
    checklist: points
      .map((point) => ({ point, met: point === unmet ? ('not-met' as const) : ('met' as const) }))
      .filter(({ point }) => mark === 'not-met' || point !== unmet),
    evidence: [材料('竣工验收')],
  })
  for (const point of points) {
    await story.refused(经办人, submission(point, 'not-met'), 'YZ-05', point)
    await story.refused(经办人, submission(point, 'absent'), 'YZ-05', point)
  }
  await story.phase('rectifying')
  await story.by(经办人, submission(undefined, 'absent'))
  await story.phase('closing')
})

clause(
  'YZ-06 YZ-10',
  'three reviews, three signatures, then the office on site, in this order; three signatures do not close a case',
  async (given) => {
    const story = await submitted(given)
    const chain = [
      ['gatekeeping', 牵头单位],
      ['leader-check', 包案领导],
      ['secretary', 书记],
      ['mayor', 县长],
      ['office-check', 整改办],
    ] as const
    expect((await story.events('signed')).map(({ step }) => step)).toEqual(['self-check'])
    for (const [index, [step, who]] of chain.entries()) {
      await story.turn(step)
      await story.phase('closing')
      for (const [later, by] of chain.slice(index + 1)) {
        const clauseNow = step === 'office-check' ? 'YZ-10' : 'YZ-06'
        await story.refused(by, await story.signing(later), clauseNow, '还没有轮到')
      }
      await story.signs(who)
    }
    await story.phase('on-notice')
  },
)

clause(
  'YZ-07',
  'three distinct persons: nobody signs twice, out of turn, for two, or for an item that is their own',
  async (given) => {
    const 兼书记 = someone(包案领导.person, 包案领导.name, 'leader', 'secretary')
    const story = await submitted(given)
    await story.by(书记, {
      type: 'delegate',
      to: 部门领导.person,
      toName: 部门领导.name,
      until: plainDate('2020-12-31'),
      document: '永委函〔2019〕8号',
    })
    await story.signs(牵头单位)
    await story.refused(县长, await story.signing('mayor'), 'YZ-06', '还没有轮到')
    await story.signs(包案领导)
    await story.refused(兼书记, await story.signing('secretary'), 'YZ-07', '只签一次')
    await story.signs(部门领导)
    await story.turn('mayor')
    await story.refused(
      someone(书记.person, 书记.name, 'mayor'),
      await story.signing('mayor'),
      'YZ-07',
      '只签一次',
    )
    await story.refused(
      someone(部门领导.person, 部门领导.name, 'mayor'),
      await story.signing(),
      'YZ-07',
      '只签一次',
    )
    await story.signs(县长)

    const own = await given('yongzhou', {
      entry: {
        leaders: { ...entryFor().leaders, municipal: { person: 身兼两职.person, name: 身兼两职.name } },
      },
    })
    await own.rectifying()
    await own.submits()
    await own.signs(牵头单位)
    await own.refused(身兼两职, await own.signing('leader-check'), 'YZ-07', '不得为本人负责的事项签字')
  },
)

clause(
  'YZ-08',
  'a refusal at any review or signature sends the case back with reasons; the sign-offs lapse and stay on the record',
  async (given) => {
    const story = await submitted(given)
    for (const [round, [step, by, reasons]] of (
      [
        ['gatekeeping', 牵头单位, '清单未附监测报告'],
        ['leader-check', 包案领导, '现场仍有渗漏'],
        ['secretary', 书记, '群众不满意'],
        ['mayor', 县长, '排口未封堵'],
        ['office-check', 整改办, '与台账不符'],
      ] as const
    ).entries()) {
      await story.signedUpTo(step)
      const saw = (await story.state()).seal
      await story.refused(by, { type: 'refuse-step', step, saw, reasons: ' ' }, 'YZ-08', '理由')
      await story.refuses(by, reasons)
      await story.phase('rectifying')
      expect((await story.state()).closing).toBeUndefined()
      expect((await story.events('step-refused')).at(-1)).toMatchObject({ reasons, closing: round + 1 })
      expect((await story.events('step-refused')).at(-1)?.lapsed).toHaveLength(round + 1)
      await story.submits()
      await story.turn('gatekeeping')
    }
    expect(await story.events('signed')).toHaveLength(1 + 2 + 3 + 4 + 5 + 1)
    expect(await story.told()).toContainEqual(expect.stringContaining('县长签字 退回:排口未封堵'))
  },
)

clause(
  'YZ-09',
  'a check on site has place, time and photos; a signature is bound to what it saw, and changed evidence voids it',
  async (given) => {
    const story = await submitted(given)
    await story.signs(牵头单位)
    const check = await story.signing('leader-check')
    if (check.type !== 'sign') throw new TypeError(check.type)
    const { site: _site, ...nowhere } = check
    const site = onSite(story.stage.now())
    await story.refused(包案领导, nowhere, 'YZ-09', '须到现场')
    await story.refused(包案领导, { ...check, site: { ...site, photos: [] } }, 'YZ-09', '照片')
    await story.refused(包案领导, { ...check, site: { ...site, place: ' ' } }, 'YZ-09', '地点')
    await story.by(包案领导, check)
    expect((await story.events('signed')).at(-1)).toMatchObject({ saw: check.saw, site })

    const unseen = await story.signing('secretary')
    await story.by(经办人, { type: 'add-evidence', evidence: [材料('补测报告')] })
    expect((await story.events('sign-offs-voided'))[0]?.lapsed).toHaveLength(3)
    await story.turn('self-check')
    await story.signedUpTo('secretary')
    await story.refused(书记, unseen, 'YZ-09', '材料在您阅看之后有变动')
    await story.signs(书记)
    const { seal, closing } = await story.state()
    expect(closing?.signOffs.map(({ saw }) => saw)).toEqual(Array(4).fill(seal))
  },
)

clause(
  'YZ-11',
  "overdue: the unit's head and the enterprise's are called in; minutes, and commitments each with its day",
  async (given, { papersOf, toldOf }) => {
    const story = await given('yongzhou', {
      on: '2019-12-16',
      entry: { deadline: until('2020-01-10'), enterprise: '东安水务公司' },
    })
    const minutes: Command = {
      type: 'record-interview',
      minutes: '剖析原因,限期整改',
      present: ['局长老周', '东安水务公司负责人'],
      commitments: [
        { text: '二期设备进场', by: plainDate('2020-01-20') },
        { text: '通水试运行', by: plainDate('2020-02-03') },
      ],
    }
    await story.rectifying()
    await story.refused(整改办, minutes, 'YZ-11', '没有已发出的约谈')
    await story.on('2019-12-30')
    await story.reports(30)
    await story.on('2020-01-13')
    expect((await timeline(story, 'overdue', 'rung-drafted')).slice(0, 2)).toEqual([
      `overdue ${endOf('2020-01-10')}`,
      `rung-drafted ${hourOf('2020-01-13', 9)}`, // a day after is a Saturday
    ])
    await decides(story, 'interview')
    const [notice] = papersOf(story, 'interview-notice')
    expect(notice?.to).toEqual(['甲县政府'])
    expect(notice?.body.join('')).toContain('约谈你单位主要负责人及东安水务公司负责人')
    const raised = (await toldOf(story, 'rung-raised')).at(-1)
    expect(raised).toContainEqual({ unit: '甲县政府', who: 'head' })
    await story.refused(整改办, { ...minutes, minutes: ' ' }, 'YZ-11', '纪要')
    await story.by(整改办, minutes)
    await story.by(整改办, { type: 'settle-commitment', commitment: 0, result: '已进场' })
    await story.on('2020-02-05')
    expect(await timeline(story, 'commitment-missed')).toEqual([`commitment-missed ${endOf('2020-02-03')}`])
    expect((await story.state()).interview.commitments.map(({ state }) => state)).toEqual(['settled', 'late'])
  },
)

clause(
  'YZ-13',
  'pace buckets are disjoint and sum; a claim completes nothing; 提前 is judged against the original deadline',
  async (given) => {
    /** From 8 October 2019 on, half of the time to the deadline is over on 8 November. */
    const about = { on: '2019-10-08', entry: { deadline: until('2019-12-09') } }
    const paceOf = async (story: Story) => {
      const { bucket, progress } = pace(await story.state(), story.stage.now())
      return [bucket, progress]
    }
    const claiming = async (progress: number) => {
      const story = await given('yongzhou', about)
      await story.rectifying()
      await story.on('2019-11-08')
      return story.reports(progress)
    }
    const toTheEnd = async (story: Story) => {
      await story.signedUpTo()
      expect(await paceOf(story)).toEqual(['on-pace', 100])
      await story.posts()
      await story.noticeOver()
      return story.files()
    }
    expect(await paceOf(await given('yongzhou', about))).toEqual(['not-yet', 0])
    expect(await paceOf(await claiming(49))).toEqual(['pressed', 49])
    expect(await paceOf(await claiming(50))).toEqual(['on-pace', 50])

    const early = await claiming(100)
    expect(await paceOf(early)).toEqual(['on-pace', 99])
    await early.submits()
    await toTheEnd(early)
    expect(await paceOf(early)).toEqual(['early', 100])

    const extended = await given('yongzhou', { on: '2019-10-08', entry: { deadline: until('2019-10-31') } })
    await extended.rectifying()
    await asksUntil(extended, '2019-12-31')
    await extended.by(包案领导, { type: 'decide-extension', decision: 'approve', reason: '同意' })
    await extended.on('2019-11-18')
    await extended.submits()
    await toTheEnd(extended)
    expect(await paceOf(extended)).toEqual(['on-pace', 100])
  },
)

clause(
  'YZ-17',
  "the leading group's seats are roles: a new holder takes over, and old signatures stand",
  async (given) => {
    const 新包案领导 = someone('leader2', '副市长老罗', 'leader')
    const 新书记 = someone('secretary2', '书记老段', 'secretary')
    const story = await submitted(given)
    await story.signedUpTo('secretary')
    await story.refused(
      旁人,
      {
        type: 'hand-over-office',
        leaders: { municipal: { person: 旁人.person, name: 旁人.name } },
        reason: '',
      },
      'GN-08',
    )
    await story.by(整改办, {
      type: 'hand-over-office',
      leaders: { municipal: { person: 新包案领导.person, name: 新包案领导.name } },
      reason: '市领导分工调整',
    })
    await story.by(新书记, await story.signing('secretary'))
    const signed = async () => (await story.state()).closing?.signOffs.map(({ name }) => name)
    expect(await signed()).toEqual([经办人.name, 牵头单位.name, 包案领导.name, 新书记.name])
    await story.refuses(县长, '请新任包案领导再看现场')
    await story.submits()
    await story.signs(牵头单位)
    await story.refused(包案领导, await story.signing('leader-check'), 'YZ-06', '您不在其列')
    await story.by(新包案领导, await story.signing('leader-check'))
    expect(await story.events('office-handed-over')).toMatchObject([
      { before: { municipal: { name: 包案领导.name } }, after: { municipal: { name: 新包案领导.name } } },
    ])
  },
)
