import { expect } from 'vitest'
import type { Command, EntryPatch } from '../../domain/case/commands.js'
import { hasEnded } from '../../domain/decider.js'
import type { Entry } from '../../domain/entry.js'
import type { Actor } from '../../domain/parties.js'
import { reading } from '../../domain/permission/read.js'
import { isRefusal } from '../../domain/refusal.js'
import { todos } from '../../domain/todo.js'
import { plainDate } from '../../domain/words.js'
import { entryFor, onSite, until, 三项达标, 材料, 立行立改, 长期坚持 } from '../support/entries.js'
import * as people from '../support/people.js'
import { unit } from '../support/people.js'
import type { Story } from '../support/story.js'
import { amend, climbed, completes, decides, endOf, hourOf, timeline, visits } from './acts.js'
import { acceptance, type GivenCase } from './clause.js'

const { clause } = acceptance()
const { 整改办, 整改办主任, 经办人, 单位负责人, 牵头单位, 配合单位, 另一配合单位, 包案领导, 纪检监察, 旁人 } =
  people

/** Changde's plan came out on 29 May 2024; 3 June is the Monday after. */
const aMatter = (given: GivenCase, entry: Partial<Entry> = {}, on = '2024-06-03'): Promise<Story> =>
  given('changde', { on, entry: { deadline: until('2024-12-31'), ...entry } })

const HAND_OVER: Command = { type: 'hand-over' }

clause(
  'CD-01',
  'an entry lacking one of six fields, with no or two lead units, or accepted by its own 实施主体 is not handed over',
  async (given) => {
    const story = await aMatter(given)
    const { n: _n, lines: _lines, questions: _questions, ...whole } = (await story.state()).entry
    const spoilt: readonly (readonly [string, EntryPatch])[] = [
      ['缺整改目标', { target: '' }],
      ['缺责任单位', { units: [] }],
      ['缺整改措施', { measures: '' }],
      ['缺整改时限', { deadline: { kind: 'unknown', text: '尽快' } }],
      ['缺牵头验收单位', { leadUnits: [] }],
      ['缺配合验收单位', { cooperatingUnits: [] }],
      ['只能有一个', { leadUnits: [unit('市生态环境局'), unit('市城管局')] }],
      ['甲县政府是责任单位', { leadUnits: [unit('甲县政府')] }],
      ['甲县政府是责任单位', { cooperatingUnits: [unit('甲县政府'), unit('市水利局')] }],
    ]
    for (const [why, patch] of spoilt) {
      await story.by(整改办, amend({ ...whole, ...patch }))
      await story.refused(整改办, HAND_OVER, 'CD-01', why)
    }
    await story.by(整改办, amend(whole))
    await story.handedOver()
    await story.phase('handed-over')
  },
)

clause(
  'CD-02',
  'what can be done at once is due ten working days after handing over, over the National Day holidays',
  async (given) => {
    const silent = await aMatter(given, { deadline: 立行立改 }, '2024-09-27')
    await silent.handedOver()
    expect((await silent.state()).deadline?.due).toBe('2024-10-16')
    await silent.on('2024-10-17')
    expect(await timeline(silent, 'overdue')).toEqual([`overdue ${endOf('2024-10-16')}`])

    const prompt = await aMatter(given, { deadline: 立行立改 }, '2024-09-27')
    await prompt.rectifying()
    await prompt.on('2024-10-16', '23:00')
    await prompt.submits()
    await prompt.on('2024-10-21')
    expect(await timeline(prompt, 'overdue')).toEqual([])
  },
)

clause(
  'CD-03',
  'what takes time has a target and a date, or is not handed over; its date ends at midnight',
  async (given) => {
    const date = until('2024-06-14')
    const story = await aMatter(given, { target: ' ', deadline: date })
    await story.refused(整改办, HAND_OVER, 'CD-01', '缺整改目标')
    await story.by(整改办, amend({ target: '不再直排', deadline: { kind: 'unknown', text: '限时整改' } }))
    await story.refused(整改办, HAND_OVER, 'CD-01', '缺整改时限')
    await story.by(整改办, amend({ deadline: date }))
    await story.handedOver()
    await story.on('2024-06-14', '23:59')
    expect(await timeline(story, 'overdue')).toEqual([])
    await story.on('2024-06-15', '00:00')
    expect(await timeline(story, 'overdue')).toEqual([`overdue ${endOf('2024-06-14')}`])
  },
)

clause(
  'CD-04',
  'what lasts for good has a dated stage target: that falls overdue, the item as a whole never does',
  async (given) => {
    const story = await aMatter(given, { deadline: 长期坚持 })
    await story.refused(整改办, HAND_OVER, 'CD-04', '阶段目标')
    await story.by(整改办, amend({ nodes: [{ text: '管网普查完成', date: plainDate('2024-09-30') }] }))
    await story.rectifying()
    await story.on('2025-06-30')
    expect((await story.events('overdue')).map(({ target }) => target)).toEqual(['node:0'])
    expect(await story.moments('overdue')).toEqual([endOf('2024-09-30')])
    await completes(story, 0)
    expect((await story.state()).deadline?.overdue).toEqual([])
    expect(await story.events('overdue')).toHaveLength(1)
  },
)

const POST: Command = {
  type: 'post-notice',
  postedOn: plainDate('2024-06-03'),
  result: '已完成整改',
  contact: '0736-12345',
  channels: ['常德电视台', '《常德日报》', '市政府门户网站'].map((channel) => ({ channel, where: '当日' })),
}
const FILE: Command = { type: 'send-filing', to: '省督察办', noticeResult: '无异议' }
const RECEIPT: Command = {
  type: 'record-filing-receipt',
  receipt: '湘环督备〔2024〕7号',
  receivedOn: plainDate('2024-06-03'),
}

clause('CD-05', 'five steps in this order; none of them out of its turn', async (given) => {
  const story = await aMatter(given)
  await story.rectifying()
  const outOfTurn = async (...steps: readonly (readonly [Actor, Command | string])[]) => {
    for (const [by, act] of steps) {
      const answer = await story.tries(by, typeof act === 'string' ? await story.signing(act) : act)
      expect(isRefusal(answer) && answer.kind, JSON.stringify(act)).toBe('out-of-turn')
    }
  }
  const rest: readonly (readonly [Actor, Command | string])[] = [
    [单位负责人, 'application'],
    [配合单位, 'opinions'],
    [牵头单位, 'verification'],
    [整改办, POST],
    [整改办, FILE],
    [整改办, RECEIPT],
  ]
  await outOfTurn([经办人, 'preliminary-review'], ...rest)
  await story.submits()
  for (const [done, title] of ['初审', '申请', '核查意见', '核查结论'].entries()) {
    expect((await story.events('step-completed')).at(-1)?.title).toBe(title)
    await outOfTurn(...rest.slice(done + 1))
    if (title !== '核查结论') await story.signs()
  }
  await story.posts()
  await outOfTurn([整改办, FILE], [整改办, RECEIPT])
  await story.noticeOver()
  await outOfTurn([整改办, POST], [整改办, RECEIPT])
  await story.files()
  await story.phase('closed')
  expect((await story.events('step-completed')).map(({ title }) => title)).toEqual([
    '初审',
    '申请',
    '核查意见',
    '核查结论',
    '公示',
    '备案',
  ])
})

clause(
  'CD-05',
  'a refusal at any of the five steps returns the case with its reasons; the next round begins anew',
  async (given) => {
    const story = await aMatter(given)
    await story.rectifying()
    const returned = async (round: number, reasons: string, lapsed: readonly string[]) => {
      const { phase, closing, closings } = await story.state()
      expect({ phase, closing, begun: closings.begun }).toEqual({
        phase: 'rectifying',
        closing: undefined,
        begun: round,
      })
      expect((await story.told()).some((line) => line.includes(reasons))).toBe(true)
      const [last] = (await story.events('step-refused')).slice(-1)
      expect(last?.lapsed.map((line) => line.split(' ')[0])).toEqual(lapsed)
    }
    await story.by(单位负责人, {
      type: 'submit-closing',
      statement: '已全部完成',
      checklist: [],
      evidence: [材料('自查报告')],
    })
    await story.turn('preliminary-review')
    await story.refuses(经办人, '初审:材料不全')
    await returned(1, '初审:材料不全', [])

    const steps = [
      ['application', 单位负责人, '申请:尚有渗漏', ['初审']],
      ['opinions', 配合单位, '意见:河道未清淤', ['初审', '申请']],
      ['verification', 牵头单位, '结论:水质未达标', ['初审', '申请', '核查意见']],
      ['notice', 整改办, '公示:有误', ['初审', '申请', '核查意见', '核查结论']],
    ] as const
    for (const [index, [step, by, reasons, lapsed]] of steps.entries()) {
      await story.submits()
      await story.turn('application')
      await story.signedUpTo(step)
      await story.refuses(by, reasons)
      await returned(index + 2, reasons, lapsed)
    }
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.by(整改办, FILE)
    await story.refused(
      单位负责人,
      { type: 'refuse-step', step: 'filing', saw: (await story.state()).seal, reasons: '不报了' },
      'GN-08',
    )
    await story.refuses(整改办, '备案:省里要求补充监测数据')
    await returned(6, '备案:省里要求补充监测数据', ['初审', '申请', '核查意见', '核查结论'])

    await story.submits()
    await story.turn('application')
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
    expect((await story.events('signed')).length).toBe(1 + 2 + 3 + 4 + 4 + 4)
  },
)

clause(
  'CD-06',
  'every 配合验收单位 gives an opinion, then the 牵头验收单位 concludes; not before',
  async (given) => {
    const story = await aMatter(given, { cooperatingUnits: [unit('市水利局'), unit('市城管局')] })
    await story.rectifying()
    await story.submits()
    await story.signs(单位负责人)
    await story.refused(牵头单位, await story.signing('verification'), 'CD-06', '现在轮到“核查意见”')
    await story.signs(另一配合单位)
    await story.refused(牵头单位, await story.signing('verification'), 'CD-06', '现在轮到“核查意见”')
    await story.refused(牵头单位, await story.signing('opinions'), 'CD-06', '您不在其列')
    await story.signs(配合单位)
    await story.turn('verification')
    await story.refused(配合单位, await story.signing('verification'), 'CD-08', '您不在其列')
    await story.signs(牵头单位)
    await story.phase('on-notice')
  },
)

clause('CD-07', 'the 主要负责人 applies in person: no clerk, no deputy', async (given) => {
  const story = await aMatter(given)
  await story.rectifying()
  await story.by(单位负责人, {
    type: 'delegate',
    to: 旁人.person,
    toName: 旁人.name,
    until: plainDate('2024-12-31'),
    document: '甲政函〔2024〕3号',
  })
  await story.submits()
  await story.refused(经办人, await story.signing('application'), 'CD-07')
  await story.refused(旁人, await story.signing('application'), 'CD-07', '须由本人签署')
  await story.signs(单位负责人)
  await story.turn('opinions')
})

clause(
  'CD-08',
  'a finding with evidence for each of 污染消除、生态恢复、群众满意, or the conclusion is refused',
  async (given) => {
    const story = await aMatter(given)
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('verification')
    const conclusion = await story.signing()
    if (conclusion.type !== 'sign') throw new TypeError(conclusion.type)
    for (const [index, { title }] of 三项达标.entries()) {
      const others = 三项达标.filter((finding) => finding.title !== title)
      const instead = (change: object) =>
        三项达标.map((one, at) => (at === index ? { ...one, ...change } : one))
      await story.refused(牵头单位, { ...conclusion, findings: others }, 'CD-08', title)
      await story.refused(
        牵头单位,
        { ...conclusion, findings: instead({ met: 'not-met' }) },
        'CD-08',
        '尚未达到',
      )
      await story.refused(
        牵头单位,
        { ...conclusion, findings: instead({ evidence: [] }) },
        'CD-08',
        '须附材料',
      )
    }
    await story.by(牵头单位, conclusion)
    expect((await story.events('signed')).at(-1)?.findings).toEqual(三项达标)
  },
)

/** Everything signed on the last working day before the National Day holidays. */
const onNotice = async (given: GivenCase): Promise<Story> => {
  const story = await aMatter(given, {}, '2024-09-27')
  await story.rectifying()
  await story.submits()
  await story.signedUpTo()
  return story
}
const RESIDENT = { stranger: '居民王先生' }
const OBJECT: Command = { type: 'object', text: '夜里仍在排污', contact: '13900000000' }

clause(
  'CD-09',
  'a notice runs ten working days over the holidays, waits for its answers, and ends by itself',
  async (given) => {
    const story = await onNotice(given)
    await story.refused(RESIDENT, OBJECT, 'CD-09', '公示尚未开始')
    await story.posts()
    expect((await story.events('notice-posted'))[0]).toMatchObject({
      postedOn: '2024-09-27',
      until: '2024-10-15',
    })
    await story.on('2024-10-15', '22:00')
    await story.by(RESIDENT, OBJECT)
    await story.on('2024-10-16')
    await story.phase('on-notice')
    await story.refused(RESIDENT, OBJECT, 'CD-09', '期满')
    await story.by(整改办, {
      type: 'answer-objection',
      objection: 0,
      decision: 'reject',
      answer: '经夜查,未见排放',
    })
    await story.phase('filing')

    const undisturbed = await onNotice(given)
    await undisturbed.posts()
    await undisturbed.on('2024-10-16')
    expect(await timeline(undisturbed, 'notice-ended')).toEqual([`notice-ended ${endOf('2024-10-15')}`])
  },
)

clause('CD-09', 'an accepted objection stops the notice and returns the case', async (given) => {
  const story = await onNotice(given)
  await story.posts()
  await story.by(RESIDENT, OBJECT)
  await story.refused(
    经办人,
    { type: 'answer-objection', objection: 0, decision: 'reject', answer: '没有的事' },
    'GN-08',
  )
  await story.by(整改办, { type: 'answer-objection', objection: 0, decision: 'accept', answer: '属实' })
  await story.phase('rectifying')
  await story.on('2024-10-16')
  expect(await story.events('notice-ended')).toEqual([])
  await story.phase('rectifying')
})

clause(
  'CD-10',
  'the filing report is drafted, numbered and sent; only its receipt closes the case',
  async (given, { papersOf }) => {
    const story = await onNotice(given)
    await story.posts()
    await story.on('2024-10-16')
    await story.refused(整改办, RECEIPT, 'CD-10', '尚未报出')
    await story.by(整改办, FILE)
    expect(papersOf(story, 'filing-report').map(({ to }) => to)).toEqual([['省督察办']])
    expect((await story.events('paper-issued')).at(-1)).toMatchObject({
      paper: 'filing-report',
      number: expect.stringMatching(/^常督改办〔\d{4}〕\d+号$/),
    })
    await story.on('2024-10-18')
    await story.phase('filing')
    const receipt = { ...RECEIPT, receivedOn: plainDate('2024-10-17') }
    await story.refused(整改办, { ...receipt, receipt: ' ' }, 'CD-10', '回执文号')
    await story.refused(整改办, RECEIPT, 'CD-10', '回执日期')
    await story.phase('filing')
    await story.by(整改办, receipt)
    await story.phase('closed')
  },
)

clause(
  'CD-11',
  'four rungs, each once, none skipped without a signed decision; the engine warns, from 通报 up a person decides',
  async (given, { papersOf }) => {
    const story = await aMatter(given, { deadline: until('2024-07-15') })
    await story.handedOver()
    await story.on('2024-06-30')
    expect(await timeline(story, 'rung-raised', 'rung-drafted')).toEqual([
      `rung-raised ${hourOf('2024-06-14', 9)}`, // 30 days before is a Saturday
      `rung-drafted ${hourOf('2024-06-28', 17)}`, // the third return missing
    ])
    await story.on('2024-08-20')
    expect(await climbed(story)).toEqual(['warning raised', 'circular drafted'])
    await story.refused(
      单位负责人,
      { type: 'decide-rung', rung: 'circular', decision: 'dismiss', reason: '已在抓紧' },
      'GN-08',
    )
    await story.refused(
      整改办主任,
      { type: 'decide-rung', rung: 'interview', decision: 'issue', reason: '直接约谈' },
      'CD-11',
      '没有待决定的“约谈”',
    )
    await decides(story, 'circular')
    await story.refused(
      整改办主任,
      { type: 'decide-rung', rung: 'listed-supervision', decision: 'skip', reason: '' },
      'CD-11',
      '理由',
    )
    await decides(story, 'listed-supervision', 'skip')
    await decides(story, 'interview')
    await story.on('2024-12-31')
    expect(await climbed(story)).toEqual([
      'warning raised',
      'circular drafted',
      'circular raised',
      'listed-supervision drafted',
      'listed-supervision skipped',
      'interview drafted',
      'interview raised',
    ])
    const raisedBy = (await story.stage.record()).flatMap(({ event, by }) =>
      event.type === 'rung-raised' ? [by.kind] : [],
    )
    expect(raisedBy).toEqual(['engine', 'person', 'person'])
    expect(papersOf(story, 'supervision-letter')).toHaveLength(1)
    expect(papersOf(story, 'circular')).toHaveLength(1)
    expect(papersOf(story, 'listed-supervision-notice')).toEqual([])
    expect(papersOf(story, 'interview-notice')).toHaveLength(1)
  },
)

clause(
  'CD-12',
  'a case has its 包案领导, whose visits are recorded; without one for three months it is listed to the office',
  async (given, { toldOf }) => {
    const { leaders } = entryFor()
    const story = await aMatter(given, { leaders: {}, deadline: until('2025-06-30') })
    await story.refused(整改办, HAND_OVER, 'CD-12', '包案市级领导')
    await story.by(整改办, amend({ leaders }))
    await story.rectifying()
    await story.on('2024-08-20')
    const visit = onSite(story.stage.now())
    await story.refused(经办人, { type: 'record-visit', visit, opinion: '很好' }, 'GN-08')
    await visits(story, 包案领导)
    await story.on('2024-12-02')
    expect(await timeline(story, 'visit-missed')).toEqual([`visit-missed ${endOf('2024-11-20')}`])
    expect(await toldOf(story, 'visit-missed')).toEqual([[{ seat: 'office' }]])
  },
)

clause(
  'CD-13',
  'the two deputy secretaries-general see everything and are copied on every rung',
  async (given, { toldOf }) => {
    const story = await aMatter(given, { deadline: until('2024-07-15') })
    const seesAll = async () => {
      for (const deputy of [people.副秘书长, people.政府副秘书长]) {
        expect(reading(deputy, await story.state())).toBe('whole')
      }
    }
    await seesAll()
    await story.handedOver()
    await story.on('2024-09-02')
    for (const rung of ['circular', 'listed-supervision', 'interview'] as const) await decides(story, rung)
    const copied = await toldOf(story, 'rung-raised')
    expect(copied).toHaveLength(4)
    for (const audience of copied) expect(audience).toContainEqual({ seat: 'deputy-secretaries-general' })
    await seesAll()
  },
)

/** A clue of falsehood, drafted at a refusal and referred by the leader. */
const referred = async (given: GivenCase): Promise<Story> => {
  const story = await aMatter(given)
  await story.rectifying()
  await story.submits()
  await story.signedUpTo('opinions')
  await story.refuses(配合单位, '台账系事后补造', 'feigned')
  await story.by(包案领导, { type: 'decide-clue', clue: 0, decision: 'refer', reason: '线索清楚' })
  return story
}
const OUTCOMES = [
  {
    person: '甲某',
    measure: '诫勉',
    organ: '市纪委监委',
    document: '常纪函〔2024〕12号',
    decidedOn: plainDate('2024-06-03'),
  },
]
const verified = async (referral: Story) => {
  await referral.refused(整改办, { type: 'transfer-clue', letter: ' ', evidence: [] }, 'CD-14')
  await referral.by(整改办, { type: 'transfer-clue', letter: '移交线索一件', evidence: [材料('线索')] })
  await referral.by(整改办, {
    type: 'record-transfer-receipt',
    receipt: '常纪收〔2024〕5号',
    receivedOn: plainDate('2024-06-03'),
  })
  await referral.by(纪检监察, { type: 'begin-verification' })
}
const decidedAndPublished = async (referral: Story) => {
  await referral.refused(整改办, { type: 'record-outcome', outcomes: OUTCOMES }, 'CD-14', '不由您办理')
  const unnumbered = OUTCOMES.map((outcome) => ({ ...outcome, document: '' }))
  await referral.refused(纪检监察, { type: 'record-outcome', outcomes: unnumbered }, 'CD-14', '文号')
  const publication = { type: 'publish-outcome', publishedOn: plainDate('2024-06-03') } as const
  await referral.refused(整改办, { ...publication, channels: ['市政府门户网站'] }, 'CD-14', '尚无处理结果')
  await referral.by(纪检监察, { type: 'record-outcome', outcomes: OUTCOMES })
  await referral.refused(整改办, { ...publication, channels: [] }, 'CD-14', '渠道')
  expect(hasEnded(await referral.stage.state())).toBe(false)
  await referral.by(整改办, { ...publication, channels: ['市政府门户网站'] })
  expect(hasEnded(await referral.stage.state())).toBe(true)
}

clause(
  'CD-14',
  'a referral is handed over, verified, decided under a document number and published; closure and it do not wait for each other',
  async (given, { referralOf, papersOf, toldOf }) => {
    const closesFirst = await referred(given)
    const lasting = await referralOf(closesFirst, 0)
    await verified(lasting)
    await closesFirst.submits()
    await closesFirst.signedUpTo()
    await closesFirst.posts()
    await closesFirst.noticeOver()
    await closesFirst.files()
    await closesFirst.phase('closed')
    expect(hasEnded(await lasting.stage.state())).toBe(false)
    await decidedAndPublished(lasting)
    expect(papersOf(lasting, 'referral-letter')).toMatchObject([
      {
        to: ['市纪委监委'],
        replyBy: expect.any(String),
        facts: expect.arrayContaining([
          // An organ outside knows no numbers of ours.
          {
            label: '来源事项',
            value: expect.stringMatching(/^.+反馈问题第\d+项\(台账编号 .+\/\d+\)$/),
          },
          { label: '问题表述', value: (await closesFirst.state()).entry.text },
          { label: '证据目录', value: 材料('线索').name },
        ]),
      },
    ])
    const [opened, transferred, outcome, published] = await Promise.all(
      (['referral-opened', 'clue-transferred', 'outcome-recorded', 'outcome-published'] as const).map(
        (type) => toldOf(lasting, type),
      ),
    )
    const [office, unit] = [[{ seat: 'office' }, { seat: 'office-head' }], { unit: '甲县政府', who: 'head' }]
    expect(opened).toEqual([office])
    expect(transferred).toEqual([[{ seat: 'discipline' }]])
    expect(outcome).toEqual([[...office, unit]])
    expect(published).toEqual([[...office, unit]])

    const staysOpen = await referred(given)
    const quick = await referralOf(staysOpen, 0)
    await verified(quick)
    await decidedAndPublished(quick)
    await staysOpen.phase('rectifying')
  },
)

clause(
  'CD-15',
  'discipline organs read a case from handing over on; their note is owed an answer by its owner',
  async (given, { toldOf }) => {
    const story = await aMatter(given)
    const note: Command = { type: 'attach-supervision-note', text: '台账与现场不符,请说明' }
    expect(reading(纪检监察, await story.state())).toBe('none')
    await story.refused(纪检监察, note, 'CD-15', '交办之后')
    await story.handedOver()
    expect(reading(纪检监察, await story.state())).toBe('whole')
    await story.refused(旁人, note, 'GN-08')
    await story.by(纪检监察, note)
    const owed = async () =>
      todos(story.rules, await story.stage.state()).filter(({ act }) => act === 'answer-supervision-note')
    expect(await owed()).toMatchObject([{ chair: { seat: 'responsible-unit', unit: '甲县政府' } }])
    expect((await toldOf(story, 'supervision-note-attached'))[0]).toContainEqual({
      unit: '甲县政府',
      who: 'everybody',
    })
    await story.by(经办人, { type: 'answer-supervision-note', note: 0, answer: '已更正台账' })
    expect(await owed()).toEqual([])
    expect(await toldOf(story, 'supervision-note-answered')).toEqual([[{ seat: 'discipline' }]])
  },
)

clause(
  'CD-16',
  '敷衍整改、表面整改、假装整改: each, at a refusal or a rebound, drafts a clue; a plain refusal does not',
  async (given) => {
    const story = await aMatter(given)
    await story.rectifying()
    await story.submits()
    await story.signedUpTo('opinions')
    await story.refuses(配合单位, '监测点位不足')
    expect((await story.state()).clues).toEqual([])
    await story.submits()
    await story.signedUpTo('opinions')
    await story.refuses(配合单位, '只开了一次会', 'perfunctory')
    await story.submits()
    await story.signedUpTo('verification')
    await story.refuses(牵头单位, '黑水上盖了草皮', 'superficial')
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.by(整改办, { type: 'report-rebound', findings: '设备从未通电', code: 'feigned' })
    expect((await story.state()).clues).toEqual([
      { cause: '敷衍整改:只开了一次会', clause: 'CD-16', state: 'drafted' },
      { cause: '表面整改:黑水上盖了草皮', clause: 'CD-16', state: 'drafted' },
      { cause: '假装整改:设备从未通电', clause: 'CD-16', state: 'drafted' },
    ])
  },
)

clause(
  'CD-17',
  'a return is called for every ten days, on the working day before where the day is none',
  async (given) => {
    const story = await aMatter(given)
    await story.handedOver()
    await story.on('2024-06-19')
    await story.reports(20)
    await story.on('2024-07-15')
    expect(await timeline(story, 'return-missed')).toEqual([
      `return-missed ${hourOf('2024-06-07', 17)}`, // the 10th is the Dragon Boat festival
      `return-missed ${hourOf('2024-06-28', 17)}`, // June ends on a Sunday
      `return-missed ${hourOf('2024-07-10', 17)}`,
    ])
    expect((await story.events('return-submitted')).map(({ period }) => period)).toEqual(['2024-06-20'])
  },
)

clause('CD-19', 'a publication records television, paper and site, and its day', async (given) => {
  const story = await onNotice(given)
  const today = { ...POST, postedOn: plainDate('2024-09-27') }
  if (today.type !== 'post-notice') throw new TypeError(today.type)
  for (const { channel } of today.channels) {
    const without = today.channels.filter((one) => one.channel !== channel)
    await story.refused(整改办, { ...today, channels: without }, 'CD-19', channel)
  }
  await story.by(整改办, today)
  expect(await story.events('notice-posted')).toMatchObject([
    { postedOn: '2024-09-27', channels: today.channels },
  ])
})

clause(
  'CD-20',
  'a case carries its source and level, and several inspections run side by side',
  async (given, { papersOf }) => {
    const film = { name: '长江经济带生态环境警示片', level: 'central' } as const
    const inspection = { name: '第二轮省生态环境保护督察', level: 'provincial' } as const
    const about = { on: '2024-06-03', entry: { deadline: until('2024-12-31') } }
    const one = await given('changde', { ...about, round: 'changde-film-2023', source: film })
    const other = await given('changde', { ...about, round: 'changde-2024', source: inspection })
    await one.handedOver()
    await other.rectifying()
    await one.acknowledged()
    await other.submits()
    expect([await one.state(), await other.state()]).toMatchObject([
      { round: 'changde-film-2023', source: film, phase: 'acknowledged' },
      { round: 'changde-2024', source: inspection, phase: 'closing' },
    ])
    for (const [story, source] of [
      [one, film],
      [other, inspection],
    ] as const) {
      expect(papersOf(story, 'handover-slip').map(({ facts }) => facts)).toEqual([
        expect.arrayContaining([{ label: '问题来源', value: source.name }]),
      ])
    }
  },
)
