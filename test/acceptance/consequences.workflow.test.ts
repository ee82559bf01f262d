import { expect } from 'vitest'
import { consequenceKind } from '../../domain/consequence/kind.js'
import type { Opening } from '../../domain/decider-types.js'
import { fenOf } from '../../domain/money.js'
import { type CaseId, plainDate } from '../../domain/words.js'
import { until, 材料 } from '../support/entries.js'
import {
  unit,
  书记,
  包案领导,
  单位负责人,
  县长,
  整改办,
  整改办主任,
  旁人,
  纪检监察,
  经办人,
} from '../support/people.js'
import type { Story } from '../support/story.js'
import { decides, endOf, hourOf, timeline } from './acts.js'
import { acceptance } from './clause.js'

const { clause } = acceptance()

const ON = { on: '2020-07-06' }
type Propose = Extract<Opening, { type: 'propose-consequence' }>
const common = {
  type: 'propose-consequence',
  unit: unit('甲县政府'),
  facts: '六月排名末位',
  evidence: [材料('六月排名')],
} as const
const penalty: Propose = { ...common, sort: 'penalty', cause: '月度排名末位' }
const reading = {
  section: '入河口断面',
  pollutant: '氨氮',
  limit: '1.0',
  measuredOn: plainDate('2020-07-01'),
}
const over = (value: string): Propose => ({ ...common, sort: 'compensation', reading: { ...reading, value } })
const removal = (cause: string, more: object = {}): Propose => ({
  ...common,
  sort: 'removal',
  cause,
  person: '某镇长',
  post: '某镇镇长',
  ...more,
})

const reviews = (story: Story, result: 'excused' | 'partly' | 'not' = 'not') =>
  story.by(纪检监察, { type: 'review-excuse', result, reasons: '未尽管理责任', evidence: [] })
const state = (story: Story) => story.stateOf('consequence')

clause(
  'HH-09',
  'a penalty is proposed from the policy’s table, decided by a person who did not propose it, served, and tracked to payment',
  async (_given, { opened, papersOf, toldOf }) => {
    await expect(opened('hohhot', 整改办, { ...penalty, cause: '态度不好' }, ON)).rejects.toThrow(
      /HH-09.*没有“态度不好”/,
    )
    await expect(opened('hohhot', 单位负责人, penalty, ON)).rejects.toThrow(/GN-08/)
    // The ranking's own proposal: the machine's act, with its rule.
    const story = await opened('hohhot', { machine: 'HH-08', rule: '排名靠后,建议处罚' }, penalty, ON)
    expect((await story.told())[0]).toBe('系统 建议对甲县政府经济处罚 50000元:月度排名末位')
    expect(await state(story)).toMatchObject({ amount: fenOf(5_000_000), phase: 'proposed' })
    const impose = { type: 'decide-consequence', decision: 'impose', reason: '连续两月末位' } as const
    await story.refused({ machine: 'HH-09', rule: '自动处罚' }, impose, 'HH-09', '由人决定')
    await story.refused(整改办, impose, 'HH-09', '不由您办理')
    await reviews(story)
    await story.by(县长, impose)
    expect(papersOf(story, 'decision-notice')).toMatchObject([
      { to: ['甲县政府'], subject: '关于对甲县政府经济处罚的决定', facts: [{}, { value: '50000元' }, {}] },
    ])
    expect(await toldOf(story, 'consequence-decided')).toEqual([
      [{ unit: '甲县政府', who: 'head' }, { seat: 'office' }],
    ])
    const pays = (fen: number, receipt: string) =>
      ({ type: 'record-payment', fen, receipt, paidOn: plainDate('2020-07-06') }) as const
    await story.refused(经办人, pays(100, '票1'), 'HH-09')
    await story.refused(整改办, pays(5_000_001, '票1'), 'HH-09', '超过应缴')
    await story.by(整改办, pays(2_000_000, '票1'))
    await story.refused(整改办, pays(2_000_000, '票1'), 'HH-09', '已经登记')
    await story.on('2020-08-06')
    expect(await timeline(story, 'payment-chased', 'payment-late')).toEqual([
      `payment-chased ${hourOf('2020-07-29', 9)}`,
      `payment-late ${endOf('2020-08-05')}`,
    ])
    await story.by(整改办, pays(3_000_000, '票2'))
    expect(await state(story)).toMatchObject({ phase: 'paid', lateSince: endOf('2020-08-05') })
  },
)

clause(
  'HH-09',
  'what was imposed can be appealed by the unit, and cancelled by a document; what was paid goes back',
  async (_given, { opened, papersOf, toldOf }) => {
    const imposed = async () => {
      const story = await opened('hohhot', 整改办, penalty, ON)
      await reviews(story)
      return story.by(县长, { type: 'decide-consequence', decision: 'impose', reason: '连续两月末位' })
    }
    const appeal = { type: 'appeal-consequence', grounds: '数据有误', evidence: [] } as const
    const uphold = { type: 'decide-appeal', decision: 'uphold', reason: '数据属实' } as const
    const story = await imposed()
    await story.refused(经办人, appeal, 'HH-09')
    await story.refused(县长, uphold, 'HY-10', '没有待决定的申诉')
    await story.by(单位负责人, appeal)
    await story.refused(单位负责人, appeal, 'HY-10', '不重复受理')
    await story.refused(县长, uphold, 'GN-08', '作出原决定的人')
    await story.refused(
      书记,
      { type: 'cancel-consequence', reason: '数据有误', document: '呼督改〔2020〕9号' },
      'HY-10',
      '一并决定',
    )
    await story.by(书记, { ...uphold, decision: 'reduce', fen: 2_000_000 })
    expect(await state(story)).toMatchObject({ phase: 'imposed', amount: fenOf(2_000_000) })
    // HH-11: what an appeal changes is served on the unit as the decision was, with the day by which it is now to be paid.
    expect(papersOf(story, 'decision-notice')).toMatchObject([
      { subject: '关于对甲县政府经济处罚的决定' },
      {
        subject: '关于对甲县政府经济处罚申诉的决定',
        to: ['甲县政府'],
        facts: [{}, { label: '金额', value: '20000元' }, {}],
        body: [expect.stringContaining('申诉减轻。数据属实')],
        replyBy: '2020-08-05',
      },
    ])
    expect(await toldOf(story, 'appeal-decided')).toEqual(await toldOf(story, 'consequence-decided'))

    const paidThenCancelled = await imposed()
    await paidThenCancelled.by(整改办, {
      type: 'record-payment',
      fen: 1_000_000,
      receipt: '票1',
      paidOn: plainDate('2020-07-06'),
    })
    await paidThenCancelled.by(书记, {
      type: 'cancel-consequence',
      reason: '数据有误',
      document: '呼督改〔2020〕9号',
    })
    expect(await state(paidThenCancelled)).toMatchObject({ phase: 'refunding' })
    expect(papersOf(paidThenCancelled, 'decision-notice').at(-1)).toMatchObject({
      subject: '关于撤销对甲县政府经济处罚的决定',
      facts: [{}, { label: '撤销依据', value: '呼督改〔2020〕9号' }, {}],
      body: [expect.stringContaining('数据有误'), '已缴的 10000元予以退还。'],
    })
    expect(papersOf(paidThenCancelled, 'decision-notice').at(-1)).not.toHaveProperty('replyBy')
    await paidThenCancelled.on('2020-08-10')
    expect(await timeline(paidThenCancelled, 'payment-chased', 'payment-late')).toEqual([])
    await paidThenCancelled.by(整改办, {
      type: 'record-refund',
      receipt: '退1',
      refundedOn: plainDate('2020-08-10'),
    })
    expect(await paidThenCancelled.events('refund-recorded')).toMatchObject([{ amount: fenOf(1_000_000) }])
    expect(await state(paidThenCancelled)).toMatchObject({ phase: 'cancelled' })
  },
)

clause(
  'HY-10',
  'a penalty carries a review of excuse, by others; without it nothing is decided, and who is excused is not punished',
  async (_given, { opened }) => {
    const story = await opened('hengyang', 整改办, { ...penalty, cause: '整改任务超期未完成' }, ON)
    const impose = { type: 'decide-consequence', decision: 'impose', reason: '同意' } as const
    // GN-08: a leader may review an excuse, and may decide, but not both in one case.
    const byLeader = await opened('hengyang', 整改办, { ...penalty, cause: '整改任务超期未完成' }, ON)
    await byLeader.by(包案领导, { type: 'review-excuse', result: 'not', reasons: '未尽责', evidence: [] })
    await byLeader.refused(包案领导, impose, 'GN-08', '作免责审查的人')
    await story.refused(县长, impose, 'HY-10', '还没有作尽职免责审查')
    await story.refused(县长, { ...impose, decision: 'drop' }, 'HY-10', '还没有作尽职免责审查')
    await story.refused(
      { machine: 'HY-10', rule: '自动审查' },
      { type: 'review-excuse', result: 'excused', reasons: '自动', evidence: [] },
      'HY-10',
      '由人作出',
    )
    const review = {
      type: 'review-excuse',
      result: 'excused',
      reasons: '汛期不可抗力',
      evidence: [],
    } as const
    await story.refused(经办人, review, 'HH-09')
    await story.refused({ ...纪检监察, posts: [...纪检监察.posts, ...经办人.posts] }, review, 'GN-08')
    await story.by(纪检监察, review)
    await story.refused(县长, impose, 'HY-10', '尽职免责,不予处理')
    await story.by(县长, { type: 'decide-consequence', decision: 'drop', reason: '尽职免责' })
    expect(await state(story)).toMatchObject({ phase: 'dropped', review: { result: 'excused' } })

    const partly = await opened('hohhot', 整改办, penalty, ON)
    await reviews(partly, 'partly')
    await partly.refused(县长, impose, 'HY-10', '应减轻')
    const reduce = (fen: number) =>
      ({ type: 'decide-consequence', decision: 'reduce', reason: '已及时补救', fen }) as const
    await partly.refused(县长, reduce(5_000_001), 'HH-09')
    await partly.by(县长, reduce(1_000_000))
    expect((await state(partly)).amount).toEqual(fenOf(1_000_000))

    const own = await opened('hohhot', 包案领导, penalty, ON)
    await own.refused(包案领导, review, 'GN-08', '提出建议的人')
    await reviews(own)
    await own.refused(包案领导, impose, 'GN-08', '提出建议的人')
  },
)

clause(
  'HH-11',
  'a reading over the limit proposes compensation from the table, exactly; one within it does not',
  async (_given, { opened }) => {
    for (const value of ['1.0', '0.999999999']) {
      const within = await opened('hohhot', 整改办, over(value), ON)
      expect(await within.told()).toEqual(
        [
          `整改办 登记甲县政府监测值:入河口断面氨氮 ${value},限值 1.0`,
          '系统 没有超过标准限值,不产生补偿',
        ].map((line) => expect.stringContaining(line.split(' ').slice(1).join(' '))),
      )
      expect(await state(within)).toMatchObject({ phase: 'recorded' })
    }
    const amounts: number[] = []
    for (const value of ['1.000000001', '1.4999', '1.5', '2.0', '7']) {
      const story = await opened('hohhot', 整改办, over(value), ON)
      amounts.push((await state(story)).amount?.fen ?? 0)
    }
    expect(amounts).toEqual([10_000_000, 10_000_000, 20_000_000, 50_000_000, 50_000_000])
    const story = await opened('hohhot', 整改办, over('1.5'), ON)
    await reviews(story)
    await story.by(县长, { type: 'decide-consequence', decision: 'impose', reason: '按标准补偿' })
    expect(await state(story)).toMatchObject({ phase: 'imposed', sort: 'compensation', payBy: '2020-08-05' })
    // A city whose rules have no table proposes nothing: the reading is on the record.
    const untabled = await opened('hengyang', 整改办, over('1.5'), ON)
    expect(await untabled.events('reading-recorded')).toMatchObject([{ how: 'below-table' }])
  },
)

clause(
  'HH-10',
  '先免职,再调查: raised to the appointing authority without investigation, never decided by the engine, never without its document',
  async (_given, { opened }) => {
    await expect(opened('hohhot', 整改办, removal('整改不力'), ON)).rejects.toThrow(/HH-10.*须先调查核实/)
    const later = await opened(
      'hohhot',
      整改办,
      removal('整改不力', { investigation: 'hohhot-accept/001-clue-1' as CaseId }),
      ON,
    )
    expect((await state(later)).removalFirst).toBe('after-investigation')

    const story = await opened('hohhot', 整改办, removal('秸秆焚烧'), ON)
    expect((await state(story)).removalFirst).toBe('first')
    await story.refused(
      县长,
      { type: 'decide-consequence', decision: 'impose', reason: '免' },
      'HH-10',
      '由任免机关决定',
    )
    const decision = {
      type: 'record-removal-decision',
      decision: 'removed',
      authority: '市委组织部',
      document: '呼组干〔2020〕8号',
      decidedOn: plainDate('2020-07-06'),
    } as const
    await story.refused(整改办, decision, 'HH-10', '待审查')
    await story.by(整改办主任, { type: 'raise-removal', authority: '市委组织部', letter: '火点照片附后' })
    await story.refused({ machine: 'HH-10', rule: '自动免职' }, decision, 'HH-10', '系统不作决定')
    await story.refused(整改办, { ...decision, document: ' ' }, 'HH-10', '文号')
    await story.refused(整改办, { ...decision, authority: '县委组织部' }, 'HH-10', '已提请市委组织部')
    // Until it is decided the unit concerned knows nothing of it.
    expect(consequenceKind.reading(经办人, await state(story))).toBe('none')
    await story.by(整改办, decision)
    expect(await story.told()).toContain('办小宁(整改办) 市委组织部决定免职(呼组干〔2020〕8号)')
  },
)

clause(
  'HY-04',
  'an instruction’s words are closed and never change; feedback comes before the result, and it ends when the leader has it',
  async (_given, { opened, toldOf }) => {
    const story = await opened(
      'hengyang',
      整改办,
      {
        type: 'register-instruction',
        leader: { name: '副市长老唐', level: 'municipal', person: 包案领导.person },
        text: '请从速查处,举一反三。',
        about: '湘江某段排污',
        given: plainDate('2019-05-17'),
        units: [unit('甲县政府'), unit('市住建局')],
        due: plainDate('2019-06-14'),
      },
      { on: '2019-05-20' },
    )
    await story.refused(经办人, { type: 'report-instruction-result', result: '好', evidence: [] }, 'HY-04')
    await story.on('2019-05-22')
    expect(await story.moments('instruction-late')).toEqual([endOf('2019-05-21')])
    expect((await story.stateOf('instruction')).late).toEqual(['receipt 2019-05-21'])
    await story.refused(旁人, { type: 'receipt-instruction' }, 'HY-04', '不由您办理')
    await story.by(经办人, { type: 'receipt-instruction' })
    await story.refused(经办人, { type: 'receipt-instruction' }, 'HY-04', '已经签收')
    const result = {
      type: 'report-instruction-result',
      result: '已封堵',
      evidence: [材料('封堵照片')],
    } as const
    await story.refused(单位负责人, result, 'HY-04', '还没有反馈过')
    await story.by(经办人, { type: 'feed-back-instruction', progress: '已查明', evidence: [] })
    expect(await toldOf(story, 'instruction-fed-back')).toEqual([
      [{ seat: 'office' }, { person: 包案领导.person }],
    ])
    await story.on('2019-05-30')
    // Five working days after the last feedback the next is due.
    expect(await story.moments('instruction-late')).toEqual([endOf('2019-05-21'), endOf('2019-05-29')])
    await story.by(单位负责人, result)
    const ends = { type: 'confirm-instruction-result', words: '已阅' } as const
    await story.refused(包案领导, ends, 'HY-04', '还没有呈报领导')
    await story.by(整改办, {
      type: 'deliver-instruction-result',
      how: '专报第3期',
      deliveredOn: plainDate('2019-05-30'),
    })
    await story.refused(县长, ends, 'HY-04', '由批示的领导')
    await story.refused(整改办, ends, 'HY-04', '领导阅知的文件')
    await story.by(包案领导, { type: 'return-instruction-result', reason: '下游还有一处' })
    expect((await story.stateOf('instruction')).phase).toBe('receipted')
    await story.by(单位负责人, result)
    await story.by(整改办, {
      type: 'deliver-instruction-result',
      how: '专报第4期',
      deliveredOn: plainDate('2019-05-30'),
    })
    await story.by(包案领导, ends)
    const ended = await story.stateOf('instruction')
    expect(ended).toMatchObject({ phase: 'ended', text: '请从速查处,举一反三。' })
    expect((await story.told()).join('\n')).not.toContain('举一反三')
  },
)

clause(
  'JN-16',
  'a clue of crime goes to the police with a receipt, beside the discipline organ’s own way and outliving it',
  async (given, { referralOf }) => {
    const origin = await given('jinan', { on: '2018-07-02', entry: { deadline: until('2018-08-31') } })
    await origin.rectifying()
    await origin.reportsWeeklyUntil('2018-11-01')
    for (const rung of ['circular', 'listed-supervision', 'interview', 'referral-draft'] as const)
      if ((await origin.rung(rung)) === 'drafted') await decides(origin, rung)
    await origin.by(包案领导, { type: 'decide-clue', clue: 0, decision: 'refer', reason: '涉嫌弄虚作假' })
    const story = await referralOf(origin, 0)
    const sends = {
      type: 'transfer-to-police',
      organ: '市公安局',
      letter: '涉嫌伪造监测数据',
      evidence: [材料('监测数据')],
    } as const
    const receipt = {
      type: 'record-police-receipt',
      receipt: '济公受〔2018〕9号',
      receivedOn: plainDate('2018-11-01'),
    } as const
    await story.refused(纪检监察, receipt, 'JN-16', '没有移送')
    await story.refused(整改办, sends, 'CD-14')
    await story.refused(整改办主任, { ...sends, evidence: [] }, 'JN-16', '须附证据')
    await story.by(整改办主任, sends)
    await story.refused(整改办主任, sends, 'JN-16', '已经移送市公安局')
    await story.by(整改办, { type: 'transfer-clue', letter: '线索移交', evidence: [] })
    await story.by(纪检监察, { type: 'decline-clue', reason: '证据不足', document: '济纪〔2018〕3号' })
    await story.on('2018-11-20')
    // Declined by the one organ, the other's receipt is still waited for, and chased.
    expect(await story.moments('police-receipt-chased')).toHaveLength(1)
    await story.by(整改办, receipt)
    expect(await story.told()).toContain('办小宁(整改办) 公安机关回执 济公受〔2018〕9号')
  },
)
