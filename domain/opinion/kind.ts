import { dateOf } from '../calendar/dates.js'
import type { Audience } from '../effects/types.js'
import { noticeOf } from '../kinds/effects.js'
import { type Kind, numberOf, SAMPLE_WORDS, sayer, type Tellings, type Todo } from '../kinds/kind.js'
import { TRUTH_TITLES } from '../kinds/truth.js'
import type { Seat } from '../parties.js'
import { readingByParts } from '../permission/read.js'
import { never } from '../refusal.js'
import type { Instant, PlainDate, UnitName } from '../words.js'
import { OPINION_TITLES, opinionDue, opinionLife } from './rules.js'
import {
  OPINION_PHASE_TITLES,
  OPINION_STEP_TITLES,
  type OpinionCommand,
  type OpinionEvent,
  type OpinionOpening,
  type OpinionState,
} from './types.js'

const tellings: Tellings<OpinionEvent> = {
  'opinion-reported': ({ channel, where }) => `登记舆情:${channel}(${where})`,
  'opinion-assigned': ({ units }) => `交办${units.join('、')}核查`,
  'opinion-verified': ({ truth, findings }) => `核查${TRUTH_TITLES[truth]}:${findings}`,
  'opinion-responded': ({ channels }) => `在${channels.join('、')}回应`,
  'opinion-ended': ({ conclusion }) => `办结:${conclusion}`,
  'opinion-late': ({ step }) => `到时未${OPINION_STEP_TITLES[step]}`,
}

const sayOf = sayer(tellings)

const todos = (state: OpinionState): readonly Todo[] => {
  const hour = opinionDue(state)
  const owe = (act: OpinionCommand['type'], seat: Seat, unit?: UnitName): Todo => ({
    act,
    title: OPINION_TITLES[act],
    chair: { seat, ...(unit !== undefined && { unit }) },
    ...(hour !== undefined && { due: dateOf(hour) }),
  })
  switch (state.phase) {
    case 'found':
      return [owe('assign-opinion', 'office')]
    case 'assigned':
      return state.units.map((unit) => owe('verify-opinion', 'responsible-unit', unit))
    case 'verified':
      return [owe('respond-opinion', 'office')]
    case 'responded':
      return [owe('end-opinion', 'office-head')]
    case 'ended':
      return []
    default:
      return never(state.phase)
  }
}

const dayOf = (moment: Instant | undefined): { readonly due?: PlainDate } =>
  moment === undefined ? {} : { due: dateOf(moment) }

/** 舆情 (HY-12) */
export const opinionKind: Kind<OpinionState, OpinionOpening | OpinionCommand, OpinionEvent> = {
  ...opinionLife,
  title: '舆情',
  prefix: 'yq',
  phases: OPINION_PHASE_TITLES,
  begins: 'opinion-reported',
  hasEnded: ({ phase }) => phase === 'ended',
  effects: (_rules, state, record, drill) => {
    const { event } = record
    const told = (...audience: readonly Audience[]) =>
      noticeOf(state, record, drill, audience, { about: state.text, said: sayOf(event as OpinionEvent) })
    switch (event.type) {
      case 'opinion-reported':
        return told({ seat: 'office' }, { seat: 'office-head' })
      case 'opinion-assigned':
        return told(...event.units.map((unit) => ({ unit, who: 'everybody' as const })))
      case 'opinion-verified':
        return told({ seat: 'office' })
      case 'opinion-late':
        return told({ seat: 'office-head' }, ...state.units.map((unit) => ({ unit, who: 'head' as const })))
      default:
        return []
    }
  },
  todos: (_rules, state) => todos(state),
  tellings,
  reading: (viewer, { units }) => readingByParts(viewer, units),
  line: (_rules, state) => ({
    n: numberOf(state.id),
    text: state.text,
    words: [state.channel, state.where, ...state.units],
    units: state.units,
    parties: state.units,
    ...(state.area !== undefined && { area: state.area }),
    ...dayOf(opinionDue(state)),
    ...(state.lateSince !== undefined && state.phase !== 'ended' && { overdueSince: state.lateSince }),
    answer: {
      by: state.respondBy,
      state: state.phase === 'responded' || state.phase === 'ended' ? 'given' : 'owed',
    },
    openedAt: state.openedAt,
    ...(state.endedAt !== undefined && { closedAt: state.endedAt }),
  }),
  samples: () => SAMPLES,
}

const SAMPLES: readonly OpinionCommand[] = [
  { type: 'assign-opinion', units: [SAMPLE_WORDS as UnitName], words: SAMPLE_WORDS },
  { type: 'verify-opinion', findings: SAMPLE_WORDS, truth: 'true', measures: SAMPLE_WORDS, evidence: [] },
  { type: 'respond-opinion', response: SAMPLE_WORDS, channels: [SAMPLE_WORDS] },
  { type: 'end-opinion', conclusion: SAMPLE_WORDS },
]
