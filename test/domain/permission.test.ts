import { describe, expect, it } from 'vitest'
import { COMMAND_TITLES, type Command, type CommandType } from '../../domain/case/commands.js'
import type { Phase } from '../../domain/case/state.js'
import type { Actor, Seat } from '../../domain/parties.js'
import { PERMISSIONS } from '../../domain/permission/command.js'
import { mayDo, type OfficeAct } from '../../domain/permission/office.js'
import { partiesOf, reading } from '../../domain/permission/read.js'
import { isRefusal } from '../../domain/refusal.js'
import { plainDate } from '../../domain/words.js'
import { onSite, returned, 材料 } from '../support/entries.js'
import * as people from '../support/people.js'
import type { Story } from '../support/story.js'
import { aCaseThatIs, aNoticeUp, personOf } from './given.js'

const { 整改办, 整改办主任, 经办人, 包案领导, 书记, 县长, 副秘书长, 纪检监察, 监督员, 旁人, 牵头单位 } =
  people

/** A command whose content is right, so that only who gives it and when decides. */
const command = (type: CommandType, story: Story, saw: Awaited<ReturnType<Story['state']>>): Command => {
  const site = onSite(story.stage.now())
  const { id, round, entry, source, policy, calendar, planDate } = saw
  const all: { readonly [T in CommandType]: Extract<Command, { type: T }> } = {
    register: { type: 'register', caseId: id, round, entry, source, policy, calendar, planDate },
    'amend-entry': { type: 'amend-entry', patch: { target: '新目标' }, reason: '核对' },
    'hand-over': { type: 'hand-over' },
    acknowledge: { type: 'acknowledge' },
    'submit-case-plan': { type: 'submit-case-plan', plan: '方案', team: ['组长'], evidence: [] },
    'submit-return': { type: 'submit-return', content: returned(10) },
    'confirm-immediate': { type: 'confirm-immediate', done: '已清理', evidence: [] },
    'complete-node': { type: 'complete-node', node: 0, evidence: [材料('节点')] },
    'discharge-duty': { type: 'discharge-duty', duty: 0, body: '甲县政府', what: '研究', evidence: [] },
    'report-matter': { type: 'report-matter', what: '溢流', where: '南郊', since: site.at, done: '封堵' },
    'acknowledge-matter': { type: 'acknowledge-matter', matter: 0 },
    'add-evidence': { type: 'add-evidence', evidence: [材料('新材料')] },
    'request-extension': {
      type: 'request-extension',
      until: plainDate('2020-08-31'),
      reason: '汛期',
      measures: '加班',
    },
    'decide-extension': { type: 'decide-extension', decision: 'approve', reason: '属实' },
    'record-visit': { type: 'record-visit', visit: site, opinion: '抓紧' },
    'attach-supervision-note': { type: 'attach-supervision-note', text: '请说明' },
    'answer-supervision-note': { type: 'answer-supervision-note', note: 0, answer: '已说明' },
    chase: { type: 'chase', whom: 'responsible-unit', words: '请抓紧' },
    'submit-closing': {
      type: 'submit-closing',
      statement: '已完成',
      checklist: story.rules.policy.closing.checklist.points.map((point) => ({ point, met: 'met' })),
      evidence: [材料('验收')],
    },
    'withdraw-closing': { type: 'withdraw-closing', reason: '有误' },
    sign: { type: 'sign', step: 'gatekeeping', saw: saw.seal, opinion: '同意', findings: [], site },
    'refuse-step': { type: 'refuse-step', step: 'gatekeeping', saw: saw.seal, reasons: '不实' },
    'add-signer': {
      type: 'add-signer',
      step: 'gatekeeping',
      chair: { seat: 'discipline' },
      reason: '涉案',
    },
    'post-notice': {
      type: 'post-notice',
      postedOn: plainDate('2019-10-08'),
      result: '完成',
      contact: '12345',
      channels: ['市政府门户网站', '微信公众号', '微博'].map((channel) => ({ channel, where: '头版' })),
    },
    'take-down-notice': { type: 'take-down-notice', reason: '有误' },
    object: { type: 'object', text: '有臭味', contact: '' },
    'answer-objection': { type: 'answer-objection', objection: 0, decision: 'reject', answer: '不属实' },
    'send-filing': { type: 'send-filing', to: '省整改办', noticeResult: '无异议' },
    'record-filing-receipt': {
      type: 'record-filing-receipt',
      receipt: '备1号',
      receivedOn: plainDate('2019-10-08'),
    },
    'put-under-supervision': {
      type: 'put-under-supervision',
      watcher: { person: 旁人.person, name: 旁人.name },
      reason: '群众反映强烈',
      release: '验收合格',
    },
    'record-watching': { type: 'record-watching', findings: '在建' },
    'end-supervision': { type: 'end-supervision', reason: '已达到' },
    'mark-key': { type: 'mark-key', target: 'case', reason: '关键' },
    'unmark-key': { type: 'unmark-key', target: 'case', reason: '已降级' },
    'inspect-key': { type: 'inspect-key', target: 'case', result: 'on-track', findings: '在建', site },
    'invite-observers': {
      type: 'invite-observers',
      check: 'verification',
      observers: [{ name: '刘记者', from: '市电视台' }],
    },
    'record-observation': { type: 'record-observation', words: '水清了' },
    'restrict-case': { type: 'restrict-case', persons: [], roles: ['leader'], units: [], reason: '涉密' },
    'unrestrict-case': { type: 'unrestrict-case', reason: '已解密' },
    'call-look-back': {
      type: 'call-look-back',
      campaign: `${round}/dc-0001` as typeof id,
      by: plainDate('2099-01-01'),
      words: '全面回头看',
    },
    'look-back': { type: 'look-back', result: 'holds', findings: '正常', site },
    'report-rebound': { type: 'report-rebound', findings: '又排' },
    'decide-rung': { type: 'decide-rung', rung: 'interview', decision: 'issue', reason: '逾期' },
    'release-rung': { type: 'release-rung', rung: 'interview', reason: '已改' },
    'record-interview': { type: 'record-interview', minutes: '纪要', present: ['某'], commitments: [] },
    'settle-commitment': { type: 'settle-commitment', commitment: 0, result: '已办' },
    'decide-clue': { type: 'decide-clue', clue: 0, decision: 'dismiss', reason: '不实' },
    transfer: {
      type: 'transfer',
      from: people.unit('甲县政府'),
      to: people.unit('丙县政府'),
      reason: '调整',
    },
    delegate: {
      type: 'delegate',
      to: 监督员.person,
      toName: 监督员.name,
      until: plainDate('2019-12-31'),
      document: '1号',
    },
    'end-delegation': { type: 'end-delegation', to: 监督员.person },
    'hand-over-office': { type: 'hand-over-office', leaders: {}, reason: '换届' },
    'pause-returns': { type: 'pause-returns', reason: '汛期', decidedBy: '主任' },
    'resume-returns': { type: 'resume-returns', reason: '汛期已过', decidedBy: '主任' },
    'waive-returns': {
      type: 'waive-returns',
      periods: [plainDate('2019-10-11')],
      reason: '汛期',
      decidedBy: '主任',
    },
    'call-in-returns': {
      type: 'call-in-returns',
      periods: [plainDate('2019-10-11')],
      by: plainDate('2099-01-01'),
      reason: '补齐',
      decidedBy: '主任',
    },
    'withdraw-handover': { type: 'withdraw-handover', reason: '有误' },
    'return-handover': { type: 'return-handover', reason: '不属' },
  }
  return all[type]
}

const TYPES = Object.keys(COMMAND_TITLES) as readonly CommandType[]

/** The phases in which a command, rightly given, may do something; everywhere else it is out of turn. */
const OPEN_IN: Readonly<Partial<Record<CommandType, readonly Phase[]>>> = {
  'amend-entry': ['registered'],
  'hand-over': ['registered'],
  acknowledge: ['handed-over'],
  'submit-case-plan': ['acknowledged'],
  'submit-return': ['handed-over', 'acknowledged', 'rectifying'],
  'request-extension': ['handed-over', 'acknowledged', 'rectifying'],
  'submit-closing': ['rectifying'],
  'withdraw-closing': ['closing'],
  sign: ['closing'],
  'refuse-step': ['closing'],
  'add-signer': ['closing'],
  'post-notice': ['on-notice'],
  'send-filing': ['filing'],
  'report-rebound': ['closed'],
  transfer: ['handed-over', 'acknowledged', 'rectifying'],
  'withdraw-handover': ['handed-over', 'acknowledged'],
  'return-handover': ['handed-over'],
  'add-evidence': ['handed-over', 'acknowledged', 'rectifying', 'closing', 'on-notice', 'filing', 'closed'],
  'report-matter': ['handed-over', 'acknowledged', 'rectifying', 'closing', 'on-notice', 'filing', 'closed'],
  'attach-supervision-note': [
    'handed-over',
    'acknowledged',
    'rectifying',
    'closing',
    'on-notice',
    'filing',
    'closed',
  ],
  'record-visit': ['handed-over', 'acknowledged', 'rectifying', 'closing', 'on-notice', 'filing', 'closed'],
  chase: ['handed-over', 'acknowledged', 'rectifying', 'closing', 'on-notice', 'filing', 'closed'],
}

const HOLDER: Readonly<Partial<Record<Seat, Actor>>> = {
  'responsible-unit': 经办人,
  office: 整改办,
  'case-leader': 包案领导,
  discipline: 纪检监察,
}
const giver = (type: CommandType): Actor => {
  const seats = PERMISSIONS[type]
  if (typeof seats === 'string') return 牵头单位
  const [first] = seats
  return (first && HOLDER[first]) ?? 整改办
}

const PHASES: readonly Phase[] = [
  'registered',
  'handed-over',
  'acknowledged',
  'rectifying',
  'closing',
  'on-notice',
  'filing',
  'closed',
]

describe('every command in every phase', () => {
  it.each(Object.entries(OPEN_IN) as [CommandType, readonly Phase[]][])(
    '“%s” is taken in its phases, and refused in the others with the clause',
    async (type, open) => {
      for (const phase of PHASES) {
        const story = await aCaseThatIs(phase)
        const answer = await story.tries(giver(type), command(type, story, await story.state()))
        const said = isRefusal(answer) ? `${answer.kind} ${answer.clause}` : 'taken'
        if (open.includes(phase)) expect([phase, said]).toEqual([phase, 'taken'])
        else
          expect([phase, said]).toEqual([
            phase,
            expect.stringMatching(/^(out-of-turn|invalid|conflict) \w{2}-\d{2}$/),
          ])
      }
    },
  )
})

describe('GN-08 every command from the wrong seat', () => {
  it.each(TYPES)('“%s” is refused to a stranger and to somebody of another county', async (type) => {
    const story = type === 'sign' || type === 'refuse-step' ? await aCaseThatIs('closing') : await aNoticeUp()
    const asked = command(type, story, await story.state())
    for (const by of [旁人, { stranger: '路人' }]) {
      const answer = await story.tries(by, asked)
      if (type === 'object') expect(isRefusal(answer)).toBe(false)
      // What does not exist cannot be asked for, whoever asks.
      else expect(isRefusal(answer) ? answer.kind : 'taken').toMatch(/forbidden|conflict|out-of-turn/)
      if (isRefusal(answer) && 'stranger' in by) expect(answer.kind).toMatch(/forbidden|conflict/)
    }
  })

  it('an observer may do nothing but look on (YZ-15)', async () => {
    const story = await aCaseThatIs('rectifying')
    for (const type of TYPES.filter((one) => one !== 'object' && one !== 'register')) {
      const answer = await story.tries(监督员, command(type, story, await story.state()))
      expect([type, isRefusal(answer)]).toEqual([type, true])
    }
  })

  it('the refusal says who may', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.refused(经办人, { type: 'chase', whom: 'office', words: '请批' }, 'GN-08', '整改办、包案领导')
  })
})

describe('who reads a case', () => {
  it('CD-13, CD-15 office, leaders and coordinators everything; discipline from handing over on', async () => {
    const registered = await (await aCaseThatIs('registered')).state()
    const open = await (await aCaseThatIs('handed-over')).state()
    for (const reader of [整改办, 整改办主任, 包案领导, 书记, 县长, 副秘书长]) {
      expect(reading(reader, registered)).toBe('whole')
    }
    expect(reading(纪检监察, registered)).toBe('none')
    expect(reading(纪检监察, open)).toBe('whole')
    const both = { ...纪检监察, posts: [...纪检监察.posts, ...监督员.posts] }
    expect(reading(both, registered)).toBe('none')
    expect(reading(both, open)).toBe('whole')
  })

  it('units that are a party, from handing over on; others what is posted', async () => {
    const registered = await (await aCaseThatIs('registered')).state()
    const open = await (await aCaseThatIs('rectifying')).state()
    const posted = await (await aNoticeUp()).state()
    for (const reader of [经办人, 牵头单位, people.配合单位, people.监管单位]) {
      expect(reading(reader, registered)).toBe('none')
      expect(reading(reader, open)).toBe('whole')
    }
    expect([reading(旁人, open), reading(旁人, posted), reading(监督员, posted)]).toEqual([
      'none',
      'public',
      'public',
    ])
    expect(partiesOf(open)).toEqual(['甲县政府', '市生态环境局', '市水利局', '市住建局'])
  })

  it('GN-09 a deputy reads what is to be signed', async () => {
    const story = await aCaseThatIs('rectifying')
    await story.by(书记, command('delegate', story, await story.state()))
    expect(reading(监督员, await story.state())).toBe('whole')
  })
})

describe('acts outside a case', () => {
  it.each<[OfficeAct, readonly Actor[], readonly Actor[]]>([
    ['open-round', [整改办, 整改办主任], [经办人, 书记, 纪检监察]],
    ['edit-register', [整改办], [副秘书长, 经办人]],
    ['read-register', [整改办, 纪检监察, 副秘书长], [经办人, 监督员]],
    ['read-ledger', [整改办, 经办人, 监督员], []],
    ['read-own', [经办人, 监督员], []],
  ])('“%s” is allowed to some and refused, with the clause, to others', (act, some, others) => {
    for (const one of some) expect(mayDo(one, act)).toBeUndefined()
    for (const one of others) expect(mayDo(one, act)).toMatchObject({ kind: 'forbidden', clause: 'GN-08' })
  })

  it('nobody without a post does anything but read', () => {
    expect(mayDo(personOf('无职', 'observer'), 'open-round')).toBeDefined()
  })
})
