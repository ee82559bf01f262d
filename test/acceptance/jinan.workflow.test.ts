import { expect } from 'vitest'
import type { Command } from '../../domain/case/commands.js'
import type { Entry } from '../../domain/entry.js'
import { firstBrokenLink } from '../../domain/record/chain.js'
import { plainDate } from '../../domain/words.js'
import { type PlanReading, readPlanText } from '../../intake/index.js'
import { ledgerEntryOf } from '../../intake/ledger-entry.js'
import { entry as entryOf, published } from '../intake/published.js'
import { entryFor, onSite, returned, until, 材料, 立行立改长期坚持 } from '../support/entries.js'
import { unit, 包案领导, 单位负责人, 整改办, 整改办主任, 经办人 } from '../support/people.js'
import type { Story } from '../support/story.js'
import { amend, clerkOf, climbed, completes, endOf, headOf, hourOf, looksBack, timeline } from './acts.js'
import { acceptance, type GivenCase } from './clause.js'

const { clause, onlyIf } = acceptance()
const HAND_OVER: Command = { type: 'hand-over' }

/** Measures as Jinan's plan words them, about a county of our own. */
const MEASURES = `济南市贯彻落实环境保护督察反馈意见整改方案
发布日期:2018-06-29
一、总体要求
各级各部门要明确责任单位、责任人和整改时限,逐项抓好落实。
二、整改任务
(一)完善机制
1.加强环境保护工作研究部署。市委常委会、市政府常务会议每半年各自至少研究1次环境保护议题。(责任单位:甲县政府;责任人:甲县政府主要负责人;整改时限:立行立改,长期坚持)
(二)大气
2.优化空气质量监测网络。2018年年底前建成空气质量微型监测站2000个。(责任单位:甲县政府;责任人:甲县政府主要负责人;整改时限:长期坚持)
3.取缔散煤销售点。(责任单位:甲县政府;责任人:甲县政府主要负责人;整改时限:2018年8月底)
4.整治裸露土地。(责任单位:甲县政府;责任人:甲县政府主要负责人;整改时限:2018年8月)
5.关停燃煤小锅炉。(责任单位:甲县政府;责任人:甲县政府主要负责人;整改时限:2020年年底)
6.治理道路扬尘。(责任单位:甲县政府;责任人:甲县政府主要负责人;整改时限:尽快)
三、保障措施
各责任单位须在整改时限内完成整改并报告。
`
const plan = published('jinan-2018.txt')

/** One measure of a plan as a case; the office names the leader, as Jinan's rules ask. */
const measure = (given: GivenCase, reading: PlanReading, n: number, on: string): Promise<Story> => {
  const { leaders: _none, ...read } = ledgerEntryOf(entryOf(reading, n), n)
  return given('jinan', { on, entry: { ...read, leaders: entryFor().leaders } })
}
const aMatter = (given: GivenCase, entry: Partial<Entry> = {}, on = '2018-06-29'): Promise<Story> =>
  given('jinan', { on, entry: { deadline: until('2018-12-31'), ...entry } })

clause(
  'JN-01',
  'a measure with 责任单位、责任人、整改时限 becomes a ledger entry pointing at its lines, and runs to closure; a mention does not',
  async (given) => {
    const reading = readPlanText(MEASURES)
    expect(reading.entries.map(({ lines }) => lines)).toEqual([7, 9, 10, 11, 12, 13].map((at) => [at, at]))
    const story = await measure(given, reading, 3, '2018-06-29')
    const { text, units, persons, deadline, lines } = (await story.state()).entry
    expect({ text, units, persons, deadline, lines }).toEqual({
      text: '取缔散煤销售点。',
      units: ['甲县政府'],
      persons: ['甲县政府主要负责人'],
      deadline: { kind: 'by-date', text: '2018年8月底', date: '2018-08-31' },
      lines: [10, 10],
    })
    await story.closed()
    await story.phase('closed')
  },
)

onlyIf(plan.present)(
  'JN-01',
  'the published plan has 61 measures, each at its line; one of them is handed over to all its units',
  async (given, { papersOf }) => {
    const reading = plan.read()
    const lines = plan.text().split('\n')
    expect(reading.entries).toHaveLength(61)
    for (const { lines: at, units, persons } of reading.entries) {
      expect(lines.slice(at[0] - 1, at[1]).join('')).toMatch(/责任单位.*责任人.*整改时限/s)
      expect(units.length).toBeGreaterThan(0)
      expect(persons).toHaveLength(units.length)
    }
    const story = await measure(given, reading, 44, '2018-06-29')
    await story.handedOver()
    const bodies = ['市环保局', '市城乡水务局', '章丘区党委', '章丘区政府', '平阴县党委', '平阴县政府']
    expect(papersOf(story, 'handover-slip')[0]?.to).toEqual(bodies)
    await story.by(clerkOf('平阴县政府'), { type: 'acknowledge' })
    await story.phase('acknowledged')
  },
)

clause(
  'JN-02',
  'deadlines are read exactly; one the engine is not sure of is asked, and nothing is handed over meanwhile',
  async (given) => {
    const reading = readPlanText(MEASURES)
    expect(reading.entries.map(({ deadline: { text, kind, date } }) => `${text} ${kind} ${date}`)).toEqual([
      '立行立改,长期坚持 mixed null',
      '长期坚持 long-term null',
      '2018年8月底 by-date 2018-08-31',
      '2018年8月 by-date 2018-08-31',
      '2020年年底 by-date 2020-12-31',
      '尽快 unknown null',
    ])
    const exact = await measure(given, reading, 4, '2018-08-20')
    await exact.handedOver()
    await exact.on('2018-09-01')
    expect(await timeline(exact, 'overdue')).toEqual([`overdue ${endOf('2018-08-31')}`])

    const unsure = await measure(given, reading, 6, '2018-08-20')
    const [question = ''] = (await unsure.state()).entry.questions
    expect(question).toContain('尽快')
    await unsure.refused(整改办, HAND_OVER, 'JN-01', '缺整改时限')
    await unsure.by(整改办, amend({ deadline: until('2018-09-14') }))
    await unsure.refused(整改办, HAND_OVER, 'JN-02', question)
    await unsure.by(整改办, amend({ answered: [question] }))
    await unsure.handedOver()
    await unsure.on('2018-09-15')
    expect(await timeline(unsure, 'overdue')).toEqual([`overdue ${endOf('2018-09-14')}`])
  },
)

clause(
  'JN-04',
  'immediate action is confirmed within ten working days, then the duty stands with no end date',
  async (given) => {
    const silent = await aMatter(given, { deadline: 立行立改长期坚持 })
    await silent.rectifying()
    await silent.on('2018-07-14')
    expect(await silent.events('overdue')).toMatchObject([{ target: 'immediate', due: '2018-07-13' }])
    expect(await silent.moments('overdue')).toEqual([endOf('2018-07-13')])

    const prompt = await aMatter(given, { deadline: 立行立改长期坚持 })
    await prompt.rectifying()
    await prompt.refused(
      经办人,
      { type: 'submit-closing', statement: '完成', checklist: [], evidence: [材料('报告')] },
      'JN-04',
      '立行立改尚未确认',
    )
    await prompt.on('2018-07-13', '20:00')
    await prompt.by(经办人, { type: 'confirm-immediate', done: '已全面排查', evidence: [材料('排查清单')] })
    await prompt.on('2019-03-01')
    expect(await prompt.events('overdue')).toEqual([])
    expect((await prompt.state()).deadline).not.toHaveProperty('due')
    await prompt.phase('rectifying')
    expect((await prompt.state()).returns.lastMissed).toBe('2019-02-22')
  },
)

clause(
  'JN-05',
  'a dated node inside a measure is a node of its entry and falls due by itself, under a deadline without a date',
  async (given) => {
    const story = await measure(given, readPlanText(MEASURES), 2, '2018-12-03')
    await story.rectifying()
    expect((await story.state()).nodes).toMatchObject([
      { text: expect.stringContaining('空气质量微型监测站2000个'), date: '2018-12-31' },
    ])
    await story.refused(
      经办人,
      { type: 'submit-closing', statement: '完成', checklist: [], evidence: [材料('报告')] },
      'JN-05',
      '还有节点未完成',
    )
    await story.on('2019-01-02')
    expect(await story.events('overdue')).toMatchObject([{ target: 'node:0', due: '2018-12-31' }])
    expect(await story.moments('overdue')).toEqual([endOf('2018-12-31')])
    await completes(story, 0)
    expect((await story.state()).deadline?.overdue).toEqual([])
  },
)

clause(
  'JN-06',
  'a duty of two bodies in each half-year is owed by each of them, discharged separately, and counted at the end',
  async (given) => {
    const story = await measure(given, readPlanText(MEASURES), 1, '2018-12-03')
    await story.rectifying()
    const studies = (body: string): Command => ({
      type: 'discharge-duty',
      duty: 0,
      body,
      what: '专题研究环境保护议题',
      evidence: [],
    })
    expect((await story.state()).duties).toMatchObject([
      { period: 'P6M', bodies: ['市委常委会', '市政府常务会议'], current: '2018-12-31' },
    ])
    await story.by(经办人, studies('市委常委会'))
    await story.refused(经办人, studies('市委常委会'), 'JN-06', '已经履行')
    await story.refused(经办人, studies('市人大常委会'), 'JN-06', '不在其列')
    await story.on('2019-01-03')
    expect(await story.events('duty-missed')).toMatchObject([
      { body: '市政府常务会议', period: '2018-12-31' },
    ])
    expect(await story.moments('duty-missed')).toEqual([endOf('2018-12-31')])
    await story.by(经办人, studies('市政府常务会议'))
    expect((await story.state()).duties).toMatchObject([
      { current: '2019-06-30', discharged: ['市政府常务会议'], missed: 1 },
    ])
  },
)

clause(
  'JN-07',
  'a return each week over the holidays; a missing one is chased, recorded and climbs; a late one erases nothing',
  async (given) => {
    const story = await aMatter(given, {}, '2018-09-17')
    await story.handedOver()
    await story.on('2018-10-08')
    expect(await timeline(story, 'return-chased', 'return-missed', 'rung-raised', 'rung-drafted')).toEqual([
      `return-chased ${hourOf('2018-09-20', 9)}`,
      `return-missed ${hourOf('2018-09-21', 17)}`,
      `return-chased ${hourOf('2018-09-27', 9)}`,
      `return-missed ${hourOf('2018-09-28', 17)}`,
      `rung-raised ${hourOf('2018-09-28', 17)}`,
      `return-chased ${hourOf('2018-09-29', 9)}`, // a Saturday of work before the National Day holidays
      `return-missed ${hourOf('2018-09-30', 17)}`, // so is this Sunday; the Friday of that week is a holiday
      `rung-drafted ${hourOf('2018-09-30', 17)}`,
    ])
    expect(await climbed(story)).toEqual(['warning raised', 'circular drafted'])
    await story.by(经办人, {
      type: 'submit-return',
      period: plainDate('2018-09-30'),
      content: returned(20),
    })
    await story.reports(30)
    await story.on('2018-10-13')
    const { missed, late, submitted, missedInARow } = (await story.state()).returns
    expect({ missed, late, submitted, missedInARow }).toEqual({
      missed: 3,
      late: 1,
      submitted: 2,
      missedInARow: 0,
    })
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual([
      '2018-09-21',
      '2018-09-28',
      '2018-09-30',
    ])
    expect(await climbed(story)).toEqual(['warning raised', 'circular drafted'])
  },
)

clause(
  'JN-08',
  'a matter of weight reaches the leading group at once, outside the cadence, and is to be acknowledged in a day',
  async (given, { toldOf }) => {
    const story = await aMatter(given)
    await story.handedOver()
    await story.on('2018-07-03', '21:30')
    const matter: Command = {
      type: 'report-matter',
      what: '管线破裂,污水外溢',
      where: '甲县污水处理厂',
      since: story.stage.now(),
      done: '已关闸并围堰',
    }
    await story.by(经办人, matter)
    expect(await story.moments('matter-reported')).toEqual([story.stage.now()])
    expect((await toldOf(story, 'matter-reported'))[0]).toEqual([
      { seat: 'office' },
      { person: 包案领导.person },
      { seat: 'deputy-secretaries-general' },
    ])
    await story.by(经办人, { ...matter, what: '再次外溢' })
    await story.refused(经办人, { type: 'acknowledge-matter', matter: 1 }, 'GN-08')
    await story.by(整改办, { type: 'acknowledge-matter', matter: 1 })
    await story.on('2018-07-06', '18:00')
    expect(await story.events('matter-unacknowledged')).toEqual([
      { type: 'matter-unacknowledged', matter: 0 },
    ])
    expect(await story.moments('matter-unacknowledged')).toEqual([endOf('2018-07-04')])
    expect((await story.events('return-missed')).map(({ period }) => period)).toEqual(['2018-07-06'])
  },
)

clause(
  'JN-09',
  'each case is verified, closed and published by itself; what was signed for one is worth nothing for another',
  async (given) => {
    const one = await aMatter(given)
    const other = await aMatter(given)
    for (const [story, report] of [
      [one, '一号验收报告'],
      [other, '二号验收报告'],
    ] as const) {
      await story.rectifying()
      await story.by(经办人, {
        type: 'submit-closing',
        statement: '已完成',
        checklist: [],
        evidence: [材料(report)],
      })
      await story.turn('responsible-head')
    }
    const signedForOne = await one.signing()
    await one.by(单位负责人, signedForOne)
    await other.refused(单位负责人, signedForOne, 'YZ-09', '重新阅看')
    await one.signedUpTo()
    await one.posts()
    await one.noticeOver()
    await one.files()
    await one.phase('closed')
    await other.phase('closing')
    expect(await other.events('notice-posted')).toEqual([])
    expect((await other.state()).closing?.signOffs).toHaveLength(1)
  },
)

clause(
  'JN-12',
  'looked back at after 3, 6 and 12 months, then archived; by others than the responsible unit',
  async (given) => {
    const story = await closedBeforeTheHolidays(given)
    await story.on('2018-10-08', '10:00')
    const own: Command = {
      type: 'look-back',
      result: 'holds',
      findings: '很好',
      site: onSite(story.stage.now()),
    }
    await story.refused(经办人, own, 'GN-08')
    await looksBack(story, 'holds')
    await story.on('2019-01-25')
    await looksBack(story, 'holds')
    await story.on('2019-07-04', '10:00')
    await looksBack(story, 'holds')
    await story.phase('archived')
    expect(await timeline(story, 'look-back-due', 'look-back-late')).toEqual([
      `look-back-due ${hourOf('2018-10-08', 9)}`, // three months end in the National Day holidays
      `look-back-due ${hourOf('2019-01-04', 9)}`,
      `look-back-late ${endOf('2019-01-18')}`,
      `look-back-due ${hourOf('2019-07-04', 9)}`,
    ])
  },
)

clause('JN-12', 'a rebound reopens the case as a new round, with its whole history', async (given) => {
  const story = await closedBeforeTheHolidays(given)
  const before = await story.stage.record()
  await story.on('2018-10-08', '10:00')
  await looksBack(story, 'rebound')
  await story.phase('rectifying')
  expect((await story.state()).rectification.round).toBe(2)
  const after = await story.stage.record()
  expect(after.slice(0, before.length)).toEqual(before)
  expect(firstBrokenLink(after)).toBeUndefined()
  await story.refused(
    整改办,
    { type: 'send-filing', to: '省整改办', noticeResult: '无异议' },
    'CD-10',
    '没有待备案的事项',
  )
  await story.submits()
  await story.signedUpTo()
  await story.posts()
  await story.noticeOver()
  await story.files()
  await story.phase('closed')
  expect((await story.events('closed')).map(({ closing }) => closing)).toEqual([1, 2])
})

/** Closed on 4 July 2018, a notice having run from 20 June to 3 July. */
const closedBeforeTheHolidays = async (given: GivenCase): Promise<Story> => {
  const story = await aMatter(given, {}, '2018-06-20')
  await story.closed()
  expect((await story.state()).closedAt).toMatch(/^2018-07-04T02:00:00/)
  return story
}

clause(
  'JN-17',
  'the office never verifies its own measure: another body is asked for, and it alone may',
  async (given) => {
    const office = '市整改工作领导小组办公室'
    const story = await aMatter(given, { units: [unit(office)], persons: [`${office}主要负责人`] })
    await story.refused(整改办, HAND_OVER, 'JN-17', '另定核实单位')
    await story.by(整改办, amend({ officeSubstitute: unit('市整改办') }))
    await story.refused(整改办, HAND_OVER, 'JN-17', '不能代整改办核实')
    await story.by(整改办, amend({ officeSubstitute: unit('市政府督查室') }))
    await story.handedOver()
    const own = clerkOf(office)
    await story.by(own, { type: 'acknowledge' })
    await story.by(own, { type: 'submit-case-plan', plan: '分步走', team: ['甲'], evidence: [] })
    await story.by(own, {
      type: 'submit-closing',
      statement: '完成',
      checklist: [],
      evidence: [材料('自查报告')],
    })
    await story.signs(headOf(office))
    await story.signs(包案领导)
    await story.turn('office-check')
    for (const insider of [整改办, 整改办主任]) {
      await story.refused(insider, await story.signing(), 'YZ-07', '不得为本人负责的事项签字')
    }
    await story.signs(clerkOf('市政府督查室'))
    await story.turn('office-head')
    await story.refused(整改办主任, await story.signing(), 'YZ-07', '不得为本人负责的事项签字')
    await story.signs(headOf('市政府督查室'))
    await story.phase('on-notice')
  },
)
