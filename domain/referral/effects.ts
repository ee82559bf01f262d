import { monthDay } from '../calendar/chinese.js'
import type { EvidenceItem } from '../case/commands.js'
import type { Rules } from '../context.js'
import type { LedgerRecord } from '../decider-types.js'
import type { Audience, Effect, PaperEffect, PaperOrder } from '../effects/types.js'
import { effectKey, noticeOf } from '../kinds/effects.js'
import { sayer } from '../kinds/kind.js'
import type { UnitName } from '../words.js'
import { REFERRAL_TELLINGS } from './tell.js'
import type { ReferralEvent, ReferralState } from './types.js'

type Handed = Extract<ReferralEvent, { readonly type: 'clue-transferred' | 'transferred-to-police' }>

const catalogue = (evidence: readonly EvidenceItem[]): string =>
  evidence.length > 0 ? evidence.map(({ name }) => name).join('、') : '(无)'

/** 来源: the round and the problem in words, and the number under which we keep it. */
const originOf = ({ origin, about }: ReferralState): PaperOrder['facts'] =>
  about
    ? [
        { label: '来源事项', value: `${about.source}反馈问题第${about.n}项(台账编号 ${origin})` },
        { label: '问题表述', value: about.text },
      ]
    : [{ label: '来源事项', value: origin }]

/** 线索移交函, with the return receipt and the catalogue of evidence, to the organ or the police (CD-14, JN-16). */
const letterOf = (
  { policy }: Rules,
  state: ReferralState,
  record: LedgerRecord,
  event: Handed,
  drill: 'drill' | 'real',
): PaperEffect => ({
  kind: 'paper',
  key: effectKey(record, 'referral-letter'),
  order: {
    paper: 'referral-letter',
    caseId: state.id,
    round: state.round,
    seq: record.seq,
    at: record.at,
    drill,
    letterhead: policy.office.letterhead,
    documentCode: policy.office.documentCode,
    to: [event.type === 'clue-transferred' ? state.organ : event.organ],
    copies: [],
    subject:
      event.type === 'clue-transferred' ? '关于移交责任追究问题线索的函' : '关于移送涉嫌犯罪问题线索的函',
    facts: [
      ...originOf(state),
      { label: '责任单位', value: state.units.join('、') },
      { label: '问题线索', value: state.cause },
      { label: '证据目录', value: catalogue(event.evidence) },
    ],
    body: [event.letter],
    replyBy: event.receiptBy,
  },
})

const OFFICE: readonly Audience[] = [{ seat: 'office' }, { seat: 'office-head' }]
const ORGAN: readonly Audience[] = [{ seat: 'discipline' }]

const headsOf = ({ units }: ReferralState): readonly Audience[] =>
  units.map((unit) => ({ unit: unit as UnitName, who: 'head' as const }))

/** The unit hears what came of it, never of a clue that is being looked into. */
const audienceOf = (state: ReferralState, event: ReferralEvent): readonly Audience[] => {
  switch (event.type) {
    case 'referral-opened':
    case 'police-receipt-chased':
    case 'transfer-received':
    case 'police-received':
    case 'verification-begun':
    case 'clue-declined':
      return OFFICE
    case 'clue-transferred':
    case 'transferred-to-police':
      return ORGAN
    case 'transfer-receipt-chased':
      return [...ORGAN, ...OFFICE]
    case 'outcome-recorded':
    case 'outcome-published':
      return [...OFFICE, ...headsOf(state)]
    case 'signal-refused':
    case 'paper-issued':
      return []
  }
}

const sayOf = sayer<ReferralEvent>(REFERRAL_TELLINGS)

/** What is asked of whoever hears of it. */
const asks = (state: ReferralState, event: ReferralEvent): string => {
  switch (event.type) {
    case 'referral-opened':
      return `,请移交${state.organ}`
    case 'clue-transferred':
      return `,请于 ${monthDay(event.receiptBy)}前退回回执`
    case 'outcome-recorded':
      return ',请向社会公开'
    default:
      return ''
  }
}

export const effectsOfReferral = (
  rules: Rules,
  state: ReferralState,
  record: LedgerRecord,
  drill: 'drill' | 'real',
): readonly Effect[] => {
  const event = record.event as ReferralEvent
  const handed = event.type === 'clue-transferred' || event.type === 'transferred-to-police'
  return [
    ...(handed ? [letterOf(rules, state, record, event, drill)] : []),
    ...noticeOf(state, record, drill, audienceOf(state, event), {
      about: `责任追究案件,来自 ${state.origin}`,
      said: `${sayOf(event)}${asks(state, event)}`,
    }),
  ]
}
