import type { CommandBody } from '../../contracts/commands.js'
import { addDays, dateOf } from '../../domain/calendar/dates.js'
import type { CommandType, RoundDecision, SiteVisit } from '../../domain/case/commands.js'
import type { CaseState } from '../../domain/case/state.js'
import { stepNow } from '../../domain/closing/chain.js'
import type { Rules } from '../../domain/context.js'
import type { CaseId, Instant, Percent, PersonId } from '../../domain/words.js'

/** What a dry run is made of: a command of each type as somebody might fill it in, for this case at this moment. */
export type Occasion = { readonly rules: Rules; readonly state: CaseState; readonly at: Instant }

const WORDS = '(预演)'

type Problem = Exclude<CommandType, 'register' | RoundDecision['type']>
type Samples = { readonly [T in Problem]: (occasion: Occasion) => Extract<CommandBody, { type: T }> }

/** A place no list reaches: where a sample has nothing to point at. */
export const NOWHERE = 9_999

const firstOpen = <T>(items: readonly T[], isOpen: (item: T) => boolean): number => {
  const found = items.findIndex(isOpen)
  return found < 0 ? NOWHERE : found
}

const visit = (at: Instant): SiteVisit => ({ place: WORDS, at, photos: [], observers: [] })

const step = ({ rules, state }: Occasion): string =>
  stepNow(rules, state)?.id ?? rules.policy.closing.chain[0]?.id ?? ''

const rungOf = ({ state }: Occasion, wanted: 'drafted' | 'raised') =>
  state.ladder.rungs.find(({ state: now }) => now === wanted)?.rung ?? 'warning'

export const SAMPLES: Samples = {
  'amend-entry': () => ({ type: 'amend-entry', patch: { enterprise: WORDS }, reason: WORDS }),
  'hand-over': () => ({ type: 'hand-over' }),
  acknowledge: () => ({ type: 'acknowledge' }),
  'submit-case-plan': () => ({ type: 'submit-case-plan', plan: WORDS, team: [WORDS], evidence: [] }),
  'submit-return': ({ state }) => ({
    type: 'submit-return',
    content: {
      progress: (state.returns.last?.progress ?? 0) as Percent,
      done: WORDS,
      hinders: '',
      help: '',
      nodes: state.nodes.map(({ reported }, node) => ({ node, state: reported })),
      duties: state.duties.map((_, duty) => ({ duty, state: WORDS })),
      evidence: [],
    },
  }),
  'confirm-immediate': () => ({ type: 'confirm-immediate', done: WORDS, evidence: [] }),
  'complete-node': ({ state }) => ({
    type: 'complete-node',
    node: firstOpen(state.nodes, ({ completedAt }) => completedAt === undefined),
    evidence: [],
  }),
  'discharge-duty': ({ state }) => {
    const duty = firstOpen(state.duties, ({ bodies, discharged }) => discharged.length < bodies.length)
    const owed = state.duties[duty]
    const body = owed?.bodies.find((name) => !owed.discharged.includes(name)) ?? WORDS
    return { type: 'discharge-duty', duty, body, what: WORDS, evidence: [] }
  },
  'report-matter': ({ at }) => ({ type: 'report-matter', what: WORDS, where: WORDS, since: at, done: '' }),
  'acknowledge-matter': ({ state }) => ({
    type: 'acknowledge-matter',
    matter: firstOpen(state.matters, ({ state: now }) => now !== 'acknowledged'),
  }),
  'add-evidence': ({ state }) => ({ type: 'add-evidence', evidence: state.evidence.slice(0, 1) }),
  'request-extension': ({ state, at }) => ({
    type: 'request-extension',
    until: addDays(state.deadline?.due ?? dateOf(at), 30),
    reason: WORDS,
    measures: WORDS,
  }),
  'decide-extension': () => ({ type: 'decide-extension', decision: 'approve', reason: WORDS }),
  'record-visit': ({ at }) => ({ type: 'record-visit', visit: visit(at), opinion: WORDS }),
  'attach-supervision-note': () => ({ type: 'attach-supervision-note', text: WORDS }),
  'answer-supervision-note': ({ state }) => ({
    type: 'answer-supervision-note',
    note: firstOpen(state.notes, ({ answer }) => answer === undefined),
    answer: WORDS,
  }),
  chase: () => ({ type: 'chase', whom: 'responsible-unit', words: WORDS }),
  'submit-closing': ({ rules, state }) => ({
    type: 'submit-closing',
    statement: WORDS,
    checklist: rules.policy.closing.checklist.points.map((point) => ({ point, met: 'met' })),
    evidence: state.evidence,
  }),
  'withdraw-closing': () => ({ type: 'withdraw-closing', reason: WORDS }),
  sign: (occasion) => ({
    type: 'sign',
    step: step(occasion),
    saw: occasion.state.seal,
    opinion: WORDS,
    findings: [],
    site: visit(occasion.at),
  }),
  'refuse-step': (occasion) => ({
    type: 'refuse-step',
    step: step(occasion),
    saw: occasion.state.seal,
    reasons: WORDS,
  }),
  'add-signer': (occasion) => ({
    type: 'add-signer',
    step: step(occasion),
    chair: { seat: 'county-leader' },
    reason: WORDS,
  }),
  'post-notice': ({ at }) => ({
    type: 'post-notice',
    postedOn: dateOf(at),
    result: WORDS,
    contact: WORDS,
    channels: [],
  }),
  'take-down-notice': () => ({ type: 'take-down-notice', reason: WORDS }),
  object: () => ({ type: 'object', text: WORDS, contact: WORDS }),
  'answer-objection': ({ state }) => ({
    type: 'answer-objection',
    objection: firstOpen(state.closing?.notice?.objections ?? [], ({ decision }) => decision === undefined),
    decision: 'reject',
    answer: WORDS,
  }),
  'send-filing': () => ({ type: 'send-filing', to: WORDS, noticeResult: WORDS }),
  'record-filing-receipt': ({ at }) => ({
    type: 'record-filing-receipt',
    receipt: WORDS,
    receivedOn: dateOf(at),
  }),
  'call-look-back': ({ state, at }) => ({
    type: 'call-look-back',
    campaign: `${state.round}/preview` as CaseId,
    by: addDays(dateOf(at), 30),
    words: WORDS,
  }),
  'look-back': ({ at }) => ({ type: 'look-back', result: 'holds', findings: WORDS, site: visit(at) }),
  'report-rebound': () => ({ type: 'report-rebound', findings: WORDS }),
  'decide-rung': (occasion) => ({
    type: 'decide-rung',
    rung: rungOf(occasion, 'drafted'),
    decision: 'issue',
    reason: WORDS,
  }),
  'release-rung': (occasion) => ({
    type: 'release-rung',
    rung: rungOf(occasion, 'raised'),
    reason: WORDS,
  }),
  'record-interview': () => ({ type: 'record-interview', minutes: WORDS, present: [WORDS], commitments: [] }),
  'settle-commitment': ({ state }) => ({
    type: 'settle-commitment',
    commitment: firstOpen(state.interview.commitments, ({ state: now }) => now !== 'settled'),
    result: WORDS,
  }),
  'decide-clue': ({ state }) => ({
    type: 'decide-clue',
    clue: firstOpen(state.clues, ({ state: now }) => now === 'drafted'),
    decision: 'dismiss',
    reason: WORDS,
  }),
  transfer: ({ state }) => ({
    type: 'transfer',
    from: state.entry.units[0] ?? (WORDS as never),
    to: WORDS as never,
    reason: WORDS,
  }),
  delegate: ({ at }) => ({
    type: 'delegate',
    to: 'preview' as PersonId,
    toName: WORDS,
    until: addDays(dateOf(at), 7),
    document: WORDS,
  }),
  'end-delegation': ({ state }) => ({
    type: 'end-delegation',
    to: state.delegations[0]?.to ?? ('preview' as PersonId),
  }),
  'hand-over-office': ({ state }) => ({
    type: 'hand-over-office',
    leaders: { ...state.entry.leaders, municipal: { person: 'preview' as PersonId, name: WORDS } },
    reason: WORDS,
  }),
  'withdraw-handover': () => ({ type: 'withdraw-handover', reason: WORDS }),
  'put-under-supervision': () => ({
    type: 'put-under-supervision',
    watcher: { person: 'preview' as PersonId, name: WORDS },
    reason: WORDS,
    release: WORDS,
  }),
  'record-watching': () => ({ type: 'record-watching', findings: WORDS }),
  'end-supervision': () => ({ type: 'end-supervision', reason: WORDS }),
  'mark-key': () => ({ type: 'mark-key', target: 'case', reason: WORDS }),
  'unmark-key': ({ state }) => ({
    type: 'unmark-key',
    target: state.key?.[0]?.target ?? 'case',
    reason: WORDS,
  }),
  'inspect-key': ({ state, at }) => ({
    type: 'inspect-key',
    target: state.key?.find(({ state: now }) => now !== 'inspected')?.target ?? 'case',
    result: 'on-track',
    findings: WORDS,
    site: visit(at),
  }),
  'invite-observers': () => ({
    type: 'invite-observers',
    check: 'verification',
    observers: [{ name: WORDS, from: WORDS }],
  }),
  'record-observation': () => ({ type: 'record-observation', words: WORDS }),
  'restrict-case': () => ({
    type: 'restrict-case',
    persons: [],
    roles: ['office-head'],
    units: [],
    reason: WORDS,
  }),
  'unrestrict-case': () => ({ type: 'unrestrict-case', reason: WORDS }),
  'return-handover': () => ({ type: 'return-handover', reason: WORDS }),
}
