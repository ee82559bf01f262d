import fc from 'fast-check'
import { addDays, dateOf } from '../../domain/calendar/dates.js'
import type { CaseCommand, Command, CommandType, FalsehoodCode, Finding } from '../../domain/case/commands.js'
import type { CaseState } from '../../domain/case/state.js'
import { stepNow } from '../../domain/closing/chain.js'
import type { Rules } from '../../domain/context.js'
import { decide, due, evolve } from '../../domain/decider.js'
import type { AnyCommand, LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import type { Entry } from '../../domain/entry.js'
import type { Machine } from '../../domain/kinds/kind.js'
import { type Actor, type Chair, ROLE_OF_SEAT, SEAT_TITLES, type Seat } from '../../domain/parties.js'
import { chairKey } from '../../domain/people/chairs.js'
import { RUNG_TITLES, type RungId } from '../../domain/policy.js'
import { GENESIS, headOf, record } from '../../domain/record/chain.js'
import { isRefusal, type Refusal } from '../../domain/refusal.js'
import { isRoundDecision } from '../../domain/returns/pause.js'
import { type Todo, todos } from '../../domain/todo.js'
import {
  type CaseId,
  type CommandId,
  type Instant,
  instant,
  millis,
  plainDate,
  type RoundId,
  type Sha256,
  type UnitName,
} from '../../domain/words.js'
import { entryFor, onSite, returned, 三项达标, 材料, 省督察 } from './entries.js'
import * as people from './people.js'
import type { CityRules } from './policies.js'

/**
 * A walk: whatever people do to a case, in whatever order, with whatever time between. Half of the acts are what
 * somebody owes the case, so that walks get far; the others are anybody's anything.
 */

const CAST: readonly Actor[] = Object.values(people).filter(
  (one): one is Actor => typeof one === 'object' && 'posts' in one,
)

/** `minutes` since the act before; `seed` decides the rest: who does what, with which content. */
export type Act = {
  readonly minutes: number
  readonly how: 'owed' | 'useful' | 'anything'
  readonly seed: number
}

const DAY = 24 * 60

export const anAct: fc.Arbitrary<Act> = fc.record({
  minutes: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 8 * 60 }) },
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 4 * DAY }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 * DAY }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 150 * DAY }) },
    // Clocks differ: a command may bear a time before the last event.
    { weight: 1, arbitrary: fc.integer({ min: -60, max: 0 }) },
  ),
  how: fc.oneof(
    { weight: 6, arbitrary: fc.constant('owed' as const) },
    { weight: 3, arbitrary: fc.constant('useful' as const) },
    { weight: 3, arbitrary: fc.constant('anything' as const) },
  ),
  seed: fc.nat(),
})

/** Kinds of entries a plan has. */
export const ENTRIES: Readonly<Record<string, Partial<Entry>>> = {
  'by a date': {},
  'by a date, two units, nodes': {
    units: [people.unit('甲县政府'), people.unit('丙县政府')],
    nodes: [
      { text: '完成管网排查', date: plainDate('2019-11-30') },
      { text: '建成主体工程', date: plainDate('2020-03-31') },
    ],
  },
  immediate: { deadline: { kind: 'immediate', text: '立行立改' } },
  'for good': {
    deadline: { kind: 'long-term', text: '长期坚持' },
    nodes: [{ text: '建成监测站', date: plainDate('2019-12-31') }],
    duties: [{ text: '每月巡查', period: 'P1M', bodies: [] }],
  },
  'at once and for good': {
    deadline: { kind: 'mixed', text: '立行立改,长期坚持' },
    duties: [{ text: '每半年研究一次', period: 'P6M', bodies: ['市委常委会', '市政府常务会议'] }],
  },
}

/** The office's own measure: another unit judges it (JN-17). */
export const officesOwn = ({ policy }: Rules): Partial<Entry> => ({
  units: [policy.office.unit],
  officeSubstitute: people.unit('市发展改革委'),
})

/** A number below `n`, and the next ones, all from one seed. */
const picker = (seed: number) => {
  let now = seed % 2_147_483_647 || 1
  return (n: number): number => {
    now = (now * 48_271) % 2_147_483_647
    return now % n
  }
}
type Pick = ReturnType<typeof picker>

const oneOf = <T>(pick: Pick, list: readonly [T, ...T[]]): T => list[pick(list.length)] ?? list[0]
const seldom = (pick: Pick): boolean => pick(12) === 0
const words = (pick: Pick, said: string): string => (seldom(pick) ? ' ' : `${said}${pick(100)}`)

type About = { readonly rules: Rules; readonly state: CaseState; readonly now: Instant; readonly pick: Pick }
type Makers = { readonly [T in CommandType]: (about: About) => Extract<Command, { type: T }> }

const answered = ({ criteria = [] }: CaseState): readonly Finding[] =>
  criteria.map((title) => ({ title, met: 'met', note: '', evidence: [材料(title).sha256] }))

const FALSEHOODS = ['perfunctory', 'superficial', 'feigned'] as const satisfies readonly FalsehoodCode[]
const falsehood = (pick: Pick) => (pick(6) === 0 ? { code: oneOf(pick, FALSEHOODS) } : {})
const SEATS = Object.keys(SEAT_TITLES) as [Seat, ...Seat[]]
const RUNGS = Object.keys(RUNG_TITLES) as [RungId, ...RungId[]]
const papers = (pick: Pick) => (pick(3) === 0 ? [] : [材料(`材料 ${pick(1_000)}`)])

const stepId = ({ rules, state, pick }: About): string => {
  const chain = rules.policy.closing.chain
  return seldom(pick) ? (chain[pick(chain.length)]?.id ?? '') : (stepNow(rules, state)?.id ?? '')
}

/** Content for every command there is, mostly right, sometimes wrong. */
const MAKE: Makers = {
  register: ({ state }) => ({
    type: 'register',
    caseId: state.id,
    round: state.round,
    entry: state.entry,
    source: state.source,
    policy: state.policy,
    calendar: state.calendar,
    planDate: state.planDate,
  }),
  'amend-entry': ({ pick }) => ({
    type: 'amend-entry',
    patch: seldom(pick) ? {} : { target: `目标 ${pick(9)}` },
    reason: words(pick, '补充'),
  }),
  'hand-over': () => ({ type: 'hand-over' }),
  acknowledge: () => ({ type: 'acknowledge' }),
  'submit-case-plan': ({ pick }) => ({
    type: 'submit-case-plan',
    plan: words(pick, '方案'),
    team: seldom(pick) ? [] : ['组长'],
    evidence: papers(pick),
  }),
  'submit-return': ({ state, pick, now }) => ({
    type: 'submit-return',
    ...(pick(3) === 0 && { period: state.returns.lastMissed ?? dateOf(now) }),
    content: returned(pick(110), {
      nodes: state.nodes.length > 0 ? [{ node: pick(state.nodes.length), state: 'under-way' }] : [],
      evidence: papers(pick),
    }),
  }),
  'pause-returns': ({ pick }) => ({ type: 'pause-returns', reason: words(pick, '汛期'), decidedBy: '主任' }),
  'resume-returns': ({ pick }) => ({
    type: 'resume-returns',
    reason: words(pick, '汛期已过'),
    decidedBy: '主任',
  }),
  'waive-returns': ({ state, pick }) => ({
    type: 'waive-returns',
    periods: state.returns.passedOver?.slice(pick(2)) ?? [],
    reason: words(pick, '免报'),
    decidedBy: '主任',
  }),
  'call-in-returns': ({ state, pick, now }) => ({
    type: 'call-in-returns',
    periods: state.returns.passedOver?.slice(pick(2)) ?? [],
    by: addDays(dateOf(now), pick(14)),
    reason: words(pick, '补齐'),
    decidedBy: '主任',
  }),
  'confirm-immediate': ({ pick }) => ({
    type: 'confirm-immediate',
    done: words(pick, '已清理'),
    evidence: papers(pick),
  }),
  'complete-node': ({ state, pick }) => ({
    type: 'complete-node',
    node: pick(state.nodes.length + 1),
    evidence: papers(pick),
  }),
  'discharge-duty': ({ state, pick }) => {
    const duty = pick(state.duties.length + 1)
    const bodies = state.duties[duty]?.bodies ?? []
    return {
      type: 'discharge-duty',
      duty,
      body: bodies[pick(bodies.length + 1)] ?? '市委常委会',
      what: words(pick, '专题研究'),
      evidence: papers(pick),
    }
  },
  'report-matter': ({ pick, now }) => ({
    type: 'report-matter',
    what: words(pick, '管道破裂'),
    where: '南郊',
    since: now,
    done: '已封堵',
  }),
  'acknowledge-matter': ({ state, pick }) => ({
    type: 'acknowledge-matter',
    matter: pick(state.matters.length + 1),
  }),
  'add-evidence': ({ pick }) => ({ type: 'add-evidence', evidence: papers(pick) }),
  'request-extension': ({ state, pick, now }) => ({
    type: 'request-extension',
    until: addDays(state.deadline?.due ?? dateOf(now), pick(250) - 10),
    reason: words(pick, '汛期停工'),
    measures: words(pick, '增加班组'),
  }),
  'decide-extension': ({ pick }) => ({
    type: 'decide-extension',
    decision: oneOf(pick, ['approve', 'refuse']),
    reason: words(pick, '情况属实'),
  }),
  'record-visit': ({ pick, now }) => ({
    type: 'record-visit',
    visit: onSite(now),
    opinion: words(pick, '抓紧'),
  }),
  'attach-supervision-note': ({ pick }) => ({
    type: 'attach-supervision-note',
    text: words(pick, '请说明'),
  }),
  'answer-supervision-note': ({ state, pick }) => ({
    type: 'answer-supervision-note',
    note: pick(state.notes.length + 1),
    answer: words(pick, '已说明'),
  }),
  chase: ({ pick }) => ({ type: 'chase', whom: oneOf(pick, SEATS), words: words(pick, '请抓紧') }),
  'submit-closing': ({ rules, pick }) => ({
    type: 'submit-closing',
    statement: words(pick, '已完成'),
    checklist: rules.policy.closing.checklist.points.map((point) => ({
      point,
      met: seldom(pick) ? 'not-met' : 'met',
    })),
    evidence: papers(pick),
  }),
  'withdraw-closing': ({ pick }) => ({ type: 'withdraw-closing', reason: words(pick, '材料有误') }),
  sign: (about) => ({
    type: 'sign',
    step: stepId(about),
    saw: seldom(about.pick) ? ('0'.repeat(64) as Sha256) : about.state.seal,
    opinion: '同意',
    findings: seldom(about.pick) ? [] : [...三项达标, ...answered(about.state)],
    ...(!seldom(about.pick) && { site: onSite(about.now) }),
  }),
  'refuse-step': (about) => ({
    type: 'refuse-step',
    step: stepId(about),
    saw: about.state.seal,
    reasons: words(about.pick, '仍有渗漏'),
    ...falsehood(about.pick),
  }),
  'add-signer': ({ rules, pick }) => ({
    type: 'add-signer',
    step: rules.policy.closing.chain[pick(rules.policy.closing.chain.length)]?.id ?? '',
    chair: oneOf<Chair>(pick, [
      { seat: 'county-leader', person: people.县级领导.person },
      { seat: 'department-leader', person: people.部门领导.person },
      { seat: 'discipline' },
      { seat: 'supervising-unit', unit: people.unit('市住建局') },
      { seat: 'lead-unit', unit: people.unit('甲县政府') },
      { seat: 'case-leader' },
    ]),
    reason: words(pick, '请一并核实'),
  }),
  'post-notice': ({ rules, state, pick, now }) => {
    const step = stepNow(rules, state)
    return {
      type: 'post-notice',
      postedOn: addDays(dateOf(now), seldom(pick) ? 2 - pick(12) : 0),
      result: '已完成整改',
      contact: '12345',
      channels: (step?.kind === 'notice' ? step.channels : []).map((channel) => ({ channel, where: '头版' })),
    }
  },
  'take-down-notice': ({ pick }) => ({ type: 'take-down-notice', reason: words(pick, '内容有误') }),
  object: ({ pick }) => ({ type: 'object', text: words(pick, '夜里仍有臭味'), contact: '' }),
  'answer-objection': ({ state, pick }) => ({
    type: 'answer-objection',
    objection: pick((state.closing?.notice?.objections.length ?? 0) + 1),
    decision: pick(3) === 0 ? 'accept' : 'reject',
    answer: words(pick, '经核实'),
  }),
  'send-filing': () => ({ type: 'send-filing', to: '省整改办', noticeResult: '无异议' }),
  'record-filing-receipt': ({ pick, now }) => ({
    type: 'record-filing-receipt',
    receipt: words(pick, '备〔2020〕'),
    receivedOn: addDays(dateOf(now), seldom(pick) ? 1 : 0),
  }),
  'call-look-back': ({ state, pick, now }) => ({
    type: 'call-look-back',
    campaign: `${state.round}/dc-000${1 + pick(2)}` as CaseId,
    by: addDays(dateOf(now), pick(30) - 2),
    words: words(pick, '全面回头看'),
  }),
  'look-back': ({ state, pick, now }) => ({
    type: 'look-back',
    result: pick(4) === 0 ? 'rebound' : 'holds',
    ...(state.calledLookBacks?.[0] && pick(2) === 0 && { campaign: state.calledLookBacks[0].campaign }),
    findings: words(pick, '现场查看'),
    site: onSite(now),
    ...falsehood(pick),
    ...(state.criteria && { checks: answered(state) }),
  }),
  'report-rebound': ({ pick }) => ({
    type: 'report-rebound',
    findings: words(pick, '又见直排'),
    ...falsehood(pick),
  }),
  'decide-rung': ({ state, pick }) => ({
    type: 'decide-rung',
    rung: state.ladder.rungs.find((one) => one.state === 'drafted')?.rung ?? oneOf(pick, RUNGS),
    decision: oneOf(pick, ['issue', 'issue', 'dismiss', 'skip']),
    reason: words(pick, '情况属实'),
  }),
  'release-rung': ({ state, pick }) => ({
    type: 'release-rung',
    rung: state.ladder.rungs.find((one) => one.state === 'raised')?.rung ?? oneOf(pick, RUNGS),
    reason: words(pick, '已整改'),
  }),
  'record-interview': ({ pick, now }) => ({
    type: 'record-interview',
    minutes: words(pick, '纪要'),
    present: ['局长老周'],
    commitments: [{ text: '月底前完成', by: addDays(dateOf(now), pick(40) - 2) }],
  }),
  'settle-commitment': ({ state, pick }) => ({
    type: 'settle-commitment',
    commitment: pick(state.interview.commitments.length + 1),
    result: words(pick, '已落实'),
  }),
  'decide-clue': ({ state, pick }) => ({
    type: 'decide-clue',
    clue: pick(state.clues.length + 1),
    decision: oneOf(pick, ['refer', 'dismiss']),
    reason: words(pick, '情节严重'),
  }),
  transfer: ({ state, pick }) => ({
    type: 'transfer',
    from: oneOf<UnitName>(pick, [state.entry.units[0] ?? people.unit('甲县政府'), people.unit('丙县政府')]),
    to: oneOf<UnitName>(pick, [people.unit('甲县政府'), people.unit('丙县政府'), people.unit('市住建局')]),
    reason: words(pick, '职责调整'),
  }),
  delegate: ({ pick, now }) => {
    const deputy = oneOf<Actor>(pick, [people.旁人, people.监督员, people.部门领导])
    return {
      type: 'delegate',
      to: deputy.person,
      toName: deputy.name,
      until: addDays(dateOf(now), pick(30) - 1),
      document: words(pick, '授权书'),
    }
  },
  'end-delegation': ({ state }) => ({
    type: 'end-delegation',
    to: state.delegations[0]?.to ?? people.旁人.person,
  }),
  'hand-over-office': ({ state, pick }) => ({
    type: 'hand-over-office',
    leaders: {
      municipal: oneOf(pick, [
        { person: people.包案领导.person, name: people.包案领导.name },
        { person: people.部门领导.person, name: people.部门领导.name },
        state.entry.leaders.municipal ?? { person: people.包案领导.person, name: people.包案领导.name },
      ]),
    },
    reason: words(pick, '换届'),
  }),
  'withdraw-handover': ({ pick }) => ({ type: 'withdraw-handover', reason: words(pick, '交办有误') }),
  'put-under-supervision': ({ pick }) => ({
    type: 'put-under-supervision',
    watcher: { person: people.旁人.person, name: people.旁人.name },
    reason: words(pick, '群众反映强烈'),
    release: words(pick, '验收合格'),
  }),
  'record-watching': ({ pick }) => ({ type: 'record-watching', findings: words(pick, '正在施工') }),
  'end-supervision': ({ pick }) => ({ type: 'end-supervision', reason: words(pick, '已达到') }),
  'mark-key': ({ state, pick }) => ({
    type: 'mark-key',
    target: state.nodes.length > 0 && pick(2) === 0 ? `node:${pick(state.nodes.length)}` : 'case',
    reason: words(pick, '关键节点'),
  }),
  'unmark-key': ({ state, pick }) => ({
    type: 'unmark-key',
    target: state.key?.[0]?.target ?? 'case',
    reason: words(pick, '已降级'),
  }),
  'inspect-key': ({ state, pick, now }) => ({
    type: 'inspect-key',
    target: state.key?.find((mark) => mark.state !== 'inspected')?.target ?? 'case',
    result: oneOf(pick, ['on-track', 'behind']),
    findings: words(pick, '现场查看'),
    site: onSite(now),
  }),
  'invite-observers': ({ pick }) => ({
    type: 'invite-observers',
    check: oneOf(pick, ['verification', 'look-back', 'key-inspection', 'visit']),
    observers: [{ name: people.监督员.name, from: '市人大', person: people.监督员.person }],
  }),
  'record-observation': ({ pick }) => ({ type: 'record-observation', words: words(pick, '水清了') }),
  'restrict-case': ({ pick }) => ({
    type: 'restrict-case',
    persons: [],
    roles: seldom(pick)
      ? []
      : ['coordinator', 'office-head', 'leader', 'secretary', 'mayor', 'unit-clerk', 'unit-head'],
    units: [],
    reason: words(pick, '涉密'),
  }),
  'unrestrict-case': ({ pick }) => ({ type: 'unrestrict-case', reason: words(pick, '已解密') }),
  'return-handover': ({ pick }) => ({ type: 'return-handover', reason: words(pick, '不属本单位') }),
}

const TYPES = Object.keys(MAKE) as [CommandType, ...CommandType[]]

type SomeTypes = readonly [CommandType, ...CommandType[]]

/** Acts that nobody owes, but that bring a case on, or back. */
const whileOpen: SomeTypes = [
  'submit-closing',
  'submit-closing',
  'submit-closing',
  'submit-return',
  'request-extension',
  'transfer',
  'delegate',
  'record-interview',
  'release-rung',
  'report-matter',
  'hand-over-office',
]
const whileClosing: SomeTypes = [
  'refuse-step',
  'refuse-step',
  'add-signer',
  'add-evidence',
  'delegate',
  'object',
  'take-down-notice',
  'withdraw-closing',
  'discharge-duty',
]
const afterwards: SomeTypes = ['report-rebound', 'release-rung', 'add-evidence', 'decide-clue']

const useful = ({ phase }: CaseState): SomeTypes => {
  switch (phase) {
    case 'closing':
    case 'on-notice':
    case 'filing':
      return whileClosing
    case 'closed':
    case 'archived':
      return afterwards
    default:
      return whileOpen
  }
}

/** Whoever the chair names; else somebody who sits in it and in no other. */
export const holderOf = ({ seat, unit, person }: Chair): Actor => {
  const known = person && CAST.find((one) => one.person === person)
  if (known) return known
  const role = unit !== undefined && seat === 'office-head' ? 'unit-head' : ROLE_OF_SEAT[seat]
  return {
    person: person ?? (`holder-${seat}-${unit ?? ''}` as Actor['person']),
    name: `${SEAT_TITLES[seat]}${unit ?? ''}`,
    posts: [{ role: unit !== undefined && seat === 'office' ? 'unit-clerk' : role, ...(unit && { unit }) }],
  }
}

/** Anybody of the cast, or somebody who sits in the case by the part it has in it. */
const somebody = ({ rules, state, pick }: About): Actor => {
  const unit = state.entry.units[pick(state.entry.units.length)]
  const own: readonly Actor[] = [
    ...(unit
      ? [holderOf({ seat: 'responsible-unit', unit }), holderOf({ seat: 'responsible-head', unit })]
      : []),
    holderOf({ seat: 'office', unit: state.entry.officeSubstitute ?? rules.policy.office.unit }),
  ]
  const all = [...CAST, ...own, ...own]
  return all[pick(all.length)] ?? people.整改办
}

/** Who would usually give it; anybody, for a command whose seat the policy names. */
const usually = (about: About, type: CommandType): Actor => {
  const { state, pick } = about
  switch (type) {
    case 'submit-closing':
    case 'submit-return':
    case 'request-extension':
    case 'add-evidence':
    case 'report-matter':
    case 'withdraw-closing':
    case 'discharge-duty':
      return holderOf({ seat: 'responsible-unit', unit: state.entry.units[0] ?? people.unit('甲县政府') })
    case 'transfer':
    case 'add-signer':
    case 'take-down-notice':
    case 'hand-over-office':
      return people.整改办
    case 'release-rung':
    case 'record-interview':
      return people.整改办主任
    case 'delegate':
      return oneOf<Actor>(pick, [people.包案领导, people.书记, people.牵头单位负责人])
    case 'refuse-step': {
      const [todo] = todos(about.rules, { kind: 'problem', state }).filter(({ act }) => act === 'sign')
      return todo ? holderOf(todo.chair) : somebody(about)
    }
    default:
      return somebody(about)
  }
}

/** Who sits in the chair under a recorded authority, every other time. */
const deputyOf = ({ state, pick }: About, chair: Chair): Actor | undefined => {
  const found = state.delegations.find(({ post }) => chairKey(post) === chairKey(chair))
  return found && pick(2) === 0 ? CAST.find(({ person }) => person === found.to) : undefined
}

/** Who does what: by the act's seed, in the case as it is now. */
const choose = (
  about: About,
  how: Act['how'],
): { readonly by: Actor | Machine; readonly command: Command } => {
  const { rules, state, pick } = about
  if (how === 'owed') {
    const owed = todos(rules, { kind: 'problem', state })
    const todo = owed[pick(Math.max(1, owed.length))]
    const type = todo && TYPES.find((one) => one === todo.act)
    if (todo && type) {
      return { by: deputyOf(about, todo.chair) ?? holderOf(todo.chair), command: MAKE[type](about) }
    }
  }
  const type = how === 'anything' ? oneOf(pick, TYPES) : oneOf(pick, useful(state))
  const command = MAKE[type](about)
  if (how === 'anything' && isRoundDecision(command) && pick(4) > 0) return { by: ROUND, command }
  return { by: how === 'anything' ? somebody(about) : usually(about, type), command }
}

const ROUND: Machine = { machine: 'CD-17', rule: '轮次对调度所作的决定,逐件照办' }

/** A command by which somebody would do what is owed. */
export const owedCommand = (rules: Rules, state: CaseState, { act, title }: Todo, now: Instant): Command => {
  const type = TYPES.find((one) => one === act)
  if (!type) throw new Error(`no command ${act}`)
  const made = MAKE[type]({ rules, state, now, pick: picker(1) })
  if (made.type !== 'discharge-duty') return made
  const duty = state.duties.findIndex(({ text }) => title.endsWith(text))
  return { ...made, duty, body: title.slice(0, title.indexOf(':')) }
}

/** One step of a walk: what was asked and what came of it. `fell`: what time alone brought before it. */
export type WalkStep = {
  readonly now: Instant
  readonly fell: readonly LedgerRecord[]
  readonly before: LedgerState
  readonly asked: AnyCommand
  readonly answer: readonly LedgerRecord[] | Refusal
  readonly after: LedgerState
}

export type Walk = {
  readonly rules: CityRules
  readonly records: readonly LedgerRecord[]
  readonly steps: readonly WalkStep[]
  readonly end: LedgerState
}

const told = (state: LedgerState | undefined, records: readonly LedgerRecord[]): LedgerState => {
  const after = records.reduce<LedgerState | undefined>(evolve, state)
  if (!after) throw new Error('nothing has happened')
  return after
}

/** From registration through every act; time never runs back, though a command's own clock may. */
export const walk = (rules: CityRules, entry: Partial<Entry>, acts: readonly Act[]): Walk => {
  const caseId = 'walk-2019/001' as CaseId
  const start = instant('2019-10-08T01:00:00.000Z')
  const command = (id: string, at: Instant, by: Actor | Machine, what: Command): CaseCommand => ({
    id: id as CommandId,
    at,
    by,
    command: what,
  })
  const first = command('c0', start, people.整改办, {
    type: 'register',
    caseId,
    round: 'walk-2019' as RoundId,
    entry: entryFor(entry),
    source: 省督察,
    policy: rules.hash,
    calendar: rules.calendar.version as Sha256,
    planDate: dateOf(start),
  })
  const registered = decide(rules, undefined, first)
  if (isRefusal(registered)) throw new Error(registered.why)
  let records = record(GENESIS, caseId, registered, first.id)
  let state = told(undefined, records)
  let now = start
  const keep = (added: readonly LedgerRecord[]): void => {
    records = [...records, ...added]
    if (added.length > 0) state = told(state, added)
  }
  const steps: WalkStep[] = []
  for (const [index, { minutes, how, seed }] of acts.entries()) {
    const clock = instant(millis(now) + minutes * 60_000)
    if (clock > now) now = clock
    const fell = record(headOf(records), caseId, due(rules, state, now))
    keep(fell)
    const before = state
    if (before.kind !== 'problem') throw new Error('a problem stays a problem')
    const { by, command: what } = choose({ rules, state: before.state, now, pick: picker(seed) }, how)
    const asked = command(`c${index + 1}`, clock, by, what)
    const decided = decide(rules, before, asked)
    const answer = isRefusal(decided) ? decided : record(headOf(records), caseId, decided, asked.id)
    if (!isRefusal(answer)) keep(answer)
    steps.push({ now, fell, before, asked, answer, after: state })
  }
  return { rules, records, steps, end: state }
}
