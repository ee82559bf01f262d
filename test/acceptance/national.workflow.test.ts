import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Command } from '../../domain/case/commands.js'
import type { Entry } from '../../domain/entry.js'
import { pace } from '../../domain/pace.js'
import type { Actor } from '../../domain/parties.js'
import { firstBrokenLink } from '../../domain/record/chain.js'
import { type CommandId, plainDate } from '../../domain/words.js'
import { readPlanText } from '../../intake/index.js'
import { ledgerEntryOf } from '../../intake/ledger-entry.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { readPolicy } from '../../policies/load.js'
import { entry as entryOf } from '../intake/published.js'
import { A_CITY, changed } from '../policies/city.js'
import { entryFor, onSite, until, 材料 } from '../support/entries.js'
import {
  unit,
  书记,
  包案领导,
  单位负责人,
  县长,
  整改办,
  整改办主任,
  旁人,
  牵头单位,
  纪检监察,
  经办人,
  身兼两职,
  部门领导,
} from '../support/people.js'
import { startScript } from '../support/program.js'
import type { Story } from '../support/story.js'
import { temporaryFolder } from '../support/temporary.js'
import { amend, asksUntil, climbed, completes, decides, endOf, hourOf, timeline } from './acts.js'
import { acceptance, type GivenCase } from './clause.js'

const { clause } = acceptance()
const HAND_OVER: Command = { type: 'hand-over' }

/** A matter of Yongzhou, whose ladder and chain are the shortest to tell. */
const aMatter = (given: GivenCase, entry: Partial<Entry> = {}, on = '2019-10-08'): Promise<Story> =>
  given('yongzhou', { on, entry: { deadline: until('2019-12-31'), ...entry } })

const READ: readonly (readonly [string, string])[] = [
  ['2019年2月', '2019-02-28'],
  ['2018年8月底', '2018-08-31'],
  ['2018年9月', '2018-09-30'],
  ['2020年', '2020-12-31'],
  ['到2020年', '2020-12-31'],
  ['2018年底', '2018-12-31'],
  ['2019年年底', '2019-12-31'],
  ['年内', '2018-12-31'],
  ['今年底', '2018-12-31'],
  ['2019年上半年', '2019-06-30'],
  ['2年内', 'null'],
]
const MEASURES = `某市督察反馈意见整改方案
发布日期:2018-06-29
一、整改任务
${READ.map(([text], at) => `${at + 1}.整治第${at + 1}处问题。(责任单位:甲县政府;责任人:甲县政府主要负责人;整改时限:${text})`).join('\n')}
`

clause(
  'GN-01',
  'a month, a year, 年内 and 上半年 end with their last day in Shanghai; a span needs an anchor date first',
  async (given) => {
    const reading = readPlanText(MEASURES)
    expect(reading.entries.map(({ deadline: { text, date } }) => [text, String(date)])).toEqual(READ)
    const { leaders } = entryFor()
    const measure = (n: number, on: string) => {
      const { leaders: _none, ...read } = ledgerEntryOf(entryOf(reading, n), n)
      return given('jinan', { on, entry: { ...read, leaders } })
    }
    for (const [n, on, date, next] of [
      [1, '2019-02-18', '2019-02-28', '2019-03-01'],
      [8, '2018-12-20', '2018-12-31', '2019-01-01'],
      [10, '2019-06-20', '2019-06-30', '2019-07-01'],
    ] as const) {
      const story = await measure(n, on)
      await story.handedOver()
      await story.on(date, '23:59')
      expect(await story.events('overdue')).toEqual([])
      await story.on(next, '00:00')
      expect(await timeline(story, 'overdue')).toEqual([`overdue ${endOf(date)}`])
    }
    const span = await measure(11, '2018-07-02')
    const [question = ''] = (await span.state()).entry.questions
    expect(question).toContain('从哪一天起算')
    await span.refused(整改办, HAND_OVER, 'JN-01', '缺整改时限')
    await span.by(整改办, amend({ deadline: until('2020-06-28'), answered: [question] }))
    await span.handedOver()
    expect((await span.state()).deadline?.due).toBe('2020-06-28')
  },
)

clause(
  'GN-03',
  'an extension is asked for and approved before the deadline, by its level, with a reason, once; the original is kept',
  async (given) => {
    const story = await aMatter(given, { deadline: until('2019-10-31') })
    await story.rectifying()
    const ask = (date: string, reason = '汛期不能施工'): Command => ({
      type: 'request-extension',
      until: plainDate(date),
      reason,
      measures: '汛后赶工',
    })
    const approve: Command = { type: 'decide-extension', decision: 'approve', reason: '同意' }
    await story.refused(经办人, ask('2019-12-31', ' '), 'GN-03', '理由')
    await story.refused(经办人, ask('2019-10-31'), 'GN-03', '晚于')
    await story.refused(经办人, ask('2020-05-01'), 'GN-03', '最长 6 个月')
    await story.by(经办人, ask('2019-12-31'))
    await story.refused(经办人, ask('2019-11-30'), 'GN-03', '已有延期申请待批')
    await story.refused(书记, approve, 'GN-08')
    await story.refused(单位负责人, approve, 'GN-08')
    await story.on('2019-10-30')
    await story.by(包案领导, approve)
    await story.on('2019-12-30')
    expect(await story.events('overdue')).toEqual([])
    expect((await story.state()).deadline).toMatchObject({ original: '2019-10-31', due: '2019-12-31' })
    await story.refused(经办人, ask('2020-02-28'), 'GN-03', '1 次为限')
    await story.on('2020-01-02')
    expect(await timeline(story, 'overdue')).toEqual([`overdue ${endOf('2019-12-31')}`])

    const longer = await aMatter(given, { deadline: until('2019-10-31') })
    await longer.rectifying()
    await asksUntil(longer, '2020-03-31')
    await longer.refused(包案领导, approve, 'GN-08')
    await longer.on('2019-11-01', '00:00')
    expect(await timeline(longer, 'overdue')).toEqual([`overdue ${endOf('2019-10-31')}`])
    await longer.refused(书记, approve, 'GN-03', '按逾期办理')
    await longer.by(书记, { type: 'decide-extension', decision: 'refuse', reason: '逾期' })
    await longer.refused(经办人, ask('2020-01-31'), 'GN-03', '时限 2019-10-31 已过')
  },
)

clause(
  'GN-04',
  'a notice counts from its actual posting, is never shortened, and starts over when it was taken down',
  async (given) => {
    const story = await aMatter(given)
    await story.rectifying()
    await story.submits()
    await story.signedUpTo()
    const notice = story.rules.policy.closing.chain.find(({ kind }) => kind === 'notice')
    if (notice?.kind !== 'notice') throw new TypeError('a city without a notice')
    const posted = (on: string): Command => ({
      type: 'post-notice',
      postedOn: plainDate(on),
      result: '已完成整改',
      contact: '市整改办',
      channels: notice.channels.map((channel) => ({ channel, where: '首页' })),
    })
    await story.refused(整改办, posted('2019-10-09'), 'GN-04', '实际发布之日')
    await story.refused(整改办, posted('2019-10-07'), 'GN-04', '早于前一关')
    await story.on('2019-10-16')
    await story.refused(整改办, posted('2019-10-08'), 'GN-04', '实际发布之日')
    await story.by(整改办, posted('2019-10-16'))
    expect((await story.state()).closing?.notice?.until).toBe('2019-10-29')
    await story.by({ stranger: '居民' }, { type: 'object', text: '仍有异味', contact: '139' })
    await story.on('2019-10-24')
    await story.by(整改办, { type: 'take-down-notice', reason: '表述有误' })
    await story.on('2019-10-30')
    expect(await story.events('notice-ended')).toEqual([])
    await story.by(整改办, posted('2019-10-30'))
    expect((await story.state()).closing?.notice).toMatchObject({
      until: '2019-11-12',
      objections: [{ text: '仍有异味' }],
    })
    await story.by(整改办, {
      type: 'answer-objection',
      objection: 0,
      decision: 'reject',
      answer: '经监测达标',
    })
    await story.on('2019-11-13')
    expect(await timeline(story, 'notice-ended')).toEqual([`notice-ended ${endOf('2019-11-12')}`])
  },
)

clause(
  'GN-05',
  'each rung once a round, also when asked twice; late work cancels none, a decision releases it; a rebound starts afresh',
  async (given) => {
    const story = await given('changde', { on: '2024-06-03', entry: { deadline: until('2024-12-31') } })
    await story.rectifying()
    await story.on('2024-07-01')
    expect(await climbed(story)).toEqual(['warning raised', 'circular drafted'])
    const issue: Command = {
      type: 'decide-rung',
      rung: 'circular',
      decision: 'issue',
      reason: '连续缺报',
    }
    for (let times = 0; times < 2; times += 1) {
      await story.tries(整改办主任, issue, 'the-same-key' as CommandId)
    }
    await story.refused(整改办主任, issue, 'CD-11', '没有待决定的“通报”')
    await story.reports(90)
    expect(await climbed(story)).toEqual(['warning raised', 'circular drafted', 'circular raised'])

    const release = (rung: 'warning' | 'circular', reason: string): Command => ({
      type: 'release-rung',
      rung,
      reason,
    })
    await story.refused(经办人, release('warning', '已补报'), 'GN-08')
    await story.refused(整改办主任, release('warning', ' '), 'GN-05', '理由')
    await story.by(整改办主任, release('warning', '恢复按时报送'))
    await story.by(整改办主任, release('circular', '恢复按时报送'))
    await story.on('2024-08-12')
    expect((await story.state()).returns.missedInARow).toBe(3)
    expect((await climbed(story)).slice(3)).toEqual(['warning released', 'circular released'])

    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.by(整改办, { type: 'report-rebound', findings: '排口又见黑水' })
    expect((await climbed(story)).slice(5)).toEqual(['warning raised', 'circular drafted'])
  },
)

clause(
  'GN-06',
  'progress due by now runs through the nodes where there are nodes; what is verified decides, not what is claimed',
  async (given) => {
    const story = await aMatter(given, {
      nodes: [
        { text: '完成选址', date: plainDate('2019-10-31') },
        { text: '通水试运行', date: plainDate('2019-12-20') },
      ],
    })
    await story.rectifying()
    const now = async () => pace(await story.state(), story.stage.now())
    await story.on('2019-10-31')
    await story.reports(100)
    expect(await now()).toEqual({ bucket: 'on-pace', overdue: false, progress: 0, expected: 0 })
    await story.on('2019-11-01')
    expect(await now()).toEqual({ bucket: 'pressed', overdue: true, progress: 0, expected: 50 })
    await completes(story, 0)
    expect(await now()).toEqual({ bucket: 'on-pace', overdue: false, progress: 50, expected: 50 })
    await story.on('2019-12-21')
    expect(await now()).toMatchObject({ bucket: 'pressed', progress: 50, expected: 100 })

    const plain = await aMatter(given, { deadline: until('2019-10-28') })
    await plain.rectifying()
    await plain.on('2019-10-18') // ten days of twenty
    await plain.reports(49)
    expect(pace(await plain.state(), plain.stage.now())).toMatchObject({ bucket: 'pressed', expected: 50 })
    await plain.on('2019-10-21')
    await plain.reports(65)
    expect(pace(await plain.state(), plain.stage.now())).toMatchObject({ bucket: 'on-pace', expected: 65 })
  },
)

clause(
  'GN-07',
  'the record says who, in which role, for whom, when, why, on which evidence; nothing is edited away unseen',
  async (given) => {
    const story = await aMatter(given)
    await story.by(整改办, amend({ target: '全部达标' }))
    await story.rectifying()
    await story.by(书记, {
      type: 'delegate',
      to: 部门领导.person,
      toName: 部门领导.name,
      until: plainDate('2019-12-31'),
      document: '永委函〔2019〕8号',
    })
    await story.submits()
    await story.signedUpTo('secretary')
    await story.signs(部门领导)
    await story.refuses(县长, '排口未封堵')
    const record = await story.stage.record()
    expect(record.map(({ seq }) => seq)).toEqual(record.map((_, index) => index + 1))
    for (const { by, at } of record) {
      expect(at).toMatch(/^2019-10-08T/)
      if (by.kind === 'person')
        expect(by).toMatchObject({ name: expect.any(String), role: expect.any(String) })
      if (by.kind === 'engine')
        expect(by).toMatchObject({ clause: expect.any(String), rule: expect.any(String) })
    }
    const signature = record.findLast(({ event }) => event.type === 'signed')
    expect(signature).toMatchObject({
      by: {
        person: 部门领导.person,
        role: 'secretary',
        behalf: { principal: 书记.person, document: '永委函〔2019〕8号' },
      },
      event: { step: 'secretary', saw: (await story.state()).seal },
    })
    expect(record.find(({ event }) => event.type === 'step-refused')).toMatchObject({
      by: { person: 县长.person, role: 'mayor' },
      event: { reasons: '排口未封堵' },
    })
    expect(await story.events('registered')).toMatchObject([{ entry: { target: entryFor().target } }])
    expect(firstBrokenLink(record)).toBeUndefined()
    const doctored = record.map((one) => (one.seq === 5 ? { ...one, at: record[0]?.at ?? one.at } : one))
    expect(firstBrokenLink(doctored)?.seq).toBe(5)
    expect(firstBrokenLink(record.filter(({ seq }) => seq !== 7))?.seq).toBe(7)
  },
)

clause(
  'GN-08',
  'nobody approves what they proposed; a responsible unit never verifies, extends, releases or excuses itself',
  async (given) => {
    /** Holds every office there is, and clerk of the responsible unit, too. */
    const 一手遮天: Actor = {
      ...身兼两职,
      posts: [
        ...身兼两职.posts,
        { role: 'unit-clerk', unit: unit('甲县政府') },
        { role: 'office-head' },
        { role: 'coordinator' },
        { role: 'secretary' },
      ],
    }
    const leaders = {
      ...entryFor().leaders,
      municipal: { person: 身兼两职.person, name: 身兼两职.name },
    }
    const story = await aMatter(given, { leaders, deadline: until('2019-10-31') })
    await story.refused(经办人, HAND_OVER, 'GN-08')
    await story.rectifying()
    await asksUntil(story, '2019-12-31', 一手遮天)
    await story.refused(
      一手遮天,
      { type: 'decide-extension', decision: 'approve', reason: '同意' },
      'GN-08',
      '不得审批本单位的延期',
    )
    await story.on('2019-11-04')
    const rung = { rung: 'interview', reason: '已在整改' } as const
    await story.refused(
      一手遮天,
      { type: 'decide-rung', decision: 'dismiss', ...rung },
      'GN-08',
      '责任单位不得',
    )
    await decides(story, 'interview')
    await story.refused(一手遮天, { type: 'release-rung', ...rung }, 'GN-08', '责任单位不得')
    await story.submits()
    await story.signs(牵头单位)
    await story.refused(一手遮天, await story.signing(), 'YZ-07', '不得为本人负责的事项签字')

    const closed = await aMatter(given)
    await closed.closed()
    await closed.on('2020-02-03')
    const look: Command = {
      type: 'look-back',
      result: 'holds',
      findings: '很好',
      site: onSite(closed.stage.now()),
    }
    await closed.refused(一手遮天, look, 'GN-08', '责任单位不得')
    await closed.refused(经办人, look, 'GN-08')

    const clued = await aMatter(given, { leaders })
    await clued.rectifying()
    await clued.submits()
    await clued.refuses(牵头单位, '虚报', 'feigned')
    await clued.refused(
      一手遮天,
      { type: 'decide-clue', clue: 0, decision: 'dismiss', reason: '查无实据' },
      'GN-08',
      '责任单位不得',
    )
  },
)

clause(
  'GN-09',
  'a deputy acts only under a recorded authority, until its end; both names stand on the record and on the paper',
  async (given, { papersOf }) => {
    const story = await aMatter(given)
    await story.rectifying()
    await story.submits()
    await story.signs(牵头单位)
    await story.refused(旁人, await story.signing(), 'YZ-06', '您不在其列')
    const authority = (until: string, document: string): Command => ({
      type: 'delegate',
      to: 旁人.person,
      toName: 旁人.name,
      until: plainDate(until),
      document,
    })
    await story.refused(包案领导, authority('2019-10-10', ' '), 'GN-09', '授权文书')
    await story.refused(包案领导, authority('2019-10-07', '永政函〔2019〕9号'), 'GN-09', '截止日期')
    await story.refused(纪检监察, authority('2019-10-10', '永政函〔2019〕9号'), 'GN-09', '没有可以委托的席位')
    await story.by(包案领导, authority('2019-10-10', '永政函〔2019〕9号'))
    await story.refused(旁人, authority('2019-10-10', '永政函〔2019〕10号'), 'GN-09', '没有可以委托的席位')
    await story.on('2019-10-11')
    expect(await timeline(story, 'delegation-ended')).toEqual([`delegation-ended ${endOf('2019-10-10')}`])
    await story.refused(旁人, await story.signing(), 'YZ-06', '您不在其列')

    await story.by(包案领导, authority('2019-10-31', '永政函〔2019〕11号'))
    await story.signs(旁人)
    expect(await story.told()).toContainEqual(
      expect.stringMatching(/^旁人小吴\(受副市长老唐委托,.*现场核查、签字认可 签署/),
    )
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.by(整改办, { type: 'send-filing', to: '省整改办', noticeResult: '无异议' })
    expect(papersOf(story, 'filing-report')[0]?.facts).toContainEqual({
      label: '现场核查、签字认可',
      value: '旁人小吴(受副市长老唐委托),2019年10月11日',
    })
  },
)

clause(
  'GN-10',
  '退回、撤回、加签: every clock of the step and of the returns is reckoned anew, none lost, none doubled',
  async (given) => {
    const story = await aMatter(given)
    await story.rectifying()
    await story.submits()
    await story.on('2019-10-10')
    await story.refuses(牵头单位, '材料不全')
    await story.on('2019-10-15')
    await story.submits()
    await story.on('2019-10-17')
    await story.by(经办人, { type: 'withdraw-closing', reason: '补充监测' })
    await story.on('2019-10-21')
    expect(await timeline(story, 'step-chased', 'step-late', 'return-missed')).toEqual([])
    await story.submits()
    const signer = { seat: 'department-leader', person: 部门领导.person } as const
    await story.by(整改办, { type: 'add-signer', step: 'gatekeeping', chair: signer, reason: '涉及行业标准' })
    await story.signs(牵头单位)
    await story.turn('gatekeeping')
    await story.on('2019-10-29')
    expect(await timeline(story, 'step-chased', 'step-late', 'return-missed')).toEqual([
      `step-chased ${hourOf('2019-10-24', 9)}`,
      `step-late ${endOf('2019-10-28')}`,
    ])
    await story.signs(部门领导)
    await story.turn('leader-check')
    await story.refuses(包案领导, '现场仍有渗漏')
    await story.on('2019-11-11')
    expect(await timeline(story, 'step-chased', 'step-late', 'return-chased', 'return-missed')).toEqual([
      `step-chased ${hourOf('2019-10-24', 9)}`,
      `step-late ${endOf('2019-10-28')}`,
      `return-chased ${hourOf('2019-10-31', 9)}`,
      `return-missed ${hourOf('2019-11-01', 17)}`,
      `return-chased ${hourOf('2019-11-07', 9)}`,
      `return-missed ${hourOf('2019-11-08', 17)}`,
    ])
  },
)

clause(
  'GN-10',
  '撤回交办 leaves no clock behind; 转办 asks the new unit for its receipt and its returns from its own day on',
  async (given) => {
    const story = await aMatter(given)
    await story.handedOver()
    await story.by(整改办, { type: 'withdraw-handover', reason: '单位有误' })
    await story.on('2019-10-28')
    expect(
      await timeline(story, 'acknowledgement-missed', 'case-plan-missed', 'return-chased', 'return-missed'),
    ).toEqual([])
    await story.handedOver()
    await story.acknowledged()
    await story.on('2019-10-31')
    await story.by(整改办, {
      type: 'transfer',
      from: unit('甲县政府'),
      to: unit('乙县政府'),
      reason: '职能划转',
    })
    await story.refused(经办人, { type: 'acknowledge' }, 'GN-08')
    await story.on('2019-11-09')
    expect(await timeline(story, 'acknowledgement-missed', 'return-missed')).toEqual([
      `acknowledgement-missed ${endOf('2019-11-04')}`,
      `return-missed ${hourOf('2019-11-08', 17)}`,
    ])
    await story.by(旁人, { type: 'acknowledge' })
    await story.on('2019-11-12')
    expect(await timeline(story, 'case-plan-missed')).toEqual([`case-plan-missed ${endOf('2019-11-11')}`])
  },
)

clause(
  'GN-13',
  'a city that is on no list is written as data alone, checked by `bihuan policy check`, and runs to closure',
  async (given) => {
    const folder = temporaryFolder('policy')
    try {
      const check = (name: string, text: string) => {
        const file = join(folder.path, name)
        writeFileSync(file, text)
        return startScript('cli/main.ts', 'policy', 'check', file).ended
      }
      expect(await check('yunting.yaml', A_CITY)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('申请 → 会签 → 核查 → 审定 → 公示 → 备案'),
      })
      const mistaken = await check('wrong.yaml', changed('by: lead-unit', 'by: responsible-unit'))
      expect(mistaken.code).not.toBe(0)
      expect(mistaken.stdout + mistaken.stderr).toContain('GN-08')
    } finally {
      folder.remove()
    }
    const { policy, hash } = readPolicy(A_CITY, 'yunting.yaml')
    const city = { policy, hash, calendar: loadCalendar() }
    const story = await given(city, {
      on: '2024-06-03',
      entry: { deadline: until('2024-12-31'), cooperatingUnits: [unit('市水利局'), unit('市城管局')] },
    })
    await story.rectifying()
    await story.by(经办人, {
      type: 'submit-closing',
      statement: '已完成',
      checklist: policy.closing.checklist.points.map((point) => ({ point, met: 'met' })),
      evidence: [材料('竣工验收')],
    })
    await story.signedUpTo()
    expect((await story.events('signed')).map(({ title }) => title)).toEqual([
      '申请',
      '会签',
      '会签',
      '核查',
      '审定',
    ])
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
  },
)
