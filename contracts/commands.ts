import { z } from 'zod'
import type { Command, RoundDecision } from '../domain/case/commands.js'
import type { Sent } from '../domain/decider-types.js'
import { SEAT_TITLES, type Seat } from '../domain/parties.js'
import { RUNG_TITLES, type RungId } from '../domain/policy.js'
import type { ReferralCommand } from '../domain/referral/types.js'
import { OF_CONSEQUENCE } from './consequence.js'
import { entryPatch, leaders } from './entry.js'
import {
  caseId,
  date,
  evidence,
  evidenceItem,
  filledList,
  list,
  long,
  moment,
  optionalLong,
  percent,
  personId,
  place,
  sha256,
  short,
  unit,
} from './fields.js'
import { OF_INSPECTION } from './inspection.js'
import { OF_INSTRUCTION } from './instruction.js'
import { OF_OPINION } from './opinion.js'
import { OF_OVERSIGHT } from './oversight.js'
import { OF_PETITION } from './petition.js'
import { OF_ROUND } from './round.js'
import { siteVisit } from './site.js'

/** What may be sent to a case that is there, of whatever kind. */
export type CommandBody = Sent
type CaseCommandBody = Exclude<Command, RoundDecision | { type: 'register' }>
type ReferralCommandBody = Exclude<ReferralCommand, { type: 'open-referral' }>

const seat = z.enum(Object.keys(SEAT_TITLES) as [Seat, ...Seat[]])
const rung = z.enum(Object.keys(RUNG_TITLES) as [RungId, ...RungId[]])
const falsehood = z.enum(['perfunctory', 'superficial', 'feigned'])
const mark = z.enum(['met', 'not-met'])
const stepId = z.string().min(1).max(60)

const finding = z.strictObject({ title: short, met: mark, note: optionalLong, evidence: list(sha256) })

const returnContent = z.strictObject({
  progress: percent,
  done: long,
  hinders: optionalLong,
  help: optionalLong,
  nodes: list(z.strictObject({ node: place, state: z.enum(['not-started', 'under-way', 'done']) })),
  duties: list(z.strictObject({ duty: place, state: optionalLong })),
  evidence,
})

/** One schema for each command of a problem. The table must have every one, and each must make the domain's own type. */
const OF_CASE: { readonly [T in CaseCommandBody['type']]: z.ZodType<Extract<CaseCommandBody, { type: T }>> } =
  {
    'amend-entry': z.strictObject({ type: z.literal('amend-entry'), patch: entryPatch, reason: long }),
    'hand-over': z.strictObject({ type: z.literal('hand-over') }),
    acknowledge: z.strictObject({ type: z.literal('acknowledge') }),
    'submit-case-plan': z.strictObject({
      type: z.literal('submit-case-plan'),
      plan: long,
      team: list(short),
      evidence,
    }),
    'submit-return': z.strictObject({
      type: z.literal('submit-return'),
      period: date.exactOptional(),
      content: returnContent,
    }),
    'confirm-immediate': z.strictObject({ type: z.literal('confirm-immediate'), done: long, evidence }),
    'complete-node': z.strictObject({ type: z.literal('complete-node'), node: place, evidence }),
    'discharge-duty': z.strictObject({
      type: z.literal('discharge-duty'),
      duty: place,
      body: short,
      what: long,
      evidence,
    }),
    'report-matter': z.strictObject({
      type: z.literal('report-matter'),
      what: long,
      where: short,
      since: moment,
      done: optionalLong,
    }),
    'acknowledge-matter': z.strictObject({ type: z.literal('acknowledge-matter'), matter: place }),
    'add-evidence': z.strictObject({ type: z.literal('add-evidence'), evidence: filledList(evidenceItem) }),
    'request-extension': z.strictObject({
      type: z.literal('request-extension'),
      until: date,
      reason: long,
      measures: long,
    }),
    'decide-extension': z.strictObject({
      type: z.literal('decide-extension'),
      decision: z.enum(['approve', 'refuse']),
      reason: long,
    }),
    'record-visit': z.strictObject({ type: z.literal('record-visit'), visit: siteVisit, opinion: long }),
    'attach-supervision-note': z.strictObject({ type: z.literal('attach-supervision-note'), text: long }),
    'answer-supervision-note': z.strictObject({
      type: z.literal('answer-supervision-note'),
      note: place,
      answer: long,
    }),
    chase: z.strictObject({ type: z.literal('chase'), whom: seat, words: long }),
    'submit-closing': z.strictObject({
      type: z.literal('submit-closing'),
      statement: long,
      checklist: list(z.strictObject({ point: short, met: mark })),
      evidence,
    }),
    'withdraw-closing': z.strictObject({ type: z.literal('withdraw-closing'), reason: long }),
    sign: z.strictObject({
      type: z.literal('sign'),
      step: stepId,
      saw: sha256,
      opinion: optionalLong,
      findings: list(finding),
      site: siteVisit.exactOptional(),
    }),
    'refuse-step': z.strictObject({
      type: z.literal('refuse-step'),
      step: stepId,
      saw: sha256,
      reasons: long,
      code: falsehood.exactOptional(),
    }),
    'add-signer': z.strictObject({
      type: z.literal('add-signer'),
      step: stepId,
      chair: z.strictObject({ seat, unit: unit.exactOptional(), person: personId.exactOptional() }),
      reason: long,
    }),
    'post-notice': z.strictObject({
      type: z.literal('post-notice'),
      postedOn: date,
      result: long,
      contact: short,
      channels: list(z.strictObject({ channel: short, where: short })),
    }),
    'take-down-notice': z.strictObject({ type: z.literal('take-down-notice'), reason: long }),
    object: z.strictObject({ type: z.literal('object'), text: long, contact: short }),
    'answer-objection': z.strictObject({
      type: z.literal('answer-objection'),
      objection: place,
      decision: z.enum(['accept', 'reject']),
      answer: long,
    }),
    'send-filing': z.strictObject({ type: z.literal('send-filing'), to: short, noticeResult: long }),
    'record-filing-receipt': z.strictObject({
      type: z.literal('record-filing-receipt'),
      receipt: short,
      receivedOn: date,
    }),
    'call-look-back': z.strictObject({
      type: z.literal('call-look-back'),
      campaign: caseId,
      by: date,
      words: long,
    }),
    'look-back': z.strictObject({
      type: z.literal('look-back'),
      campaign: caseId.exactOptional(),
      result: z.enum(['holds', 'rebound']),
      findings: long,
      site: siteVisit,
      code: falsehood.exactOptional(),
      checks: list(finding).exactOptional(),
    }),
    'report-rebound': z.strictObject({
      type: z.literal('report-rebound'),
      findings: long,
      code: falsehood.exactOptional(),
    }),
    'decide-rung': z.strictObject({
      type: z.literal('decide-rung'),
      rung,
      decision: z.enum(['issue', 'dismiss', 'skip']),
      reason: long,
    }),
    'release-rung': z.strictObject({ type: z.literal('release-rung'), rung, reason: long }),
    'record-interview': z.strictObject({
      type: z.literal('record-interview'),
      minutes: long,
      present: filledList(short),
      commitments: list(z.strictObject({ text: long, by: date })),
    }),
    'settle-commitment': z.strictObject({
      type: z.literal('settle-commitment'),
      commitment: place,
      result: long,
    }),
    'decide-clue': z.strictObject({
      type: z.literal('decide-clue'),
      clue: place,
      decision: z.enum(['refer', 'dismiss']),
      reason: long,
    }),
    transfer: z.strictObject({ type: z.literal('transfer'), from: unit, to: unit, reason: long }),
    delegate: z.strictObject({
      type: z.literal('delegate'),
      to: personId,
      toName: short,
      until: date,
      document: short,
      seat: seat.exactOptional(),
    }),
    'end-delegation': z.strictObject({ type: z.literal('end-delegation'), to: personId }),
    'hand-over-office': z.strictObject({ type: z.literal('hand-over-office'), leaders, reason: long }),
    'withdraw-handover': z.strictObject({ type: z.literal('withdraw-handover'), reason: long }),
    'return-handover': z.strictObject({ type: z.literal('return-handover'), reason: long }),
    ...OF_OVERSIGHT,
  }

/** The same for a referral (CD-14). */
const OF_REFERRAL: {
  readonly [T in ReferralCommandBody['type']]: z.ZodType<Extract<ReferralCommandBody, { type: T }>>
} = {
  'transfer-clue': z.strictObject({ type: z.literal('transfer-clue'), letter: long, evidence }),
  'record-transfer-receipt': z.strictObject({
    type: z.literal('record-transfer-receipt'),
    receipt: short,
    receivedOn: date,
  }),
  'transfer-to-police': z.strictObject({
    type: z.literal('transfer-to-police'),
    organ: short,
    letter: long,
    evidence,
  }),
  'record-police-receipt': z.strictObject({
    type: z.literal('record-police-receipt'),
    receipt: short,
    receivedOn: date,
  }),
  'begin-verification': z.strictObject({ type: z.literal('begin-verification') }),
  'decline-clue': z.strictObject({ type: z.literal('decline-clue'), reason: long, document: short }),
  'record-outcome': z.strictObject({
    type: z.literal('record-outcome'),
    outcomes: filledList(
      z.strictObject({ person: short, measure: short, organ: short, document: short, decidedOn: date }),
    ),
  }),
  'publish-outcome': z.strictObject({
    type: z.literal('publish-outcome'),
    channels: filledList(short),
    publishedOn: date,
  }),
}

/** Every command that may be sent, by its type. */
export const COMMANDS: Readonly<Record<CommandBody['type'], z.ZodType<CommandBody>>> = {
  ...OF_CASE,
  ...OF_REFERRAL,
  ...OF_OPINION,
  ...OF_INSPECTION,
  ...OF_INSTRUCTION,
  ...OF_CONSEQUENCE,
  ...OF_PETITION,
  ...OF_ROUND,
}

/** What `POST /cases/{round}/{n}/commands` takes. */
export const commandBody = z
  .discriminatedUnion(
    'type',
    Object.values(COMMANDS) as unknown as [z.ZodObject<{ type: z.ZodLiteral<CommandBody['type']> }>],
  )
  .meta({ id: 'Command' }) as unknown as z.ZodType<CommandBody, CommandBody>

/** 公示异议, without an account (CD-09). */
export const objectionBody = z
  .strictObject({ name: short, text: long, contact: short })
  .meta({ id: 'Objection' })
