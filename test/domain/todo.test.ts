import { describe, expect, it } from 'vitest'
import { readersOf } from '../../domain/oversight/restricted.js'
import { shutOutBy } from '../../domain/oversight/shut-out.js'
import { todos } from '../../domain/todo.js'
import { plainDate } from '../../domain/words.js'
import { aMatter, 长期坚持 } from '../support/entries.js'
import {
  unit,
  书记,
  包案领导,
  另一配合单位,
  整改办,
  整改办主任,
  旁人,
  牵头单位,
  监督员,
  经办人,
  配合单位,
} from '../support/people.js'
import { rulesOf, withPolicy, withStep } from '../support/policies.js'
import type { Story } from '../support/story.js'
import { aCaseThatIs, aNoticeUp } from './given.js'

/** `act seat[unit or person] due` of everything owed. */
const owed = async (story: Story): Promise<readonly string[]> =>
  todos(story.rules, await story.stage.state()).map(({ act, chair, due }) =>
    [act, chair.seat, chair.unit ?? chair.person, due].filter((part) => part !== undefined).join(' '),
  )

describe('what is owed, by whom, until when', () => {
  it('follows the case from phase to phase', async () => {
    expect(await owed(await aCaseThatIs('registered'))).toEqual(['hand-over office'])
    expect(await owed(await aCaseThatIs('handed-over'))).toEqual([
      'acknowledge responsible-unit 甲县政府 2019-10-10',
      'submit-return responsible-unit 甲县政府 2019-10-11',
    ])
    expect(await owed(await aCaseThatIs('acknowledged'))).toEqual([
      'submit-case-plan responsible-unit 甲县政府 2019-10-21',
      'submit-return responsible-unit 甲县政府 2019-10-11',
    ])
    expect(await owed(await aCaseThatIs('rectifying'))).toEqual([
      'submit-return responsible-unit 甲县政府 2019-10-11',
    ])
    expect(await owed(await aCaseThatIs('closing'))).toEqual(['sign lead-unit 市生态环境局 2019-10-14'])
    expect(await owed(await aCaseThatIs('on-notice'))).toEqual(['post-notice office 2019-10-14'])
    expect(await owed(await aNoticeUp())).toEqual([])
    const filing = await aCaseThatIs('filing')
    expect(await owed(filing)).toEqual(['send-filing office 2019-10-25'])
    await filing.by(整改办, { type: 'send-filing', to: '省整改办', noticeResult: '无异议' })
    expect(await owed(filing)).toEqual(['record-filing-receipt office 2019-10-25'])
    const closed = await aCaseThatIs('closed')
    expect(await owed(closed)).toEqual([])
    await closed.on('2020-01-20')
    expect(await owed(closed)).toEqual(['look-back office'])
  })

  it('a step’s signature is owed by every chair that may sign now, and by no other', async () => {
    const coops = { entry: { cooperatingUnits: [unit('市水利局'), unit('市城管局')] } }
    const parallel = await aCaseThatIs('closing', 'sample', coops)
    await parallel.signedUpTo('opinions')
    expect(await owed(parallel)).toEqual([
      'sign cooperating-units 市水利局 2019-10-14',
      'sign cooperating-units 市城管局 2019-10-14',
    ])
    await parallel.signs(另一配合单位)
    expect(await owed(parallel)).toEqual(['sign cooperating-units 市水利局 2019-10-14'])
    const inOrder = withStep('sample', 'opinions', { quorum: { mode: 'all', order: 'sequential' } })
    const sequential = await aCaseThatIs('closing', inOrder, coops)
    await sequential.signedUpTo('opinions')
    expect(await owed(sequential)).toEqual(['sign cooperating-units 市水利局 2019-10-14'])
    await sequential.signs(配合单位)
    expect(await owed(sequential)).toEqual(['sign cooperating-units 市城管局 2019-10-14'])
  })

  it('comes back after a refusal: a countersign does not lose its task on return', async () => {
    const story = await aCaseThatIs('closing')
    await story.signedUpTo('secretary')
    await story.refuses(书记, '仍有渗漏')
    expect(await owed(story)).toContain('submit-return responsible-unit 甲县政府 2019-10-11')
    await story.submits()
    expect(await owed(story)).toEqual(['sign lead-unit 市生态环境局 2019-10-14'])
  })

  it('an added signer owes the signature, too', async () => {
    const story = await aCaseThatIs('closing')
    await story.by(整改办, {
      type: 'add-signer',
      step: 'gatekeeping',
      chair: { seat: 'supervising-unit', unit: unit('市住建局') },
      reason: '涉及管网',
    })
    await story.signs(牵头单位)
    expect(await owed(story)).toEqual(['sign supervising-unit 市住建局 2019-10-14'])
  })

  it('转办 in the middle: the new unit owes the receipt, and the others do not', async () => {
    const story = await aCaseThatIs('rectifying', 'yongzhou', {
      entry: { units: [unit('甲县政府'), unit('丙县政府')] },
    })
    await story.by(整改办, {
      type: 'transfer',
      from: unit('丙县政府'),
      to: unit('丁县政府'),
      reason: '职责调整',
    })
    expect(await owed(story)).toEqual([
      'acknowledge responsible-unit 丁县政府 2019-10-10',
      'submit-return responsible-unit 甲县政府 2019-10-11',
    ])
  })

  it('JN-05, JN-06 nodes with their days, duties of each body for its period', async () => {
    const story = await aCaseThatIs('rectifying', 'jinan', {
      entry: {
        deadline: 长期坚持,
        nodes: [{ text: '建成监测站', date: plainDate('2019-12-31') }],
        duties: [
          { text: '研究一次', period: 'P6M', bodies: ['市委常委会', '市政府常务会议'] },
          { text: '巡查', period: 'P1M', bodies: [] },
        ],
      },
    })
    await story.by(经办人, {
      type: 'discharge-duty',
      duty: 0,
      body: '市委常委会',
      what: '已研究',
      evidence: [],
    })
    expect((await owed(story)).slice(1)).toEqual([
      'complete-node responsible-unit 甲县政府 2019-12-31',
      'discharge-duty responsible-unit 甲县政府 2019-12-31',
      'discharge-duty responsible-unit 甲县政府 2019-10-31',
    ])
    expect(
      todos(story.rules, await story.stage.state())
        .map(({ title }) => title)
        .slice(-2),
    ).toEqual(['市政府常务会议:研究一次', '甲县政府:巡查'])
  })

  it('CD-12 a visit of the leader, where the city gives it a period', async () => {
    const story = await aCaseThatIs('rectifying', 'sample')
    expect(await owed(story)).toContain('record-visit case-leader leader 2020-01-08')
  })

  it('drafts and questions wait for the one who decides', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.on('2019-10-26')
    expect(await owed(story)).toContain('decide-rung office-head')
    await story.by(整改办主任, { type: 'decide-rung', rung: 'interview', decision: 'issue', reason: '缺报' })
    await story.by(整改办, {
      type: 'record-interview',
      minutes: '责令整改',
      present: ['局长老周'],
      commitments: [{ text: '十一月底前完成', by: plainDate('2019-11-30') }],
    })
    await story.by(经办人, {
      type: 'request-extension',
      until: plainDate('2020-08-31'),
      reason: '汛期',
      measures: '加班',
    })
    const list = await owed(story)
    expect(list).toContain('settle-commitment office 2019-11-30')
    expect(list).toContain('decide-extension case-leader leader 2020-06-30')
    await story.by(包案领导, { type: 'decide-extension', decision: 'refuse', reason: '不充分' })
    expect((await owed(story)).filter((line) => line.startsWith('decide-extension'))).toEqual([])
  })

  it('what is meant for a leader nobody has named is the office’s: name one', async () => {
    const city = withPolicy('yongzhou', ({ handover }) => ({
      handover: { ...handover, requires: [], beforeStart: [] },
    }))
    const story = await aCaseThatIs('rectifying', city, { entry: { leaders: {} } })
    await story.by(经办人, {
      type: 'request-extension',
      until: plainDate('2020-08-31'),
      reason: '汛期',
      measures: '加班',
    })
    expect(await owed(story)).toContain('hand-over-office office 2020-06-30')
    await story.submits()
    await story.signedUpTo('gatekeeping')
    await story.refuses(牵头单位, '数据造假', 'feigned')
    expect(await owed(story)).toContain('decide-clue secretary')
  })

  it('JN-17 of the office’s own measure: judging is another’s, coordinating stays the office’s', async () => {
    const { office } = rulesOf('jinan').policy
    const own = { units: [office.unit], officeSubstitute: unit('市发展改革委') }
    const registered = await aCaseThatIs('registered', 'jinan', { entry: own })
    expect(await owed(registered)).toEqual(['hand-over office'])
    const story = await aCaseThatIs('handed-over', 'jinan', { entry: own })
    await story.on('2020-07-02')
    expect(await owed(story)).toContain('decide-rung office-head 市发展改革委')
  })
})

describe('who watches and who was invited', () => {
  it('JN-10 the named watcher says at least once what they found', async () => {
    const story = await aCaseThatIs('rectifying')
    const { person, name } = 另一配合单位
    await story.by(整改办主任, {
      type: 'put-under-supervision',
      watcher: { person, name },
      reason: '群众反映强烈',
      release: '验收合格',
    })
    expect(await owed(story)).toContain(`record-watching office ${person}`)
    await story.by(另一配合单位, { type: 'record-watching', findings: '尚未开工' })
    expect((await owed(story)).join()).not.toContain('record-watching')
  })

  it('YZ-15 whoever was invited and signs in says what they saw; for others the record of the check speaks', async () => {
    const story = await aCaseThatIs('rectifying')
    const { person, name } = 监督员
    await story.by(整改办, {
      type: 'invite-observers',
      check: 'verification',
      observers: [
        { name, from: '市人大代表', person },
        { name: '韩记者', from: '永州电视台' },
      ],
    })
    expect((await owed(story)).filter((one) => one.startsWith('record-observation'))).toEqual([
      `record-observation office ${person}`,
    ])
    await story.by(监督员, { type: 'record-observation', words: '水清了' })
    expect((await owed(story)).join()).not.toContain('record-observation')
  })

  it('JN-08 CD-13 a matter of weight is owed an answer by each it reaches, until one of them has given it', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(经办人, aMatter(story.stage.now()))
    const asked = (await owed(story)).filter((one) => one.startsWith('acknowledge-matter'))
    expect(asked).toEqual([
      'acknowledge-matter office 2019-10-09',
      `acknowledge-matter case-leader ${包案领导.person} 2019-10-09`,
      'acknowledge-matter deputy-secretaries-general 2019-10-09',
    ])
    await story.by(整改办, { type: 'acknowledge-matter', matter: 0 })
    expect((await owed(story)).join()).not.toContain('acknowledge-matter')
  })
})

describe('GN-08 a restriction', () => {
  const restriction = { type: 'restrict-case', persons: [], roles: [], units: [], reason: '涉密' } as const

  it('would shut out whoever has to act next, unless they are among its readers', async () => {
    const story = await aCaseThatIs('handed-over')
    const out = async (more: Partial<Parameters<typeof shutOutBy>[2]>) =>
      shutOutBy(story.rules, await story.state(), { ...restriction, ...more }).map(({ act }) => act)
    expect(await out({})).toEqual(['acknowledge', 'submit-return'])
    expect(await out({ units: [unit('甲县政府')] })).toEqual([])
    expect(await out({ roles: ['unit-head', 'unit-clerk'] })).toEqual([])
    expect(await out({ units: [unit('市水利局')] })).toEqual(['acknowledge', 'submit-return'])
  })

  it('lets in whoever owes the case something, its watcher, and whoever holds the post that decided it', async () => {
    const story = await aCaseThatIs('handed-over')
    const readers = async () => readersOf(story.rules, await story.state())
    expect(await readers()).toBeUndefined()
    await story.by(整改办主任, { ...restriction, roles: ['secretary'] })
    const named = ['person:officehead', 'role:secretary', 'role:office-head']
    const early = await aCaseThatIs('registered')
    await early.by(整改办主任, { ...restriction, roles: ['secretary'] })
    expect(readersOf(early.rules, await early.state())).toEqual(named)
    expect(await readers()).toEqual([...named, 'unit:甲县政府'])
    await story.by(整改办主任, {
      type: 'put-under-supervision',
      watcher: { person: 旁人.person, name: 旁人.name },
      reason: '情况敏感',
      release: '验收合格',
    })
    expect(await readers()).toContain('person:other')
    await story.by(整改办主任, { type: 'end-supervision', reason: '已达到' })
    expect(await readers()).not.toContain('person:other')
  })
})
