import type { Rules } from '../context.js'
import type { LedgerRecord } from '../decider-types.js'
import type { Audience, Effect, PaperOrder } from '../effects/types.js'
import { effectKey, noticeOf } from '../kinds/effects.js'
import { type Kind, numberOf, SAMPLE_WORDS, sayer, type Tellings, type Todo } from '../kinds/kind.js'
import { fenOf, yuan } from '../money.js'
import { readingByParts } from '../permission/read.js'
import { never } from '../refusal.js'
import { CONSEQUENCE_TITLES, consequenceLife, outstanding, SORT_CLAUSE } from './rules.js'
import {
  CONSEQUENCE_PHASE_TITLES,
  type ConsequenceCommand,
  type ConsequenceEvent,
  type ConsequenceOpening,
  type ConsequenceState,
  SORT_TITLES,
} from './types.js'

export const REVIEWS = { excused: '尽职免责', partly: '部分免责', not: '不予免责' } as const
const APPEALS = { uphold: '维持原决定', reduce: '减轻', cancel: '成立,撤销' } as const
const DECISIONS = { impose: '决定处理', reduce: '决定减轻处理', drop: '决定不予处理' } as const

const tellings: Tellings<ConsequenceEvent> = {
  'consequence-proposed': ({ sort, unit, cause, amount, reading, person, removalFirst }) =>
    reading && !amount
      ? `登记${unit}监测值:${cause}`
      : sort === 'removal'
        ? `建议${removalFirst === 'first' ? '先行' : ''}免去${unit}${person ?? ''}职务(${cause}${removalFirst === 'first' ? ',先免职再调查' : ',已经调查'})`
        : `建议对${unit}${SORT_TITLES[sort]}${amount ? ` ${yuan(amount)}` : ''}:${cause}`,
  'excuse-reviewed': ({ result, reasons }) => `免责审查:${REVIEWS[result]},${reasons}`,
  'consequence-decided': ({ decision, amount, payBy, reason }) =>
    `${DECISIONS[decision]}${amount ? ` ${yuan(amount)},${payBy ?? ''} 前缴清` : ''}:${reason}`,
  'payment-recorded': ({ amount, receipt }) => `缴款 ${yuan(amount)}(票据 ${receipt})`,
  'payment-complete': () => '缴清',
  'reading-recorded': ({ how }) =>
    how === 'within-limit' ? '没有超过标准限值,不产生补偿' : '超标幅度未达到补偿标准的最低一档,不产生补偿',
  'consequence-appealed': ({ grounds }) => `申诉:${grounds}`,
  'appeal-decided': ({ decision, amount, reason }) =>
    `申诉${APPEALS[decision]}${amount ? `,改为 ${yuan(amount)}` : ''}:${reason}`,
  'consequence-cancelled': ({ document, reason }) => `撤销(${document}):${reason}`,
  'refund-recorded': ({ amount, receipt }) => `退款 ${yuan(amount)}(票据 ${receipt})`,
  'ground-gone': ({ period, version, reason }) =>
    `${period}排名更正为第 ${version} 版(${reason}),不再点名,处理的理由不存在,待决定`,
  'payment-chased': ({ by }) => `催缴,${by} 前缴清`,
  'payment-late': ({ by }) => `至 ${by} 未缴清`,
  'removal-raised': ({ authority }) => `提请${authority}`,
  'removal-decided': ({ decision, authority, document }) =>
    `${authority}决定${decision === 'removed' ? '免职' : '不予免职'}(${document})`,
}
const sayOf = sayer(tellings)

const audience = (state: ConsequenceState, event: ConsequenceEvent): readonly Audience[] => {
  const unit: Audience = { unit: state.unit, who: 'head' }
  switch (event.type) {
    case 'consequence-proposed':
      return event.reading && !event.amount ? [] : [{ seat: 'office-head' }, { seat: 'discipline' }]
    case 'consequence-appealed':
      return [{ seat: 'office-head' }, { seat: 'secretary' }]
    case 'appeal-decided':
    case 'consequence-cancelled':
    case 'refund-recorded':
      return [unit, { seat: 'office' }]
    case 'ground-gone':
      return [
        { seat: 'office-head' },
        { seat: 'discipline' },
        { seat: 'mayor' },
        ...(TOLD.has(state.phase) ? [unit] : []),
      ]
    case 'excuse-reviewed':
      return [{ seat: 'office-head' }]
    case 'consequence-decided':
    case 'payment-chased':
      return [unit, { seat: 'office' }]
    case 'payment-late':
      return [unit, { seat: 'office-head' }]
    case 'removal-raised':
    case 'removal-decided':
      return [{ seat: 'office-head' }, { seat: 'discipline' }, { seat: 'secretary' }]
    default:
      return []
  }
}

type Served = Extract<
  ConsequenceEvent,
  { type: 'consequence-decided' | 'appeal-decided' | 'consequence-cancelled' }
>

const isServed = (event: ConsequenceEvent): event is Served =>
  event.type === 'appeal-decided' ||
  event.type === 'consequence-cancelled' ||
  (event.type === 'consequence-decided' && event.decision !== 'drop')

type Words = Pick<PaperOrder, 'subject' | 'body' | 'replyBy'> & { readonly facts: PaperOrder['facts'] }

const paidIn = ({ payments }: ConsequenceState): number =>
  payments.reduce((sum, { amount }) => sum + amount.fen, 0)

/** What was paid before goes back. */
const refunded = (state: ConsequenceState): readonly string[] =>
  state.phase === 'refunding' ? [`已缴的 ${yuan(fenOf(paidIn(state)))}予以退还。`] : []

const wordsOf = (state: ConsequenceState, event: Served): Words => {
  const what = `${state.unit}${SORT_TITLES[state.sort]}`
  const amount = { label: '金额', value: state.amount ? yuan(state.amount) : '' }
  switch (event.type) {
    case 'consequence-decided':
      return {
        subject: `关于对${what}的决定`,
        facts: [{ label: '金额', value: event.amount ? yuan(event.amount) : '' }],
        body: [state.facts, `经尽职免责审查和研究,${DECISIONS[event.decision]}。${event.reason}`],
        ...(event.payBy !== undefined && { replyBy: event.payBy }),
      }
    case 'appeal-decided':
      return {
        subject: `关于对${what}申诉的决定`,
        facts: event.decision === 'cancel' ? [] : [amount],
        body: [
          `你单位对${SORT_TITLES[state.sort]}决定提出的申诉收悉。经研究,申诉${APPEALS[event.decision]}。${event.reason}`,
          ...refunded(state),
        ],
        ...(state.phase === 'imposed' && state.payBy !== undefined && { replyBy: state.payBy }),
      }
    case 'consequence-cancelled':
      return {
        subject: `关于撤销对${what}的决定`,
        facts: [{ label: '撤销依据', value: event.document }],
        body: [`经研究,撤销对你单位${SORT_TITLES[state.sort]}的决定。${event.reason}`, ...refunded(state)],
      }
    default:
      return never(event)
  }
}

/** 处理决定通知书: served on the unit once it is decided, again when an appeal is, and when it is cancelled. */
const decisionPaper = (
  { policy }: Rules,
  state: ConsequenceState,
  { seq, at }: LedgerRecord,
  event: Served,
  drill: 'drill' | 'real',
): PaperOrder => {
  const { facts, ...words } = wordsOf(state, event)
  return {
    paper: 'decision-notice',
    caseId: state.id,
    round: state.round,
    seq,
    at,
    drill,
    letterhead: policy.office.letterhead,
    documentCode: policy.office.documentCode,
    to: [state.unit],
    copies: [],
    facts: [
      { label: '事由', value: state.cause },
      ...facts,
      { label: '依据', value: SORT_CLAUSE[state.sort] },
    ],
    ...words,
  }
}

const papers = (
  rules: Rules,
  state: ConsequenceState,
  record: LedgerRecord,
  drill: 'drill' | 'real',
): readonly Effect[] => {
  const event = record.event as ConsequenceEvent
  return isServed(event)
    ? [
        {
          kind: 'paper',
          key: effectKey(record, 'decision-notice'),
          order: decisionPaper(rules, state, record, event, drill),
        },
      ]
    : []
}

const todos = (state: ConsequenceState): readonly Todo[] => {
  const owe = (act: ConsequenceCommand['type'], seat: Todo['chair']['seat']): Todo => ({
    act,
    title: `${SORT_TITLES[state.sort]}:${CONSEQUENCE_TITLES[act]}${state.groundGone ? '(排名更正,理由已不存在)' : ''}`,
    chair: { seat },
    ...(state.payBy !== undefined && { due: state.payBy }),
  })
  const gone = state.groundGone !== undefined
  if (gone && (state.phase === 'proposed' || state.phase === 'reviewed'))
    return [owe('decide-consequence', 'mayor')]
  switch (state.phase) {
    case 'proposed':
      return state.sort === 'removal'
        ? [owe('raise-removal', 'office')]
        : [owe('review-excuse', 'discipline')]
    case 'reviewed':
      return state.sort === 'removal'
        ? [owe('raise-removal', 'office')]
        : [owe('decide-consequence', 'mayor')]
    case 'imposed':
      return [
        ...(gone ? [] : [owe('record-payment', 'office')]),
        ...(state.appeal === 'pending' ? [owe('decide-appeal', 'secretary')] : []),
        ...(gone && state.appeal !== 'pending' ? [owe('cancel-consequence', 'mayor')] : []),
      ]
    case 'refunding':
      return [owe('record-refund', 'office')]
    case 'raised':
      return [owe('record-removal-decision', 'office')]
    case 'paid':
      return gone ? [owe('cancel-consequence', 'mayor')] : []
    case 'dropped':
    case 'removal-decided':
    case 'recorded':
    case 'cancelled':
      return []
    default:
      return never(state.phase)
  }
}

/** Phases in which the unit concerned has been told. */
const TOLD: ReadonlySet<ConsequenceState['phase']> = new Set([
  'imposed',
  'paid',
  'removal-decided',
  'refunding',
  'cancelled',
])
const ENDED: ReadonlySet<ConsequenceState['phase']> = new Set([
  'paid',
  'dropped',
  'removal-decided',
  'recorded',
  'cancelled',
])
/** 处罚、补偿、免职建议 */
export const consequenceKind: Kind<
  ConsequenceState,
  ConsequenceOpening | ConsequenceCommand,
  ConsequenceEvent
> = {
  ...consequenceLife,
  title: '处理建议',
  prefix: 'cf',
  phases: CONSEQUENCE_PHASE_TITLES,
  begins: 'consequence-proposed',
  hasEnded: ({ phase, groundGone }) => ENDED.has(phase) && !(phase === 'paid' && groundGone),
  effects: (rules, state, record, drill) => {
    const event = record.event as ConsequenceEvent
    return [
      ...papers(rules, state, record, drill),
      ...noticeOf(state, record, drill, audience(state, event), {
        about: `${state.unit}:${state.cause}`,
        said: sayOf(event),
      }),
    ]
  },
  todos: (_rules, state) => todos(state),
  tellings,
  reading: (viewer, { unit, phase }) =>
    // A proposal is the office's and the organs' matter until it is decided.
    readingByParts(viewer, TOLD.has(phase) ? [unit] : []),
  line: (_rules, state) => {
    const units = TOLD.has(state.phase) ? [state.unit] : []
    const owed = outstanding(state)
    return {
      n: numberOf(state.id),
      text: `${SORT_TITLES[state.sort]}:${state.unit},${state.cause}${owed ? `,待缴 ${yuan(owed)}` : ''}`,
      words: [state.facts, state.unit, ...(state.person === undefined ? [] : [state.person])],
      units,
      parties: units,
      ...(state.problem !== undefined && { origin: state.problem }),
      ...(state.phase === 'imposed' && state.payBy !== undefined && { due: state.payBy }),
      ...(state.lateSince !== undefined && state.phase === 'imposed' && { overdueSince: state.lateSince }),
      openedAt: state.openedAt,
      ...(state.endedAt !== undefined && { closedAt: state.endedAt }),
    }
  },
  samples: () => [
    { type: 'review-excuse', result: 'not', reasons: SAMPLE_WORDS, evidence: [] },
    { type: 'decide-consequence', decision: 'drop', reason: SAMPLE_WORDS },
    { type: 'record-payment', fen: 1, receipt: SAMPLE_WORDS, paidOn: '2000-01-01' as never },
    { type: 'appeal-consequence', grounds: SAMPLE_WORDS, evidence: [] },
    { type: 'decide-appeal', decision: 'uphold', reason: SAMPLE_WORDS },
    { type: 'cancel-consequence', reason: SAMPLE_WORDS, document: SAMPLE_WORDS },
    { type: 'record-refund', receipt: SAMPLE_WORDS, refundedOn: '2000-01-01' as never },
    { type: 'raise-removal', authority: SAMPLE_WORDS, letter: SAMPLE_WORDS },
    {
      type: 'record-removal-decision',
      decision: 'not-removed',
      authority: SAMPLE_WORDS,
      document: SAMPLE_WORDS,
      decidedOn: '2000-01-01' as never,
    },
  ],
}
