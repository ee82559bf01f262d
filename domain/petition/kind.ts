import { endOfDay } from '../calendar/dates.js'
import type { LedgerRecord } from '../decider-types.js'
import type { Audience, OrderEffect } from '../effects/types.js'
import { noticeOf, orderOf } from '../kinds/effects.js'
import {
  type Kind,
  type Machine,
  numberOf,
  SAMPLE_WORDS,
  sampleCase,
  sayer,
  type Tellings,
  type Todo,
} from '../kinds/kind.js'
import { TRUTH_TITLES } from '../kinds/truth.js'
import type { Seat } from '../parties.js'
import { readingByParts } from '../permission/read.js'
import { never } from '../refusal.js'
import type { CaseId, PlainDate, UnitName } from '../words.js'
import { PETITION_TITLES, petitionDue, petitionLife } from './rules.js'
import {
  CHANNEL_TITLES,
  PETITION_PHASE_TITLES,
  PETITION_STEP_TITLES,
  type PetitionCommand,
  type PetitionEvent,
  type PetitionOpening,
  type PetitionState,
} from './types.js'

const SATISFIED = { satisfied: '满意', 'not-satisfied': '不满意', 'not-reached': '联系不上' } as const

const tellings: Tellings<PetitionEvent> = {
  'petition-received': ({ channel, place, subject }) => `收到${CHANNEL_TITLES[channel]}:${place},${subject}`,
  'petition-accepted': ({ closeBy }) => `受理,${closeBy} 前办结`,
  'petition-declined': ({ reason }) => `不予受理:${reason},已告知信访人`,
  'petition-assigned': ({ unit }) => `转${unit}承办`,
  'petition-linked': ({ problem }) => `关联整改事项 ${problem}`,
  'petition-answered': ({ truth, answer }) => `核查${TRUTH_TITLES[truth]},答复信访人:${answer}`,
  'petition-closed': ({ satisfied }) => `办结,信访人${SATISFIED[satisfied]}`,
  'petition-extension-requested': ({ days, reason }) => `申请延长 ${days} 天:${reason}`,
  'petition-extended': ({ closeBy, original }) => `同意延长至 ${closeBy}(原 ${original})`,
  'petition-extension-refused': ({ reason }) => `不同意延长:${reason}`,
  'petition-merged': ({ into, reason }) => `并入 ${into}:${reason}`,
  'petition-unmerged': ({ from, reason }) => `不再并入 ${from}:${reason}`,
  'petition-taken-in': ({ petition }) => `${petition} 并入本件`,
  'petition-let-go': ({ petition }) => `${petition} 不再并入本件`,
  'petition-answered-with-main': ({ main, answer }) => `随 ${main} 一并答复:${answer}`,
  'petition-chased': ({ what, by }) => `催办:${by} 前${PETITION_STEP_TITLES[what]}`,
  'petition-late': ({ what, by }) => `至 ${by} 未${PETITION_STEP_TITLES[what]}`,
  'reexamination-called': ({ inspection, by }) => `${inspection} 抽中,${by} 前复查`,
  'reexamination-late': () => '到期未复查',
  'petition-reexamined': ({ verdict, reasons }) =>
    verdict === 'good' ? '复查:办理质量合格' : `复查不合格,重新办理:${reasons}`,
  'petition-supervision-proposed': ({ repeats }) => `重复投诉 ${repeats} 件,建议督查督办`,
  'petition-supervision-decided': ({ decision, reason }) =>
    decision === 'supervise' ? `列入督查督办:${reason}` : `暂不督办:${reason}`,
}
const sayOf = sayer(tellings)

const audience = (state: PetitionState, event: PetitionEvent): readonly Audience[] => {
  const unit: readonly Audience[] = state.unit === undefined ? [] : [{ unit: state.unit, who: 'everybody' }]
  switch (event.type) {
    case 'petition-received':
    case 'petition-answered':
      return [{ seat: 'office' }]
    case 'petition-assigned':
    case 'petition-extended':
    case 'petition-extension-refused':
      return unit
    case 'petition-chased':
      return event.what === 'accept' || unit.length === 0 ? [{ seat: 'office' }] : unit
    case 'petition-late':
      return [{ seat: 'office' }, { seat: 'office-head' }, ...unit]
    case 'petition-extension-requested':
    case 'petition-supervision-proposed':
    case 'reexamination-late':
      return [{ seat: 'office-head' }]
    case 'petition-reexamined':
      return event.verdict === 'bad' ? [{ seat: 'office' }, ...unit] : []
    case 'petition-supervision-decided':
      return event.decision === 'supervise' ? [...unit, { seat: 'office' }] : []
    case 'reexamination-called':
      return [{ seat: 'office' }]
    default:
      return []
  }
}

const MERGED: Machine = { machine: 'HY-05', rule: '按人工确认的并案办理' }
const ANSWERED: Machine = { machine: 'HH-13', rule: '并案的信访件随主件一并答复' }

/**
 * Between petitions that were merged (HY-05): the main one knows which it took in, and its answer is theirs; a main one that is
 * itself merged passes all of them on. Nobody loses an answer.
 */
const orders = (state: PetitionState, record: LedgerRecord, event: PetitionEvent): readonly OrderEffect[] => {
  const give = (by: Machine, to: CaseId, command: PetitionCommand, n = 1): OrderEffect =>
    orderOf(state, record, { key: `order-${n}`, by, to, command })
  const answered = (petition: CaseId, answer: string, n = 1): OrderEffect =>
    give(
      ANSWERED,
      petition,
      {
        type: 'answer-merged-petition',
        main: state.id,
        answer,
        ...(state.unit !== undefined && { unit: state.unit }),
      },
      n,
    )
  switch (event.type) {
    case 'petition-merged':
      return [state.id, ...state.takenIn].map((petition, index) =>
        give(MERGED, event.into, { type: 'take-in-petition', petition }, index + 1),
      )
    case 'petition-unmerged':
      return [state.id, ...state.takenIn].map((petition, index) =>
        give(MERGED, event.from, { type: 'let-go-petition', petition }, index + 1),
      )
    case 'petition-taken-in':
      if (state.mergedInto !== undefined)
        return [give(MERGED, state.mergedInto, { type: 'take-in-petition', petition: event.petition })]
      return state.answer ? [answered(event.petition, state.answer.answer)] : []
    case 'petition-answered':
      return state.takenIn.map((petition, index) => answered(petition, event.answer, index + 1))
    case 'petition-declined':
      return state.takenIn.map((petition, index) => answered(petition, event.reason, index + 1))
    default:
      return []
  }
}

const todos = (state: PetitionState): readonly Todo[] => {
  const due = petitionDue(state)
  const owe = (act: PetitionCommand['type'], seat: Seat, unit?: UnitName, by?: PlainDate): Todo => ({
    act,
    title: PETITION_TITLES[act],
    chair: { seat, ...(unit !== undefined && { unit }) },
    ...((by ?? due) !== undefined && { due: (by ?? due) as PlainDate }),
  })
  return [
    ...byPhase(state, owe),
    ...(state.extension?.outcome === 'pending' && due !== undefined
      ? [owe('decide-petition-extension', 'office-head')]
      : []),
    ...(state.reexamination ? [owe('reexamine-petition', 'office', undefined, state.reexamination.by)] : []),
    ...(state.supervision === 'proposed' ? [owe('decide-petition-supervision', 'office-head')] : []),
  ]
}

const byPhase = (
  { phase, unit }: PetitionState,
  owe: (act: PetitionCommand['type'], seat: Seat, unit?: UnitName) => Todo,
): readonly Todo[] => {
  switch (phase) {
    case 'received':
      return [owe('accept-petition', 'office')]
    case 'accepted':
      return [owe('assign-petition', 'office')]
    case 'assigned':
      return [owe('answer-petition', 'responsible-unit', unit)]
    case 'answered':
      return [owe('close-petition', 'office')]
    case 'merged':
    case 'closed':
    case 'merged-closed':
    case 'declined':
      return []
    default:
      return never(phase)
  }
}

const ENDED: ReadonlySet<PetitionState['phase']> = new Set(['closed', 'merged-closed', 'declined'])

const samples = (state: PetitionState): readonly PetitionCommand[] => [
  { type: 'accept-petition' },
  { type: 'decline-petition', reason: SAMPLE_WORDS, told: SAMPLE_WORDS },
  { type: 'assign-petition', unit: SAMPLE_WORDS as UnitName, words: SAMPLE_WORDS },
  { type: 'link-petition', problem: `${state.round}/001` as CaseId },
  {
    type: 'answer-petition',
    findings: SAMPLE_WORDS,
    truth: 'true',
    answer: SAMPLE_WORDS,
    told: SAMPLE_WORDS,
    evidence: [],
  },
  { type: 'close-petition', satisfied: 'satisfied', note: '' },
  { type: 'request-petition-extension', days: 1, reason: SAMPLE_WORDS },
  { type: 'decide-petition-extension', decision: 'refuse', reason: SAMPLE_WORDS },
  { type: 'merge-petition', into: sampleCase(state.round, 'xf'), reason: SAMPLE_WORDS },
  { type: 'unmerge-petition', reason: SAMPLE_WORDS },
  { type: 'reexamine-petition', verdict: 'good', reasons: '' },
  { type: 'decide-petition-supervision', decision: 'not', reason: SAMPLE_WORDS },
]

/** 信访件 (JN-19, HY-07) */
export const petitionKind: Kind<PetitionState, PetitionOpening | PetitionCommand, PetitionEvent> = {
  ...petitionLife,
  title: '信访件',
  prefix: 'xf',
  phases: PETITION_PHASE_TITLES,
  begins: 'petition-received',
  hasEnded: ({ phase, reexamination, supervision }) =>
    ENDED.has(phase) && reexamination?.state !== 'open' && supervision !== 'proposed',
  effects: (_rules, state, record, drill) => {
    const event = record.event as PetitionEvent
    return noticeOf(state, record, drill, audience(state, event), {
      about: `${state.place}:${state.subject}`,
      said: sayOf(event),
    })
  },
  orders: (_rules, state, record) => orders(state, record, record.event as PetitionEvent),
  todos: (_rules, state) => todos(state),
  tellings,
  reading: (viewer, { unit }) => readingByParts(viewer, unit === undefined ? [] : [unit]),
  line: (_rules, state) => {
    const units = state.unit === undefined ? [] : [state.unit]
    const due = petitionDue(state)
    return {
      n: numberOf(state.id),
      text: `${state.place}:${state.subject}`,
      // Neither the petitioner's name nor the contact: what is searched is seen.
      words: [state.subject, state.text, CHANNEL_TITLES[state.channel], ...units],
      units,
      parties: units,
      ...(state.problem !== undefined && { origin: state.problem }),
      ...(state.mergedInto !== undefined && { origin: state.mergedInto }),
      ...(state.area !== undefined && { area: state.area }),
      ...(due !== undefined && { due }),
      ...(state.originalCloseBy !== undefined && { originalDue: state.originalCloseBy }),
      ...(state.lateSince !== undefined && due !== undefined && { overdueSince: state.lateSince }),
      answer: {
        by: endOfDay(due ?? state.acceptBy),
        state: state.answeredAt === undefined ? 'owed' : 'given',
      },
      openedAt: state.openedAt,
      ...(state.closedAt !== undefined && { closedAt: state.closedAt }),
    }
  },
  samples: (_rules, state) => samples(state),
}
