import { hoursAfter } from '../calendar/dates.js'
import type { Rules } from '../context.js'
import type { OwnEvent } from '../kinds/kind.js'
import { type Given, type LightMoment, lightKind } from '../kinds/light.js'
import { OFFICE } from '../parties.js'
import type { OpinionRules } from '../policy.js'
import { isRefusal, never, type Refusal, refuse } from '../refusal.js'
import type { CaseId, Instant } from '../words.js'
import {
  OPINION_STEP_TITLES,
  type OpinionCommand,
  type OpinionEvent,
  type OpinionOpening,
  type OpinionPhase,
  type OpinionState,
  type OpinionStep,
} from './types.js'

export const OPINION_TITLES: Readonly<Record<OpinionOpening['type'] | OpinionCommand['type'], string>> = {
  'report-opinion': '登记舆情',
  'assign-opinion': '交办舆情',
  'verify-opinion': '报送核查情况',
  'respond-opinion': '回应舆情',
  'end-opinion': '办结舆情',
}

type Own = OwnEvent<OpinionEvent>

const hours = ({ policy }: Rules): OpinionRules | Refusal =>
  policy.opinions ?? refuse('conflict', 'HY-12', '本市规则没有写舆情的办理时限,请先补充规则')

const open = (rules: Rules, { command, at }: Given<OpinionOpening>): readonly Own[] | Refusal => {
  const rule = hours(rules)
  if (isRefusal(rule)) return rule
  if (command.seenAt > at) return refuse('invalid', 'HY-12', '发现时间不能晚于现在')
  const { type: _type, caseId: _caseId, ...what } = command
  return [
    {
      type: 'opinion-reported',
      ...what,
      // 自发现起算:晚报的不能多得时间。
      assignBy: hoursAfter(command.seenAt, rule.assignHours),
      respondBy: hoursAfter(command.seenAt, rule.respondHours),
    },
  ]
}

/** In which phases a command has its turn. */
const TURN: Readonly<Record<OpinionCommand['type'], readonly OpinionPhase[]>> = {
  'assign-opinion': ['found', 'assigned'],
  'verify-opinion': ['assigned'],
  'respond-opinion': ['verified', 'responded'],
  'end-opinion': ['responded'],
}

const answer = (
  rules: Rules,
  state: OpinionState,
  { command, posts, at }: Given<OpinionCommand>,
): readonly Own[] | Refusal => {
  if (
    command.type === 'end-opinion' &&
    posts.some(({ unit }) => unit !== undefined && state.units.includes(unit))
  )
    return refuse('forbidden', 'GN-08', '负责核查的单位的人不得办结')
  if (!TURN[command.type].includes(state.phase)) return outOfTurn(state, command.type)
  switch (command.type) {
    case 'assign-opinion': {
      const rule = hours(rules)
      if (isRefusal(rule)) return rule
      return command.units.length === 0
        ? refuse('invalid', 'HY-12', '请写明由哪些单位核查')
        : [
            {
              type: 'opinion-assigned',
              units: command.units,
              words: command.words,
              verifyBy: hoursAfter(at, rule.verifyHours),
            },
          ]
    }
    case 'verify-opinion': {
      const { type: _type, ...what } = command
      return what.evidence.length === 0
        ? refuse('invalid', 'HY-12', '核查情况须附佐证材料')
        : [{ type: 'opinion-verified', ...what }]
    }
    case 'respond-opinion':
      return command.channels.length === 0
        ? refuse('invalid', 'HY-12', '请写明在哪里回应的')
        : [{ type: 'opinion-responded', response: command.response, channels: command.channels }]
    case 'end-opinion':
      return [{ type: 'opinion-ended', conclusion: command.conclusion }]
    default:
      return never(command)
  }
}

const NEXT: Readonly<Record<OpinionPhase, OpinionCommand['type'] | undefined>> = {
  found: 'assign-opinion',
  assigned: 'verify-opinion',
  verified: 'respond-opinion',
  responded: 'end-opinion',
  ended: undefined,
}

const outOfTurn = ({ phase }: OpinionState, type: OpinionCommand['type']): Refusal => {
  const next = NEXT[phase]
  return next === undefined
    ? refuse('out-of-turn', 'HY-12', '这件舆情已经办结')
    : refuse('out-of-turn', 'HY-12', `还不到“${OPINION_TITLES[type]}”,现在应“${OPINION_TITLES[next]}”`, {
        act: next,
        title: OPINION_TITLES[next],
      })
}

const begin = (id: CaseId, { at, event }: { readonly at: Instant; readonly event: Own }): OpinionState => {
  if (event.type !== 'opinion-reported') throw new TypeError(`${id}: ${event.type} before it was reported`)
  const { type: _type, seenAt: _seenAt, ...what } = event
  return { ...what, id, at, openedAt: at, phase: 'found', units: [], late: [], recent: [] }
}

const apply = (
  state: OpinionState,
  { at, event }: { readonly at: Instant; readonly event: Own },
): OpinionState => {
  switch (event.type) {
    case 'opinion-reported':
      throw new TypeError(`${state.id}: reported twice`)
    case 'opinion-assigned':
      return {
        ...state,
        phase: 'assigned',
        units: event.units,
        verifyBy: event.verifyBy,
        late: state.late.filter((step) => step !== 'verify'),
      }
    case 'opinion-verified':
      return { ...state, phase: 'verified' }
    case 'opinion-responded':
      return { ...state, phase: 'responded' }
    case 'opinion-ended':
      return { ...state, phase: 'ended', endedAt: at }
    case 'opinion-late':
      return { ...state, late: [...state.late, event.step], lateSince: state.lateSince ?? at }
    default:
      return never(event)
  }
}

/** What is waited for in the phase the case is in: the response is, until it is given. */
const awaited = (state: OpinionState): readonly (readonly [OpinionStep, Instant | undefined])[] => {
  switch (state.phase) {
    case 'found':
      return [
        ['assign', state.assignBy],
        ['respond', state.respondBy],
      ]
    case 'assigned':
      return [
        ['verify', state.verifyBy],
        ['respond', state.respondBy],
      ]
    case 'verified':
      return [['respond', state.respondBy]]
    case 'responded':
    case 'ended':
      return []
    default:
      return never(state.phase)
  }
}

/** The hour by which the next thing is to be done. */
export const opinionDue = (state: OpinionState): Instant | undefined =>
  awaited(state)
    .flatMap(([, by]) => (by === undefined ? [] : [by]))
    .toSorted()[0]

const moments = (_rules: Rules, state: OpinionState): readonly LightMoment<Own>[] =>
  awaited(state).flatMap(([step, by]) =>
    by === undefined || state.late.includes(step)
      ? []
      : [
          {
            at: by,
            clause: 'HY-12',
            rule: `舆情到时未${OPINION_STEP_TITLES[step]},报整改办主任`,
            events: [{ type: 'opinion-late', step }],
          },
        ],
  )

/** 环境类舆情 (HY-12) */
export const opinionLife = lightKind<OpinionState, OpinionOpening, OpinionCommand, Own>({
  clause: 'HY-12',
  titles: OPINION_TITLES,
  permissions: {
    'report-opinion': ['coordinator', 'office-head', 'unit-clerk', 'unit-head'],
    'assign-opinion': OFFICE,
    'verify-opinion': ['unit-clerk', 'unit-head'],
    'respond-opinion': OFFICE,
    'end-opinion': ['office-head'],
  },
  units: (state) => state.units,
  opening: 'report-opinion',
  open,
  answer,
  begin,
  apply,
  moments,
})
