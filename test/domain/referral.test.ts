import { beforeEach, describe, expect, it } from 'vitest'
import { atTime } from '../../domain/calendar/dates.js'
import { decide, due, evolve, hasEnded, nextMoment } from '../../domain/decider.js'
import type { AnyCommand, LedgerState } from '../../domain/decider-types.js'
import type { Actor } from '../../domain/parties.js'
import { firstBrokenLink } from '../../domain/record/chain.js'
import type { ReferralCommand, ReferralState } from '../../domain/referral/types.js'
import { isRefusal } from '../../domain/refusal.js'
import { todos } from '../../domain/todo.js'
import {
  type CaseId,
  type CommandId,
  type Instant,
  plainDate,
  type RoundId,
  type Sha256,
} from '../../domain/words.js'
import { 书记, 整改办, 旁人, 纪检监察, 经办人 } from '../support/people.js'
import { rulesOf } from '../support/policies.js'
import { pureStage, type Stage } from '../support/stage.js'
import { aCaseThatIs } from './given.js'

const rules = rulesOf('yongzhou')
const id = 'yongzhou-test/001-R1' as CaseId
const at = (date: string): Instant => atTime(plainDate(date), '10:00')

const opening: ReferralCommand = {
  type: 'open-referral',
  caseId: id,
  origin: 'yongzhou-test/001' as CaseId,
  round: 'yongzhou-test' as RoundId,
  cause: '假装整改:数据造假',
  clause: 'CD-16',
  organ: '市纪委监委',
  units: ['甲县政府'],
  policy: rules.hash,
  calendar: rules.calendar.version as Sha256,
}
const letter: ReferralCommand = { type: 'transfer-clue', letter: '移交函', evidence: [] }
const receipt = (receivedOn: string, number = '纪受〔2019〕3号'): ReferralCommand => ({
  type: 'record-transfer-receipt',
  receipt: number,
  receivedOn: plainDate(receivedOn),
})
const outcome = (document = '纪决〔2020〕1号'): ReferralCommand => ({
  type: 'record-outcome',
  outcomes: [
    { person: '周某', measure: '诫勉', organ: '市纪委监委', document, decidedOn: plainDate('2020-02-01') },
  ],
})
const publish = (channels: readonly string[], publishedOn = '2019-10-08'): ReferralCommand => ({
  type: 'publish-outcome',
  channels,
  publishedOn: plainDate(publishedOn),
})

let stage: Stage
let count = 0
const give = async (by: Actor | { stranger: string }, command: ReferralCommand) => {
  count += 1
  return stage.give(command, by, `r${count}` as CommandId)
}
const accepted = async (by: Actor, command: ReferralCommand): Promise<void> => {
  const answer = await give(by, command)
  if (isRefusal(answer)) throw new Error(answer.why)
}
const refused = async (by: Actor | { stranger: string }, command: ReferralCommand, why: RegExp | string) => {
  const before = await stage.record()
  const answer = await give(by, command)
  expect(isRefusal(answer) ? answer.why : 'accepted').toMatch(why)
  expect(await stage.record()).toEqual(before)
}
const state = async (): Promise<ReferralState> => {
  const ledger = await stage.state()
  if (ledger.kind !== 'referral') throw new Error(ledger.kind)
  return ledger.state
}

describe('CD-14 责任追究', () => {
  beforeEach(async () => {
    stage = pureStage(rules, id, at('2019-10-08'))
    await accepted(书记, opening)
  })

  it('goes from clue to transfer, verification, outcome and publication, in this order', async () => {
    await refused(纪检监察, { type: 'begin-verification' }, '尚未移交')
    await refused(纪检监察, outcome(), '尚未调查核实')
    await refused(整改办, publish(['市政府网站']), '尚无处理结果')
    await accepted(整改办, letter)
    await refused(整改办, letter, '已经移交')
    await accepted(整改办, receipt('2019-10-08'))
    await accepted(纪检监察, { type: 'begin-verification' })
    await accepted(纪检监察, outcome())
    await accepted(整改办, publish(['市政府网站']))
    expect((await state()).phase).toBe('published')
    expect(hasEnded(await stage.state())).toBe(true)
    expect(firstBrokenLink(await stage.record())).toBeUndefined()
  })

  it('refuses an outcome without the deciding organ’s document number', async () => {
    await accepted(整改办, letter)
    await accepted(纪检监察, { type: 'begin-verification' })
    await refused(纪检监察, outcome(' '), '决定机关文号')
    await refused(纪检监察, { type: 'record-outcome', outcomes: [] }, '逐人填写')
    expect((await state()).outcomes).toEqual([])
  })

  it('refuses to end unpublished', async () => {
    await accepted(整改办, letter)
    await accepted(纪检监察, { type: 'begin-verification' })
    await accepted(纪检监察, outcome())
    expect(hasEnded(await stage.state())).toBe(false)
    await refused(整改办, publish([]), '渠道')
    await refused(整改办, publish(['市政府网站'], '2019-10-09'), '不能晚于今天')
    expect(todos(rules, await stage.state()).map(({ act }) => act)).toEqual(['publish-outcome'])
  })

  it('chases the receipt once on its day, and not when it is in', async () => {
    await accepted(整改办, letter)
    await stage.passTo(at('2019-10-30'))
    const chased = (await stage.record()).filter(({ event }) => event.type === 'transfer-receipt-chased')
    // Five working days, one of them a Saturday made up.
    expect(chased.map((one) => one.at)).toEqual(['2019-10-14T01:00:00.000Z'])
    expect(nextMoment(rules, await stage.state())).toBeUndefined()
    const prompt = pureStage(rules, id, at('2019-10-08'))
    stage = prompt
    await accepted(书记, opening)
    await accepted(整改办, letter)
    await accepted(整改办, receipt('2019-10-08'))
    await stage.passTo(at('2019-10-30'))
    expect((await stage.record()).some(({ event }) => event.type === 'transfer-receipt-chased')).toBe(false)
  })

  it('takes a receipt with a number and a day that has come, once', async () => {
    await refused(整改办, receipt('2019-10-08'), '尚未移交')
    await accepted(整改办, letter)
    await refused(整改办, receipt('2019-10-08', ' '), '回执文号')
    await refused(整改办, receipt('2019-10-09'), '不能晚于今天')
    expect(todos(rules, await stage.state()).map(({ act }) => act)).toEqual([
      'record-transfer-receipt',
      'begin-verification',
    ])
    await accepted(整改办, receipt('2019-10-08'))
    await refused(整改办, receipt('2019-10-08'), '回执已登记')
  })

  it('may be declined by the organ, with its reason and its document', async () => {
    await refused(纪检监察, { type: 'decline-clue', reason: '不属管辖', document: '1号' }, '尚未移交')
    await accepted(整改办, letter)
    await refused(纪检监察, { type: 'decline-clue', reason: '不属管辖', document: ' ' }, '文号')
    await refused(纪检监察, { type: 'decline-clue', reason: ' ', document: '1号' }, '理由')
    await accepted(纪检监察, { type: 'decline-clue', reason: '不属管辖', document: '纪函1号' })
    expect(hasEnded(await stage.state())).toBe(true)
  })

  it('each act is its own people’s', async () => {
    await refused(经办人, letter, '不由您办理')
    await refused(旁人, { type: 'begin-verification' }, '不由您办理')
    await refused({ stranger: '某人' }, letter, '须登录')
    await accepted(整改办, letter)
    await refused(整改办, { type: 'begin-verification' }, '不由您办理')
    await refused(整改办, { ...letter, letter: ' ' }, '已经移交')
  })

  it('is opened once, and asked for a letter with words', async () => {
    await refused(书记, opening, '已经立案')
    await refused(整改办, { type: 'transfer-clue', letter: ' ', evidence: [] }, '移交函的内容')
  })

  it('is no problem, and a problem is no referral: neither takes the other’s commands', async () => {
    const problem = await aCaseThatIs('rectifying')
    const answer = await problem.tries(整改办, letter)
    expect(isRefusal(answer) && answer.kind).toBe('conflict')
    const { id: caseId, round, entry, source, policy, calendar, planDate } = await problem.state()
    const register = { type: 'register', caseId, round, entry, source, policy, calendar, planDate } as const
    const mixed = await stage.give(register, 整改办, 'x' as CommandId)
    expect(isRefusal(mixed) && mixed.kind).toBe('conflict')
    stage = pureStage(rules, id, at('2019-10-08'))
    const unknown = await give(整改办, letter)
    expect(isRefusal(unknown) && unknown.kind).toBe('not-found')
  })

  it('survives the journey as JSON at every step, and is what its events made it', async () => {
    await accepted(整改办, letter)
    await accepted(整改办, receipt('2019-10-08'))
    await accepted(纪检监察, { type: 'begin-verification' })
    const records = await stage.record()
    const again = records.reduce<LedgerState | undefined>(evolve, undefined)
    expect(again).toEqual(await stage.state())
    expect(JSON.parse(JSON.stringify(again))).toStrictEqual(again)
  })

  it('takes no command back in time', async () => {
    await stage.passTo(at('2019-10-20'))
    await accepted(整改办, letter)
    const early: AnyCommand = {
      id: 'early' as CommandId,
      at: at('2019-10-09'),
      by: 纪检监察,
      command: { type: 'begin-verification' },
    }
    const answer = decide(rules, await stage.state(), early)
    if (isRefusal(answer)) throw new Error(answer.why)
    expect(answer.map((one) => one.at)).toEqual([at('2019-10-20')])
  })
})

describe('domain rule 8: referral and closure do not wait for each other', () => {
  it('a case with a clue referred is closed by its own chain', async () => {
    const story = await aCaseThatIs('closing')
    const 牵头 = await story.signerNow()
    await story.refuses(牵头, '数据造假', 'feigned')
    await story.by(书记, { type: 'decide-clue', clue: 0, decision: 'refer', reason: '情节严重' })
    await story.submits()
    await story.signedUpTo()
    await story.posts()
    await story.noticeOver()
    await story.files()
    await story.phase('closed')
  })

  it('and a referral lives on after the case is closed', async () => {
    stage = pureStage(rules, id, at('2019-10-08'))
    await accepted(书记, opening)
    const ledger = await stage.state()
    expect(due(rules, ledger, at('2029-10-08'))).toEqual([])
    expect(hasEnded(ledger)).toBe(false)
  })
})
