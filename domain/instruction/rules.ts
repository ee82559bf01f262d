import { dateOf, endOfDay } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { morningOf, spanBefore } from '../case/moment.js'
import type { Rules } from '../context.js'
import type { OwnEvent } from '../kinds/kind.js'
import { type Given, type LightMoment, lightKind } from '../kinds/light.js'
import { type Author, OFFICE } from '../parties.js'
import type { InstructionRules } from '../policy.js'
import { firstRefusal, isRefusal, never, type Refusal, refuse } from '../refusal.js'
import type { CaseId, PlainDate, UnitName } from '../words.js'
import {
  INSTRUCTION_PHASE_TITLES,
  INSTRUCTION_STEP_TITLES,
  type InstructionCommand,
  type InstructionEvent,
  type InstructionOpening,
  type InstructionPhase,
  type InstructionState,
  type InstructionStep,
} from './types.js'

export const INSTRUCTION_TITLES: Readonly<
  Record<InstructionOpening['type'] | InstructionCommand['type'], string>
> = {
  'register-instruction': '登记批示件',
  'receipt-instruction': '签收批示件',
  'feed-back-instruction': '反馈办理进展',
  'report-instruction-result': '报送办理结果',
  'return-instruction-result': '退回办理结果',
  'deliver-instruction-result': '呈报领导',
  'delegate-instruction': '委托代为阅知',
  'end-instruction-delegation': '终止委托',
  'confirm-instruction-result': '领导阅知',
}

type Own = OwnEvent<InstructionEvent>

const ruleOf = ({ policy }: Rules): InstructionRules | Refusal =>
  policy.instructions ?? refuse('conflict', 'HY-04', '本市规则没有写批示件的办理期限,请先补充规则')

const open = (rules: Rules, { command, at }: Given<InstructionOpening>): readonly Own[] | Refusal => {
  const rule = ruleOf(rules)
  if (isRefusal(rule)) return rule
  const { type: _type, caseId: _caseId, ...what } = command
  const today = dateOf(at)
  return (
    firstRefusal(
      what.units.length === 0 ? refuse('invalid', 'HY-04', '请写明由哪些单位办理') : undefined,
      what.given > today ? refuse('invalid', 'HY-04', '批示日期不能晚于今天') : undefined,
      what.due < today ? refuse('invalid', 'HY-04', '办结期限已经过去') : undefined,
    ) ?? [
      {
        type: 'instruction-registered',
        ...what,
        receiptBy: dueWithin(rules.calendar, today, rule.receipt).date,
      },
    ]
  )
}

/** In which phases a command has its turn. */
const TURN: Readonly<Record<InstructionCommand['type'], readonly InstructionPhase[]>> = {
  'receipt-instruction': ['registered', 'receipted'],
  'feed-back-instruction': ['receipted'],
  'report-instruction-result': ['receipted'],
  'return-instruction-result': ['reported', 'delivered'],
  'deliver-instruction-result': ['reported'],
  'delegate-instruction': ['registered', 'receipted', 'reported', 'delivered'],
  'end-instruction-delegation': ['registered', 'receipted', 'reported', 'delivered'],
  'confirm-instruction-result': ['reported', 'delivered'],
}

const answer = (
  rules: Rules,
  state: InstructionState,
  { command, by, posts, at }: Given<InstructionCommand>,
): readonly Own[] | Refusal => {
  const rule = ruleOf(rules)
  if (isRefusal(rule)) return rule
  if (
    command.type === 'confirm-instruction-result' &&
    posts.some(({ unit }) => unit !== undefined && state.units.includes(unit))
  )
    return refuse('forbidden', 'GN-08', '承办单位的人不得确认领导已经阅知')
  if (
    (command.type === 'delegate-instruction' || command.type === 'end-instruction-delegation') &&
    !isLeaderOf(state, by)
  )
    return refuse('forbidden', 'GN-09', `由批示的领导${state.leader.name}本人委托`)
  if (!TURN[command.type].includes(state.phase)) return outOfTurn(state, command.type)
  const nextFeedback = (): PlainDate => dueWithin(rules.calendar, dateOf(at), rule.feedback).date
  switch (command.type) {
    case 'receipt-instruction': {
      const unit = unitOf(by)
      if (unit === undefined || state.receipts.includes(unit))
        return refuse('conflict', 'HY-04', '本单位已经签收')
      return [{ type: 'instruction-receipted', unit, feedbackBy: nextFeedback() }]
    }
    case 'feed-back-instruction': {
      const unit = unitOf(by)
      if (unit === undefined) return refuse('forbidden', 'HY-04', '办理进展由承办单位反馈')
      const { progress, evidence } = command
      return [{ type: 'instruction-fed-back', unit, progress, evidence, feedbackBy: nextFeedback() }]
    }
    case 'report-instruction-result':
      return (
        firstRefusal(
          // 及时反馈: the leader hears how it goes before hearing that it is done.
          state.feedbacks === 0
            ? refuse('out-of-turn', 'HY-04', '还没有反馈过办理进展,不能直接报结果', {
                act: 'feed-back-instruction',
                title: INSTRUCTION_TITLES['feed-back-instruction'],
              })
            : undefined,
          command.evidence.length === 0 ? refuse('invalid', 'HY-04', '办理结果须附佐证材料') : undefined,
        ) ?? [{ type: 'instruction-result-reported', result: command.result, evidence: command.evidence }]
      )
    case 'return-instruction-result':
      return [
        {
          type: 'instruction-result-returned',
          reason: command.reason,
          feedbackBy: nextFeedback(),
        },
      ]
    case 'deliver-instruction-result':
      return command.deliveredOn > dateOf(at)
        ? refuse('invalid', 'HY-04', '呈报日期不能晚于今天')
        : [
            {
              type: 'instruction-result-delivered',
              how: command.how,
              deliveredOn: command.deliveredOn,
            },
          ]
    case 'delegate-instruction':
      return delegated(state, command, by, dateOf(at))
    case 'end-instruction-delegation':
      return state.deputy
        ? [{ type: 'instruction-delegation-ended', to: state.deputy.to, why: 'ended' }]
        : refuse('out-of-turn', 'GN-09', '没有委托')
    case 'confirm-instruction-result':
      return confirmed(state, command, by)
    default:
      return never(command)
  }
}

const unitOf = (by: Author): UnitName | undefined => (by.kind === 'person' ? by.unit : undefined)

const isLeaderOf = ({ leader }: InstructionState, by: Author): boolean =>
  by.kind === 'person' && leader.person !== undefined && by.person === leader.person

/** 委托 (GN-09): one deputy, under a recorded authority with an end date; never somebody of the units that act on it. */
const delegated = (
  { deputy, leader }: InstructionState,
  { to, toName, until, document }: Extract<InstructionCommand, { type: 'delegate-instruction' }>,
  by: Author,
  today: PlainDate,
): readonly Own[] | Refusal => {
  if (by.kind !== 'person') return refuse('forbidden', 'GN-09', '由领导本人委托')
  const refusal = firstRefusal(
    until < today ? refuse('invalid', 'GN-09', '委托的截止日期已过') : undefined,
    document.trim() ? undefined : refuse('invalid', 'GN-09', '请填写授权文书'),
    to === leader.person ? refuse('invalid', 'GN-09', '不能委托给本人') : undefined,
    deputy
      ? refuse('conflict', 'GN-09', `已委托${deputy.toName},请先终止`, {
          act: 'end-instruction-delegation',
          title: INSTRUCTION_TITLES['end-instruction-delegation'],
        })
      : undefined,
  )
  const authority = { principal: by.person, principalName: by.name, document, until }
  return refusal ?? [{ type: 'instruction-delegated', to, toName, authority }]
}

/** Ended only when the leader has the result: by the leader's own word, or by a paper the office has it on. */
const confirmed = (
  { phase, leader }: InstructionState,
  command: Extract<InstructionCommand, { type: 'confirm-instruction-result' }>,
  by: Author,
): readonly Own[] | Refusal => {
  if (phase !== 'delivered')
    return refuse('out-of-turn', 'HY-04', '办理结果还没有呈报领导,不能办结', {
      act: 'deliver-instruction-result',
      title: INSTRUCTION_TITLES['deliver-instruction-result'],
    })
  if (by.kind !== 'person') return refuse('forbidden', 'HY-04', '由领导阅知')
  const isLeader = (leader.person !== undefined && by.person === leader.person) || by.behalf !== undefined
  if (!isLeader && !OFFICE.includes(by.role))
    return refuse('forbidden', 'HY-04', `由批示的领导${leader.name}阅知,或由整改办凭文件登记`)
  if (!isLeader && !command.document?.trim())
    return refuse('invalid', 'HY-04', '整改办代为登记的,须写明领导阅知的文件')
  const { words, document } = command
  return [{ type: 'instruction-ended', words, ...(document !== undefined && { document }) }]
}

const outOfTurn = ({ phase }: InstructionState, type: InstructionCommand['type']): Refusal =>
  refuse(
    'out-of-turn',
    'HY-04',
    `批示件现在是“${INSTRUCTION_PHASE_TITLES[phase]}”,不能“${INSTRUCTION_TITLES[type]}”`,
  )

const begin = (id: CaseId, { at, event }: { at: InstructionState['at']; event: Own }): InstructionState => {
  if (event.type !== 'instruction-registered')
    throw new TypeError(`${id}: ${event.type} before it was registered`)
  const { type: _type, ...what } = event
  return {
    ...what,
    id,
    at,
    openedAt: at,
    phase: 'registered',
    receipts: [],
    feedbacks: 0,
    late: [],
    chased: false,
    recent: [],
  }
}

const apply = (
  state: InstructionState,
  { at, event }: { at: InstructionState['at']; event: Own },
): InstructionState => {
  switch (event.type) {
    case 'instruction-registered':
      throw new TypeError(`${state.id}: registered twice`)
    case 'instruction-receipted':
      return {
        ...state,
        phase: 'receipted',
        receipts: [...state.receipts, event.unit],
        feedbackBy: state.feedbackBy ?? event.feedbackBy,
      }
    case 'instruction-fed-back':
      return { ...state, feedbacks: state.feedbacks + 1, feedbackBy: event.feedbackBy }
    case 'instruction-result-reported':
      return { ...state, phase: 'reported', result: event.result }
    case 'instruction-result-returned': {
      const { result: _result, ...rest } = state
      return { ...rest, phase: 'receipted', feedbackBy: event.feedbackBy }
    }
    case 'instruction-result-delivered':
      return { ...state, phase: 'delivered' }
    case 'instruction-delegated': {
      const { type: _type, ...deputy } = event
      return { ...state, deputy }
    }
    case 'instruction-delegation-ended': {
      const { deputy: _deputy, ...rest } = state
      return rest
    }
    case 'instruction-ended':
      return { ...state, phase: 'ended', endedAt: at }
    case 'instruction-late':
      return {
        ...state,
        late: [...state.late, `${event.what} ${event.by}`],
        lateSince: state.lateSince ?? at,
      }
    case 'instruction-chased':
      return { ...state, chased: true }
    default:
      return never(event)
  }
}

const awaited = (
  state: InstructionState,
): readonly { readonly what: InstructionStep; readonly by: PlainDate }[] => {
  const { phase, due, feedbackBy, receiptBy, receipts, units } = state
  const result = { what: 'result', by: due } as const
  switch (phase) {
    case 'registered':
      return [{ what: 'receipt', by: receiptBy }, result]
    case 'receipted':
      return [
        // Each unit signs for it, not the first alone.
        ...(receipts.length < units.length ? [{ what: 'receipt', by: receiptBy } as const] : []),
        ...(feedbackBy === undefined ? [] : [{ what: 'feedback', by: feedbackBy } as const]),
        result,
      ]
    case 'reported':
    case 'delivered':
      return [{ what: 'delivery', by: due }]
    case 'ended':
      return []
    default:
      return never(phase)
  }
}

export const instructionDue = (state: InstructionState): PlainDate | undefined =>
  awaited(state)
    .map(({ by }) => by)
    .toSorted()[0]

const moments = (rules: Rules, state: InstructionState): readonly LightMoment<Own>[] => {
  const rule = rules.policy.instructions
  const open = state.phase !== 'ended'
  return [
    ...(rule && open && !state.chased
      ? [
          {
            at: morningOf(spanBefore(rules.calendar, state.due, rule.chase)),
            clause: 'HY-04' as const,
            rule: '批示件办结期限将到,催办',
            events: [{ type: 'instruction-chased' as const, by: state.due }],
          },
        ]
      : []),
    ...(open && state.deputy
      ? [
          {
            at: endOfDay(state.deputy.authority.until),
            clause: 'GN-09' as const,
            rule: '委托到期',
            events: [
              { type: 'instruction-delegation-ended' as const, to: state.deputy.to, why: 'expired' as const },
            ],
          },
        ]
      : []),
    ...awaited(state).flatMap(({ what, by }) =>
      state.late.includes(`${what} ${by}`)
        ? []
        : [
            {
              at: endOfDay(by),
              clause: 'HY-04' as const,
              rule: `批示件到期未${INSTRUCTION_STEP_TITLES[what]}`,
              events: [{ type: 'instruction-late' as const, what, by }],
            },
          ],
    ),
  ]
}

/** 领导批示件 (HY-04): 全程跟踪、迅疾办理、及时反馈、按时办结. */
export const instructionLife = lightKind<InstructionState, InstructionOpening, InstructionCommand, Own>({
  clause: 'HY-04',
  titles: INSTRUCTION_TITLES,
  permissions: {
    'register-instruction': OFFICE,
    'receipt-instruction': ['unit-clerk', 'unit-head'],
    'feed-back-instruction': ['unit-clerk', 'unit-head'],
    'report-instruction-result': ['unit-head'],
    'return-instruction-result': ['coordinator', 'office-head', 'leader', 'secretary', 'mayor'],
    'deliver-instruction-result': OFFICE,
    'delegate-instruction': ['leader', 'secretary', 'mayor'],
    'end-instruction-delegation': ['leader', 'secretary', 'mayor'],
    'confirm-instruction-result': ['leader', 'secretary', 'mayor', ...OFFICE],
  },
  behalf: ({ deputy }, type, { person, name }, at) =>
    type === 'confirm-instruction-result' && deputy?.to === person && at <= endOfDay(deputy.authority.until)
      ? { kind: 'person', person, name, role: 'leader', behalf: deputy.authority }
      : undefined,
  units: ({ units }) => units,
  opening: 'register-instruction',
  open,
  answer,
  begin,
  apply,
  moments,
})
