import { endOfDay } from '../calendar/dates.js'
import type { Audience } from '../effects/types.js'
import { noticeOf } from '../kinds/effects.js'
import { type Kind, numberOf, SAMPLE_WORDS, sayer, type Tellings, type Todo } from '../kinds/kind.js'
import { isReader, personReads, roleReads, unitReads } from '../permission/readers.js'
import { never } from '../refusal.js'
import type { PersonId, UnitName } from '../words.js'
import { INSTRUCTION_TITLES, instructionDue, instructionLife } from './rules.js'
import {
  INSTRUCTION_LEVELS,
  INSTRUCTION_PHASE_TITLES,
  INSTRUCTION_STEP_TITLES,
  type InstructionCommand,
  type InstructionEvent,
  type InstructionOpening,
  type InstructionState,
} from './types.js'

const tellings: Tellings<InstructionEvent> = {
  'instruction-registered': ({ leader, due }) =>
    `登记${INSTRUCTION_LEVELS[leader.level]}${leader.name}批示件,${due} 前办结`,
  'instruction-receipted': ({ unit }) => `${unit}签收`,
  'instruction-fed-back': ({ unit, progress }) => `${unit}反馈进展:${progress}`,
  'instruction-result-reported': ({ result }) => `报送办理结果:${result}`,
  'instruction-result-returned': ({ reason }) => `退回办理结果:${reason}`,
  'instruction-result-delivered': ({ how, deliveredOn }) => `${deliveredOn} 呈报领导:${how}`,
  'instruction-delegated': ({ toName, authority }) =>
    `委托${toName}代为阅知至 ${authority.until}(${authority.document})`,
  'instruction-delegation-ended': ({ why }) => (why === 'expired' ? '委托到期' : '终止委托'),
  'instruction-ended': ({ words }) => `领导阅知,办结:${words}`,
  'instruction-late': ({ what, by }) => `至 ${by} 未${INSTRUCTION_STEP_TITLES[what]}`,
  'instruction-chased': ({ by }) => `催办,${by} 前办结`,
}
const sayOf = sayer(tellings)

const audience = (state: InstructionState, event: InstructionEvent): readonly Audience[] => {
  const units = state.units.map((unit) => ({ unit, who: 'everybody' as const }))
  const leader: readonly Audience[] =
    state.leader.person === undefined ? [] : [{ person: state.leader.person }]
  switch (event.type) {
    case 'instruction-registered':
    case 'instruction-chased':
    case 'instruction-result-returned':
      return units
    case 'instruction-fed-back':
      return [{ seat: 'office' }, ...leader]
    case 'instruction-result-reported':
      return [{ seat: 'office' }]
    case 'instruction-result-delivered':
      return [...leader, ...(state.deputy ? [{ person: state.deputy.to }] : [])]
    case 'instruction-delegated':
    case 'instruction-delegation-ended':
      return [{ person: event.to }, { seat: 'office' }]
    case 'instruction-ended':
      return [...units, { seat: 'office' }]
    case 'instruction-late':
      return event.what === 'delivery' ? [{ seat: 'office-head' }] : [...units, { seat: 'office-head' }]
    default:
      return []
  }
}

/** Who alone reads a leader's words: the leader, the office, the units that act on them, and who watches over all. */
const readersOf = ({ leader, units, deputy }: InstructionState): readonly string[] => [
  ...(deputy ? [personReads(deputy.to)] : []),
  ...(leader.person === undefined ? [] : [personReads(leader.person)]),
  roleReads('coordinator'),
  roleReads('office-head'),
  roleReads('discipline'),
  ...units.map(unitReads),
]

const todos = (state: InstructionState): readonly Todo[] => {
  const due = instructionDue(state)
  const owe = (act: InstructionCommand['type'], chair: Todo['chair']): Todo => ({
    act,
    title: INSTRUCTION_TITLES[act],
    chair,
    ...(due !== undefined && { due }),
  })
  const ofUnits = (act: InstructionCommand['type'], units: readonly UnitName[]): readonly Todo[] =>
    units.map((unit) => owe(act, { seat: 'responsible-unit', unit }))
  switch (state.phase) {
    case 'registered':
      return ofUnits('receipt-instruction', state.units)
    case 'receipted':
      return [
        ...ofUnits(
          'receipt-instruction',
          state.units.filter((unit) => !state.receipts.includes(unit)),
        ),
        ...ofUnits(
          state.feedbacks === 0 ? 'feed-back-instruction' : 'report-instruction-result',
          state.receipts,
        ),
      ]
    case 'reported':
      return [owe('deliver-instruction-result', { seat: 'office' })]
    case 'delivered':
      return [
        owe('confirm-instruction-result', {
          seat: state.leader.person === undefined ? 'office' : 'case-leader',
          ...(state.leader.person !== undefined && { person: state.leader.person }),
        }),
      ]
    case 'ended':
      return []
    default:
      return never(state.phase)
  }
}

/** 批示件 (HY-04) */
export const instructionKind: Kind<
  InstructionState,
  InstructionOpening | InstructionCommand,
  InstructionEvent
> = {
  ...instructionLife,
  title: '批示件',
  prefix: 'ps',
  phases: INSTRUCTION_PHASE_TITLES,
  begins: 'instruction-registered',
  hasEnded: ({ phase }) => phase === 'ended',
  effects: (_rules, state, record, drill) => {
    const event = record.event as InstructionEvent
    // The leader's words do not travel by mail: what it is about does.
    return noticeOf(state, record, drill, audience(state, event), {
      about: `批示件:${state.about}`,
      said: sayOf(event),
    })
  },
  todos: (_rules, state) => todos(state),
  tellings,
  reading: (viewer, state) => (isReader(viewer, readersOf(state)) ? 'whole' : 'none'),
  line: (_rules, state) => {
    const due = instructionDue(state)
    return {
      n: numberOf(state.id),
      text: `批示件:${state.about}`,
      words: [state.leader.name, ...state.units],
      units: state.units,
      parties: state.units,
      ...(state.problem !== undefined && { origin: state.problem }),
      ...(state.leader.person !== undefined && { caseLeader: state.leader.person }),
      ...(state.deputy && { people: [state.deputy.to] }),
      ...(due !== undefined && { due }),
      originalDue: state.due,
      ...(state.lateSince !== undefined && state.phase !== 'ended' && { overdueSince: state.lateSince }),
      answer: {
        by: endOfDay(state.due),
        state: state.phase === 'delivered' || state.phase === 'ended' ? 'given' : 'owed',
      },
      openedAt: state.openedAt,
      ...(state.endedAt !== undefined && { closedAt: state.endedAt }),
      readers: readersOf(state),
    }
  },
  samples: (_rules, state) => [
    { type: 'receipt-instruction' },
    { type: 'feed-back-instruction', progress: SAMPLE_WORDS, evidence: [] },
    { type: 'report-instruction-result', result: SAMPLE_WORDS, evidence: [] },
    { type: 'return-instruction-result', reason: SAMPLE_WORDS },
    { type: 'deliver-instruction-result', how: SAMPLE_WORDS, deliveredOn: state.given },
    {
      type: 'delegate-instruction',
      to: SAMPLE_WORDS as PersonId,
      toName: SAMPLE_WORDS,
      until: state.due,
      document: SAMPLE_WORDS,
    },
    { type: 'end-instruction-delegation' },
    { type: 'confirm-instruction-result', words: SAMPLE_WORDS },
  ],
}
