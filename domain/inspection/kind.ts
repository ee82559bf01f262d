import type { LedgerRecord } from '../decider-types.js'
import type { Audience, OrderEffect } from '../effects/types.js'
import { noticeOf, orderOf } from '../kinds/effects.js'
import { giverOf } from '../kinds/giver.js'
import { type Kind, numberOf, SAMPLE_WORDS, sayer, type Tellings, type Todo } from '../kinds/kind.js'
import { readsEverything, unitsRead } from '../permission/read.js'
import type { PersonId, PlainDate, UnitName } from '../words.js'
import { INSPECTION_TITLES, inspectionLife } from './rules.js'
import {
  FORM_TITLES,
  INSPECTION_PHASE_TITLES,
  type InspectionCommand,
  type InspectionEvent,
  type InspectionOpening,
  type InspectionState,
} from './types.js'

const tellings: Tellings<InspectionEvent> = {
  'inspection-ordered': ({ form, title, team, assessor }) =>
    `部署${FORM_TITLES[form]}“${title}”,${assessor ? `委托${assessor.name}` : `督查组 ${team.length} 人`}`,
  'sample-drawn': ({ seed, selected }) =>
    `以“${seed}”为种子抽取 ${selected.length} 件:${selected.join('、')}`,
  'team-changed': ({ reason }) => `调整督查组:${reason}`,
  'result-recorded': ({ summary, findings }) =>
    `报送结果:${summary}(问题 ${findings.filter(({ gravity }) => gravity === 'problem').length} 个)`,
  'result-late': () => '到期未报结果',
  'finding-followed': ({ finding, result }) => `第 ${finding + 1} 个问题落实情况:${result}`,
  'finding-confirmed': ({ finding, decision }) =>
    `第 ${finding + 1} 个问题${decision === 'settled' ? '已落实' : '没有落实,继续整改'}`,
  'finding-late': ({ finding }) => `第 ${finding + 1} 个问题到期未落实`,
  'campaign-result-recorded': ({ case: of, result }) => `${of} ${result === 'holds' ? '未反弹' : '发现反弹'}`,
  'inspection-ended': ({ conclusion }) => `办结:${conclusion}`,
}
const sayOf = sayer(tellings)

const unitsTold = (units: readonly UnitName[], who: 'head' | 'everybody'): readonly Audience[] =>
  units.map((unit) => ({ unit, who }))

/** 随机抽查 and 巡查 are not announced to those inspected (不打招呼); their findings are. */
const announced = ({ form }: InspectionState): boolean => form !== 'random' && form !== 'patrol'

const audience = (state: InspectionState, event: InspectionEvent): readonly Audience[] => {
  const team = state.team.map(({ person }) => ({ person }))
  switch (event.type) {
    case 'inspection-ordered':
      return [...team, ...(announced(state) ? unitsTold(state.subjects.units, 'everybody') : [])]
    case 'sample-drawn':
    case 'team-changed':
      return team
    case 'result-recorded':
      return [
        { seat: 'office' },
        ...unitsTold(
          event.findings.flatMap(({ unit }) => (unit === undefined ? [] : [unit])),
          'everybody',
        ),
      ]
    case 'result-late':
      return [...team, { seat: 'office-head' }]
    case 'finding-followed':
      return [{ seat: 'office' }]
    case 'finding-late':
    case 'finding-confirmed': {
      const unit = state.findings[event.finding]?.unit
      return [
        ...(unit === undefined ? [] : unitsTold([unit], 'everybody')),
        ...(event.type === 'finding-late' ? [{ seat: 'office-head' as const }] : []),
      ]
    }
    case 'inspection-ended':
      return state.orderedBy === undefined ? [] : [{ person: state.orderedBy }]
    default:
      return []
  }
}

/**
 * A campaign asks each closed case for a look-back, in the name of whoever ordered it (YZ-16); a sample of petitions asks each for
 * its re-examination (HH-12).
 */
const calls = (
  state: InspectionState,
  record: LedgerRecord,
  event: InspectionEvent,
): readonly OrderEffect[] => {
  if (event.type === 'sample-drawn' && state.of === 'petitions')
    return event.selected.map((to, index) =>
      orderOf(state, record, {
        key: `order-${index + 1}`,
        by: { machine: 'HH-12', rule: '随机抽中,复查办理质量' },
        to,
        command: { type: 'call-reexamination', inspection: state.id, by: state.until },
      }),
    )
  if (event.type === 'inspection-ordered' && event.form === 'campaign')
    return event.subjects.cases.map((to, index) =>
      orderOf(state, record, {
        key: `order-${index + 1}`,
        by: giverOf(record.by),
        to,
        command: { type: 'call-look-back', campaign: state.id, by: event.until, words: event.title },
      }),
    )
  return []
}

const todos = (state: InspectionState): readonly Todo[] => {
  const owe = (act: InspectionCommand['type'], chair: Todo['chair'], due?: PlainDate): Todo => ({
    act,
    title: `${FORM_TITLES[state.form]}:${INSPECTION_TITLES[act]}`,
    chair,
    ...(due !== undefined && { due }),
  })
  const [lead] = state.team
  switch (state.phase) {
    case 'ordered':
      return [owe('draw-sample', { seat: 'office' }, state.until)]
    case 'under-way':
      if (state.form === 'campaign') return []
      return [
        owe(
          'record-result',
          { seat: 'office', ...(lead && { person: lead.person }) } satisfies {
            seat: 'office'
            person?: PersonId
          },
          state.until,
        ),
      ]
    case 'follow-up':
      return state.findings.flatMap(({ state: now, unit, due }) => {
        if (now === 'followed') return [owe('confirm-finding', { seat: 'office' }, due)]
        if (now === 'open' || now === 'late')
          return [
            owe('follow-finding', { seat: 'responsible-unit', ...(unit !== undefined && { unit }) }, due),
          ]
        return []
      })
    case 'ended':
      return []
  }
}

const samples = (state: InspectionState): readonly InspectionCommand[] => {
  const first = (...wanted: readonly string[]): number =>
    Math.max(
      0,
      state.findings.findIndex(({ state: now }) => wanted.includes(now)),
    )
  const about = state.sample?.selected ?? [state.subjects.cases[0] ?? SAMPLE_WORDS]
  return [
    { type: 'draw-sample', seed: SAMPLE_WORDS, take: 1 },
    { type: 'change-team', team: state.team, reason: SAMPLE_WORDS },
    {
      type: 'record-result',
      summary: SAMPLE_WORDS,
      findings: about.map((one) => ({ about: one, text: SAMPLE_WORDS, gravity: 'fine', evidence: [] })),
    },
    { type: 'follow-finding', finding: first('open', 'late'), result: SAMPLE_WORDS, evidence: [] },
    { type: 'confirm-finding', finding: first('followed'), decision: 'settled', reason: SAMPLE_WORDS },
    { type: 'end-inspection', conclusion: SAMPLE_WORDS },
  ]
}

/** 督查检查 (HY-03, JN-11, JN-14, JN-20, YZ-16) */
export const inspectionKind: Kind<InspectionState, InspectionOpening | InspectionCommand, InspectionEvent> = {
  ...inspectionLife,
  title: '督查检查',
  prefix: 'dc',
  phases: INSPECTION_PHASE_TITLES,
  begins: 'inspection-ordered',
  hasEnded: ({ phase }) => phase === 'ended',
  effects: (_rules, state, record, drill) => {
    const event = record.event as InspectionEvent
    return noticeOf(state, record, drill, audience(state, event), {
      about: `${state.title}\n${state.order}`,
      said: sayOf(event),
    })
  },
  orders: (_rules, state, record) => calls(state, record, record.event as InspectionEvent),
  todos: (_rules, state) => todos(state),
  tellings,
  reading: (viewer, state) => {
    if (readsEverything(viewer) || state.team.some(({ person }) => person === viewer.person)) return 'whole'
    // What is not announced is not shown to those inspected before its findings are.
    const shown = announced(state) || state.phase === 'follow-up' || state.phase === 'ended'
    const units = unitsRead(viewer)
    return shown && [...state.subjects.units, ...findingUnits(state)].some((unit) => units.includes(unit))
      ? 'whole'
      : 'none'
  },
  line: (_rules, state) => {
    const shown = announced(state) || state.phase === 'follow-up' || state.phase === 'ended'
    const units = shown ? [...new Set([...state.subjects.units, ...findingUnits(state)])] : []
    const late = state.late === 'late' || state.findings.some(({ state: now }) => now === 'late')
    return {
      n: numberOf(state.id),
      text: `${FORM_TITLES[state.form]}:${state.title}`,
      words: [state.order, ...state.subjects.units, ...state.team.map(({ name }) => name)],
      units,
      parties: units,
      ...(state.phase !== 'ended' && { due: dueOf(state) }),
      ...(late && state.phase !== 'ended' && { overdueSince: state.at }),
      openedAt: state.openedAt,
      ...(state.endedAt !== undefined && { closedAt: state.endedAt }),
    }
  },
  samples: (_rules, state) => samples(state),
}

const findingUnits = ({ findings }: InspectionState): readonly UnitName[] =>
  findings.flatMap(({ unit }) => (unit === undefined ? [] : [unit]))

const dueOf = ({ findings, until, phase }: InspectionState): PlainDate =>
  phase === 'follow-up'
    ? (findings
        .flatMap(({ due, state }) => (due !== undefined && state !== 'settled' ? [due] : []))
        .toSorted()[0] ?? until)
    : until
