import type { CommandBody } from '../../contracts/commands.js'
import type { Opening } from '../../domain/decider-types.js'
import { type Matrix, OWN_UNIT } from './given.js'

const WORDS = '(核对权限)'
const DAY = '2026-06-20'
const NEVER = '2999-01-01'
const UNSEEN = '0'.repeat(64)
const NONE = 9_998

type Bodies = {
  readonly [T in CommandBody['type']]: { readonly type: T } & Readonly<Record<string, unknown>>
}

/**
 * A command of each kind that its schema takes, and that the case itself, once it has asked who gives it, refuses or can bear:
 * a place no list has, a day gone by, a step whose materials nobody saw.
 */
export const bodies = ({ evidence, ids }: Matrix): Bodies => {
  const site = { place: WORDS, at: `${DAY}T01:00:00.000Z`, photos: [], observers: [] }
  const reason = WORDS
  return {
    'amend-entry': { type: 'amend-entry', patch: { enterprise: WORDS }, reason },
    'hand-over': { type: 'hand-over' },
    'withdraw-handover': { type: 'withdraw-handover', reason },
    'return-handover': { type: 'return-handover', reason },
    acknowledge: { type: 'acknowledge' },
    'submit-case-plan': { type: 'submit-case-plan', plan: WORDS, team: [WORDS], evidence: [] },
    'submit-return': {
      type: 'submit-return',
      content: {
        ...{ progress: 10, done: WORDS, hinders: '', help: '', nodes: [], evidence: [] },
        duties: [{ duty: NONE, state: '' }],
      },
    },
    'confirm-immediate': { type: 'confirm-immediate', done: WORDS, evidence: [] },
    'complete-node': { type: 'complete-node', node: NONE, evidence: [] },
    'discharge-duty': { type: 'discharge-duty', duty: NONE, body: WORDS, what: WORDS, evidence: [] },
    'report-matter': {
      type: 'report-matter',
      what: WORDS,
      where: WORDS,
      since: `${DAY}T01:00:00Z`,
      done: '',
    },
    'acknowledge-matter': { type: 'acknowledge-matter', matter: NONE },
    'add-evidence': { type: 'add-evidence', evidence: [evidence] },
    'request-extension': { type: 'request-extension', until: NEVER, reason, measures: WORDS },
    'decide-extension': { type: 'decide-extension', decision: 'refuse', reason },
    'record-visit': { type: 'record-visit', visit: site, opinion: WORDS },
    'attach-supervision-note': { type: 'attach-supervision-note', text: WORDS },
    'answer-supervision-note': { type: 'answer-supervision-note', note: NONE, answer: WORDS },
    chase: { type: 'chase', whom: 'responsible-unit', words: WORDS },
    'submit-closing': { type: 'submit-closing', statement: WORDS, checklist: [], evidence: [] },
    'withdraw-closing': { type: 'withdraw-closing', reason },
    sign: { type: 'sign', step: 'application', saw: UNSEEN, opinion: '', findings: [] },
    'refuse-step': { type: 'refuse-step', step: 'application', saw: UNSEEN, reasons: WORDS },
    'add-signer': { type: 'add-signer', step: 'leader-check', chair: { seat: 'mayor' }, reason },
    'post-notice': { type: 'post-notice', postedOn: DAY, result: WORDS, contact: WORDS, channels: [] },
    'take-down-notice': { type: 'take-down-notice', reason },
    object: { type: 'object', text: WORDS, contact: WORDS },
    'answer-objection': { type: 'answer-objection', objection: NONE, decision: 'reject', answer: WORDS },
    'send-filing': { type: 'send-filing', to: WORDS, noticeResult: WORDS },
    'record-filing-receipt': { type: 'record-filing-receipt', receipt: WORDS, receivedOn: DAY },
    'call-look-back': { type: 'call-look-back', campaign: ids.inspection, by: NEVER, words: WORDS },
    'look-back': { type: 'look-back', result: 'holds', findings: WORDS, site },
    'report-rebound': { type: 'report-rebound', findings: WORDS },
    'decide-rung': { type: 'decide-rung', rung: 'circular', decision: 'issue', reason },
    'release-rung': { type: 'release-rung', rung: 'circular', reason },
    'record-interview': { type: 'record-interview', minutes: WORDS, present: [WORDS], commitments: [] },
    'settle-commitment': { type: 'settle-commitment', commitment: NONE, result: WORDS },
    'decide-clue': { type: 'decide-clue', clue: NONE, decision: 'dismiss', reason },
    transfer: { type: 'transfer', from: '市没有局', to: '市没有局', reason },
    delegate: { type: 'delegate', to: 'shiweiban', toName: WORDS, until: '2020-01-01', document: WORDS },
    'end-delegation': { type: 'end-delegation', to: 'shiweiban' },
    'hand-over-office': { type: 'hand-over-office', leaders: {}, reason },
    'put-under-supervision': {
      type: 'put-under-supervision',
      watcher: { person: 'leader3', name: '陆怀瑾' },
      reason,
      release: WORDS,
    },
    'record-watching': { type: 'record-watching', findings: WORDS },
    'end-supervision': { type: 'end-supervision', reason },
    'mark-key': { type: 'mark-key', target: 'node:9998', reason },
    'unmark-key': { type: 'unmark-key', target: 'node:9998', reason },
    'inspect-key': { type: 'inspect-key', target: 'node:9998', result: 'on-track', findings: WORDS, site },
    'invite-observers': {
      type: 'invite-observers',
      check: 'visit',
      observers: [{ name: WORDS, from: OWN_UNIT }],
    },
    'record-observation': { type: 'record-observation', words: WORDS },
    'restrict-case': { type: 'restrict-case', persons: [], roles: [], units: [], reason },
    'unrestrict-case': { type: 'unrestrict-case', reason },

    'accept-petition': { type: 'accept-petition' },
    'decline-petition': { type: 'decline-petition', reason, told: WORDS },
    'assign-petition': { type: 'assign-petition', unit: OWN_UNIT, words: '' },
    'link-petition': { type: 'link-petition', problem: 'matrix/001' },
    'answer-petition': {
      ...{ type: 'answer-petition', findings: WORDS, truth: 'true', answer: WORDS, told: WORDS },
      evidence: [],
    },
    'close-petition': { type: 'close-petition', satisfied: 'satisfied', note: '' },
    'request-petition-extension': { type: 'request-petition-extension', days: 365, reason },
    'decide-petition-extension': { type: 'decide-petition-extension', decision: 'refuse', reason },
    'merge-petition': { type: 'merge-petition', into: ids.otherPetition, reason },
    'unmerge-petition': { type: 'unmerge-petition', reason },
    'take-in-petition': { type: 'take-in-petition', petition: ids.otherPetition },
    'let-go-petition': { type: 'let-go-petition', petition: ids.otherPetition },
    'answer-merged-petition': { type: 'answer-merged-petition', main: ids.otherPetition, answer: WORDS },
    'call-reexamination': { type: 'call-reexamination', inspection: ids.inspection, by: NEVER },
    'reexamine-petition': { type: 'reexamine-petition', verdict: 'good', reasons: '' },
    'decide-petition-supervision': { type: 'decide-petition-supervision', decision: 'not', reason },

    'assign-opinion': { type: 'assign-opinion', units: [OWN_UNIT], words: '' },
    'verify-opinion': {
      type: 'verify-opinion',
      findings: WORDS,
      truth: 'true',
      measures: WORDS,
      evidence: [],
    },
    'respond-opinion': { type: 'respond-opinion', response: WORDS, channels: [WORDS] },
    'end-opinion': { type: 'end-opinion', conclusion: WORDS },

    'receipt-instruction': { type: 'receipt-instruction' },
    'feed-back-instruction': { type: 'feed-back-instruction', progress: WORDS, evidence: [] },
    'report-instruction-result': { type: 'report-instruction-result', result: WORDS, evidence: [] },
    'return-instruction-result': { type: 'return-instruction-result', reason },
    'deliver-instruction-result': { type: 'deliver-instruction-result', how: WORDS, deliveredOn: NEVER },
    'delegate-instruction': {
      ...{
        type: 'delegate-instruction',
        to: 'shiweiban',
        toName: WORDS,
        until: '2020-01-01',
        document: WORDS,
      },
    },
    'end-instruction-delegation': { type: 'end-instruction-delegation' },
    'confirm-instruction-result': { type: 'confirm-instruction-result', words: WORDS },

    'draw-sample': { type: 'draw-sample', seed: WORDS, take: 1 },
    'change-team': { type: 'change-team', team: [{ person: 'shuiwu', name: '甲' }], reason },
    'record-result': {
      type: 'record-result',
      summary: WORDS,
      findings: [{ about: WORDS, text: WORDS, gravity: 'problem', evidence: [] }],
    },
    'follow-finding': { type: 'follow-finding', finding: NONE, result: WORDS, evidence: [] },
    'confirm-finding': { type: 'confirm-finding', finding: NONE, decision: 'settled', reason },
    'record-campaign-result': {
      ...{ type: 'record-campaign-result', case: 'matrix/001', result: 'holds', findings: WORDS },
    },
    'end-inspection': { type: 'end-inspection', conclusion: WORDS },

    'review-excuse': { type: 'review-excuse', result: 'not', reasons: WORDS, evidence: [] },
    'decide-consequence': { type: 'decide-consequence', decision: 'impose', reason },
    'record-payment': { type: 'record-payment', fen: 1, receipt: WORDS, paidOn: DAY },
    'appeal-consequence': { type: 'appeal-consequence', grounds: WORDS, evidence: [] },
    'decide-appeal': { type: 'decide-appeal', decision: 'uphold', reason },
    'cancel-consequence': { type: 'cancel-consequence', reason, document: WORDS },
    'record-refund': { type: 'record-refund', receipt: WORDS, refundedOn: DAY },
    'mark-ground-gone': {
      ...{ type: 'mark-ground-gone', unit: OWN_UNIT, cause: WORDS, period: '2026-06', version: 2, reason },
    },
    'raise-removal': { type: 'raise-removal', authority: WORDS, letter: WORDS },
    'record-removal-decision': {
      ...{ type: 'record-removal-decision', decision: 'not-removed', authority: '别的机关', document: WORDS },
      decidedOn: DAY,
    },

    'transfer-clue': { type: 'transfer-clue', letter: WORDS, evidence: [] },
    'record-transfer-receipt': { type: 'record-transfer-receipt', receipt: WORDS, receivedOn: NEVER },
    'transfer-to-police': { type: 'transfer-to-police', organ: WORDS, letter: WORDS, evidence: [] },
    'record-police-receipt': { type: 'record-police-receipt', receipt: WORDS, receivedOn: NEVER },
    'begin-verification': { type: 'begin-verification' },
    'decline-clue': { type: 'decline-clue', reason, document: WORDS },
    'record-outcome': {
      type: 'record-outcome',
      outcomes: [{ person: WORDS, measure: WORDS, organ: WORDS, document: WORDS, decidedOn: DAY }],
    },
    'publish-outcome': { type: 'publish-outcome', channels: [WORDS], publishedOn: NEVER },

    'adopt-plan': { type: 'adopt-plan', planDate: DAY, entries: 1, units: [] },
    'pause-cadence': { type: 'pause-cadence', things: ['bulletin'], reason },
    'resume-cadence': { type: 'resume-cadence', things: ['review'], reason },
    'settle-returns': { type: 'settle-returns', how: 'waive', periods: ['2020-01-03'], reason },
    'catch-up': { type: 'catch-up', thing: 'bulletin', period: '2020-01' },
    'issue-period': { type: 'issue-period', thing: 'bulletin', period: '2020-01' },
    'correct-period': { type: 'correct-period', thing: 'bulletin', period: '2020-01', reason },
    'sign-account': {
      ...{ type: 'sign-account', period: '2020-H1', unit: OWN_UNIT },
      lines: [{ case: 'matrix/001', outcome: 'under-way', result: WORDS }],
    },
    'issue-circular': { type: 'issue-circular', period: '2020-01', demand: WORDS },
    'end-round': { type: 'end-round', reason },
  }
}

/** What opens a case, with something the rules of its kind do not take once they have asked who opens it. */
export const openings: {
  readonly [T in Opening['type']]: { readonly type: T } & Readonly<Record<string, unknown>>
} = {
  'order-inspection': {
    ...{
      type: 'order-inspection',
      form: 'supervision',
      title: WORDS,
      order: WORDS,
      team: [],
      until: '2020-01-01',
    },
    subjects: { cases: [], units: [OWN_UNIT], areas: [] },
  },
  'propose-consequence': {
    ...{
      type: 'propose-consequence',
      sort: 'penalty',
      unit: OWN_UNIT,
      facts: WORDS,
      evidence: [],
      cause: WORDS,
    },
  },
  'register-instruction': {
    ...{
      type: 'register-instruction',
      leader: { name: WORDS, level: 'municipal' },
      text: WORDS,
      about: WORDS,
    },
    ...{ given: NEVER, units: [OWN_UNIT], due: NEVER },
  },
  'receive-petition': {
    ...{
      type: 'receive-petition',
      channel: 'letter',
      petitioner: { name: WORDS, contact: WORDS },
      place: WORDS,
    },
    ...{ subject: WORDS, text: WORDS, receivedOn: NEVER },
  },
  'report-opinion': {
    ...{ type: 'report-opinion', text: WORDS, channel: WORDS, where: WORDS, seenAt: '2999-01-01T00:00:00Z' },
  },
}
