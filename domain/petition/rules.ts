import { addDays, dateOf, endOfDay } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { morningOf } from '../case/moment.js'
import type { Rules } from '../context.js'
import type { OwnEvent } from '../kinds/kind.js'
import { type Given, type LightMoment, type LightReaction, lightKind } from '../kinds/light.js'
import { OFFICE } from '../parties.js'
import type { PetitionRules } from '../policy.js'
import { firstRefusal, isRefusal, never, type Refusal, refuse } from '../refusal.js'
import type { CaseId, PlainDate } from '../words.js'
import {
  PETITION_PHASE_TITLES,
  PETITION_STEP_TITLES,
  type PetitionCommand,
  type PetitionEvent,
  type PetitionOpening,
  type PetitionPhase,
  type PetitionState,
  type PetitionStep,
} from './types.js'

export const PETITION_TITLES: Readonly<Record<PetitionOpening['type'] | PetitionCommand['type'], string>> = {
  'receive-petition': '登记信访件',
  'accept-petition': '受理',
  'decline-petition': '不予受理',
  'assign-petition': '转办承办单位',
  'link-petition': '关联整改事项',
  'answer-petition': '答复信访人',
  'close-petition': '办结信访件',
  'request-petition-extension': '申请延长办理期限',
  'decide-petition-extension': '审批延长办理期限',
  'merge-petition': '并案',
  'unmerge-petition': '撤销并案',
  'take-in-petition': '并入信访件',
  'let-go-petition': '退出并案',
  'answer-merged-petition': '一并答复',
  'call-reexamination': '抽查信访件',
  'reexamine-petition': '复查办理质量',
  'decide-petition-supervision': '决定是否督办',
}

type Own = OwnEvent<PetitionEvent>

const ruleOf = ({ policy }: Rules): PetitionRules | Refusal =>
  policy.petitions ?? refuse('conflict', 'GN-11', '本市规则没有写信访件的办理期限,请先补充规则')

const open = (rules: Rules, { command, by, at }: Given<PetitionOpening>): readonly Own[] | Refusal => {
  const rule = ruleOf(rules)
  if (isRefusal(rule)) return rule
  const { type: _type, caseId: _caseId, ...what } = command
  const refusal = firstRefusal(
    by.kind === 'person' && !OFFICE.includes(by.role)
      ? refuse('forbidden', 'JN-19', '“登记信访件”由整改办办理,群众可在公开页面提交')
      : undefined,
    by.kind === 'public' && what.channel !== 'online'
      ? refuse('invalid', 'JN-19', '网上提交的信访件,渠道为“网上”')
      : undefined,
    what.receivedOn > dateOf(at) ? refuse('invalid', 'GN-11', '收到的日期不能晚于今天') : undefined,
  )
  return (
    refusal ?? [
      {
        type: 'petition-received',
        ...what,
        acceptBy: dueWithin(rules.calendar, what.receivedOn, rule.accept).date,
      },
    ]
  )
}

/** In which phases a command has its turn. */
const TURN: Readonly<Record<PetitionCommand['type'], readonly PetitionPhase[]>> = {
  'accept-petition': ['received'],
  'decline-petition': ['received'],
  'assign-petition': ['accepted', 'assigned'],
  'link-petition': ['received', 'accepted', 'assigned', 'answered'],
  'answer-petition': ['assigned'],
  'close-petition': ['answered'],
  'request-petition-extension': ['accepted', 'assigned'],
  'decide-petition-extension': ['accepted', 'assigned'],
  'merge-petition': ['received', 'accepted', 'assigned'],
  'unmerge-petition': ['merged'],
  'take-in-petition': [
    'received',
    'accepted',
    'assigned',
    'answered',
    'closed',
    'merged',
    'merged-closed',
    'declined',
  ],
  'let-go-petition': ['received', 'accepted', 'assigned', 'answered', 'closed', 'merged', 'declined'],
  // The main one, reopened, is answered anew: its answer is theirs again.
  'answer-merged-petition': ['merged', 'merged-closed'],
  'call-reexamination': ['answered', 'closed', 'merged-closed'],
  'reexamine-petition': ['answered', 'closed', 'merged-closed'],
  'decide-petition-supervision': [
    'received',
    'accepted',
    'assigned',
    'answered',
    'closed',
    'merged',
    'merged-closed',
  ],
}

/** By these the office judges what the unit did: nobody judges what is their own unit's (GN-08). */
const JUDGING: ReadonlySet<PetitionCommand['type']> = new Set([
  'close-petition',
  'decide-petition-extension',
  'decide-petition-supervision',
])

const answer = (
  rules: Rules,
  state: PetitionState,
  { command, by, posts, at }: Given<PetitionCommand>,
): readonly Own[] | Refusal => {
  const rule = ruleOf(rules)
  if (isRefusal(rule)) return rule
  if (JUDGING.has(command.type) && posts.some(({ unit }) => unit !== undefined && unit === state.unit))
    return refuse('forbidden', 'GN-08', `${state.unit}的人不得${PETITION_TITLES[command.type]}:由本单位承办`)
  if (!TURN[command.type].includes(state.phase))
    return refuse(
      'out-of-turn',
      'GN-11',
      `信访件现在是“${PETITION_PHASE_TITLES[state.phase]}”,不能“${PETITION_TITLES[command.type]}”`,
    )
  const today = dateOf(at)
  switch (command.type) {
    case 'accept-petition':
      // 60 天自受理之日起算,不自收到之日起算 (domain rule 10).
      return [{ type: 'petition-accepted', closeBy: dueWithin(rules.calendar, today, rule.close).date }]
    case 'decline-petition':
      return command.reason.trim() && command.told.trim()
        ? [{ type: 'petition-declined', reason: command.reason, told: command.told }]
        : refuse('invalid', 'GN-11', '不予受理也要答复:请写明理由,以及怎样告知了信访人')
    case 'assign-petition':
      return [{ type: 'petition-assigned', unit: command.unit, words: command.words }]
    case 'link-petition':
      return [{ type: 'petition-linked', problem: command.problem }]
    case 'answer-petition': {
      const { type: _type, ...given } = command
      if (!given.told.trim()) return refuse('invalid', 'HH-13', '请写明怎样告知了信访人(事事有回音)')
      return given.evidence.length === 0
        ? refuse('invalid', 'GN-11', '答复须附核查的佐证材料')
        : [{ type: 'petition-answered', ...given }]
    }
    case 'close-petition':
      return [{ type: 'petition-closed', satisfied: command.satisfied, note: command.note }]
    case 'request-petition-extension':
      return requested(rule, state, command, today)
    case 'decide-petition-extension': {
      const { extension, closeBy } = state
      if (extension?.outcome !== 'pending' || closeBy === undefined)
        return refuse('out-of-turn', 'GN-11', '没有待批的延长申请')
      if (command.decision === 'refuse')
        return [{ type: 'petition-extension-refused', reason: command.reason }]
      return today > closeBy
        ? refuse('out-of-turn', 'GN-11', '办理期限已过,不能再延长')
        : [
            {
              type: 'petition-extended',
              original: closeBy,
              closeBy: addDays(closeBy, extension.days),
              reason: extension.reason,
            },
          ]
    }
    case 'merge-petition':
      if (command.into === state.id) return refuse('invalid', 'HY-05', '不能并入自己')
      if (state.takenIn.includes(command.into))
        return refuse('invalid', 'HY-05', `${command.into}已经并入本件,不能再反过来并入`)
      return [
        {
          type: 'petition-merged',
          into: command.into,
          reason: command.reason,
          closeBy: state.closeBy ?? dueWithin(rules.calendar, today, rule.close).date,
        },
      ]
    case 'unmerge-petition':
      return state.mergedInto === undefined
        ? refuse('out-of-turn', 'HY-05', '这件信访没有并案')
        : [{ type: 'petition-unmerged', from: state.mergedInto, reason: command.reason }]
    case 'take-in-petition':
      return state.takenIn.includes(command.petition)
        ? refuse('conflict', 'HY-05', `${command.petition}已经并入`)
        : [{ type: 'petition-taken-in', petition: command.petition }]
    case 'let-go-petition':
      return state.takenIn.includes(command.petition)
        ? [{ type: 'petition-let-go', petition: command.petition }]
        : refuse('not-found', 'HY-05', `${command.petition}没有并入本件`)
    case 'answer-merged-petition':
      return [
        {
          type: 'petition-answered-with-main',
          main: command.main,
          answer: command.answer,
          ...(command.unit !== undefined && { unit: command.unit }),
        },
      ]
    case 'call-reexamination':
      return [{ type: 'reexamination-called', inspection: command.inspection, by: command.by }]
    case 'reexamine-petition':
      return reexamined(rules, rule, state, { command, by, posts, at })
    case 'decide-petition-supervision':
      return state.supervision === 'proposed'
        ? [
            {
              type: 'petition-supervision-decided',
              decision: command.decision,
              reason: command.reason,
            },
          ]
        : refuse('out-of-turn', 'HY-05', '没有待决定的督办建议')
    default:
      return never(command)
  }
}

/** Once, of at most so many days, while there is time left (GN-11). */
const requested = (
  rule: PetitionRules,
  { extension, closeBy }: PetitionState,
  { days, reason }: { readonly days: number; readonly reason: string },
  today: PlainDate,
): readonly Own[] | Refusal =>
  firstRefusal(
    extension && extension.outcome !== 'refused'
      ? refuse('conflict', 'GN-11', '办理期限只能延长一次')
      : undefined,
    days > rule.extendDays ? refuse('invalid', 'GN-11', `办理期限至多延长 ${rule.extendDays} 天`) : undefined,
    closeBy !== undefined && today > closeBy
      ? refuse('out-of-turn', 'GN-11', '办理期限已过,不能再延长')
      : undefined,
  ) ?? [{ type: 'petition-extension-requested', days, reason }]

/** 抽查信访办理质量 (HH-12): never by the unit that answered; a bad answer reopens the petition. */
const reexamined = (
  rules: Rules,
  rule: PetitionRules,
  { unit, answeredBy, reexamination }: PetitionState,
  { command, posts, at }: Given<Extract<PetitionCommand, { type: 'reexamine-petition' }>>,
): readonly Own[] | Refusal => {
  if (posts.some((post) => post.unit !== undefined && [unit, answeredBy].includes(post.unit)))
    return refuse('forbidden', 'GN-08', '承办单位不得复查自己办理的信访件')
  if (!reexamination) return refuse('out-of-turn', 'HH-12', '这件信访没有被抽中复查')
  if (command.verdict === 'good')
    return [{ type: 'petition-reexamined', verdict: 'good', reasons: command.reasons }]
  return command.reasons.trim()
    ? [
        {
          type: 'petition-reexamined',
          verdict: 'bad',
          reasons: command.reasons,
          closeBy: dueWithin(rules.calendar, dateOf(at), rule.reopen).date,
        },
      ]
    : refuse('invalid', 'HH-12', '请写明办理质量的问题')
}

const begin = (id: CaseId, { at, event }: { at: PetitionState['at']; event: Own }): PetitionState => {
  if (event.type !== 'petition-received') throw new TypeError(`${id}: ${event.type} before it was received`)
  const { type: _type, ...what } = event
  return {
    ...what,
    id,
    at,
    openedAt: at,
    phase: 'received',
    takenIn: [],
    chased: [],
    late: [],
    reopened: 0,
    supervision: 'none',
    recent: [],
  }
}

const apply = (
  state: PetitionState,
  { at, event }: { at: PetitionState['at']; event: Own },
): PetitionState => {
  switch (event.type) {
    case 'petition-received':
      throw new TypeError(`${state.id}: received twice`)
    case 'petition-accepted':
      return {
        ...state,
        phase: 'accepted',
        acceptedAt: at,
        closeBy: event.closeBy,
        originalCloseBy: event.closeBy,
      }
    case 'petition-declined':
      return { ...state, phase: 'declined', reply: event.reason, answeredAt: at, closedAt: at }
    case 'petition-assigned':
      return { ...state, phase: 'assigned', unit: event.unit }
    case 'petition-linked':
      return { ...state, problem: event.problem }
    case 'petition-answered': {
      const { type: _type, ...given } = event
      return { ...state, phase: 'answered', answer: given, reply: given.answer, answeredAt: at }
    }
    case 'petition-closed':
      return { ...state, phase: 'closed', closedAt: at }
    case 'petition-extension-requested':
      return { ...state, extension: { days: event.days, reason: event.reason, outcome: 'pending' } }
    case 'petition-extended':
      return {
        ...state,
        closeBy: event.closeBy,
        ...(state.extension && { extension: { ...state.extension, outcome: 'approved' } }),
      }
    case 'petition-extension-refused':
      return {
        ...state,
        ...(state.extension && { extension: { ...state.extension, outcome: 'refused' } }),
      }
    case 'petition-merged':
      return {
        ...state,
        phase: 'merged',
        mergedInto: event.into,
        phaseBeforeMerge: state.phase,
        closeBy: event.closeBy,
        originalCloseBy: state.originalCloseBy ?? event.closeBy,
        // Merging is accepting: it will be answered with the main one.
        acceptedAt: state.acceptedAt ?? at,
      }
    case 'petition-unmerged': {
      const { mergedInto: _mergedInto, phaseBeforeMerge, ...rest } = state
      return { ...rest, phase: phaseBeforeMerge === 'assigned' ? 'assigned' : 'accepted' }
    }
    case 'petition-taken-in':
      return { ...state, takenIn: [...state.takenIn, event.petition] }
    case 'petition-let-go':
      return { ...state, takenIn: state.takenIn.filter((id) => id !== event.petition) }
    case 'petition-answered-with-main':
      return {
        ...state,
        phase: 'merged-closed',
        reply: event.answer,
        ...(event.unit !== undefined && { answeredBy: event.unit }),
        answeredAt: at,
        closedAt: at,
      }
    case 'petition-chased':
      return { ...state, chased: [...state.chased, `${event.what} ${event.by}`] }
    case 'petition-late':
      return {
        ...state,
        late: [...state.late, `${event.what} ${event.by}`],
        lateSince: state.lateSince ?? at,
      }
    case 'reexamination-called':
      return { ...state, reexamination: { by: event.by, state: 'open' } }
    case 'reexamination-late':
      return { ...state, reexamination: { by: event.by, state: 'late' } }
    case 'petition-reexamined': {
      const { reexamination: _done, ...rest } = state
      if (event.verdict === 'good') return rest
      const { answer: _answer, reply: _reply, answeredAt: _answeredAt, closedAt: _closedAt, ...open } = rest
      return {
        ...open,
        phase: open.unit === undefined ? 'accepted' : 'assigned',
        ...(event.closeBy !== undefined && { closeBy: event.closeBy }),
        reopened: state.reopened + 1,
      }
    }
    case 'petition-supervision-proposed':
      return { ...state, supervision: 'proposed' }
    case 'petition-supervision-decided':
      return { ...state, supervision: event.decision === 'supervise' ? 'supervised' : 'declined' }
    default:
      return never(event)
  }
}

/** What a petition waits for: the decision to accept, then its answer and end, whether merged or not. */
const awaited = ({
  phase,
  acceptBy,
  closeBy,
}: PetitionState): { readonly what: PetitionStep; readonly by: PlainDate } | undefined => {
  switch (phase) {
    case 'received':
      return { what: 'accept', by: acceptBy }
    case 'accepted':
    case 'assigned':
    case 'answered':
    case 'merged':
      return closeBy === undefined ? undefined : { what: 'close', by: closeBy }
    case 'closed':
    case 'merged-closed':
    case 'declined':
      return undefined
    default:
      return never(phase)
  }
}

export const petitionDue = (state: PetitionState): PlainDate | undefined => awaited(state)?.by

const moments = (rules: Rules, state: PetitionState): readonly LightMoment<Own>[] => {
  const wait = awaited(state)
  const rule = rules.policy.petitions
  const { reexamination } = state
  const own: readonly LightMoment<Own>[] =
    wait && rule
      ? [
          ...(state.chased.includes(`${wait.what} ${wait.by}`)
            ? []
            : [
                {
                  at: morningOf(addDays(wait.by, -rule.chaseDays)),
                  clause: 'GN-11' as const,
                  rule: `距${PETITION_STEP_TITLES[wait.what]}的期限还有 ${rule.chaseDays} 天,催办`,
                  events: [{ type: 'petition-chased' as const, ...wait }],
                },
              ]),
          ...(state.late.includes(`${wait.what} ${wait.by}`)
            ? []
            : [
                {
                  at: endOfDay(wait.by),
                  clause: 'GN-11' as const,
                  rule: `到期未${PETITION_STEP_TITLES[wait.what]}`,
                  events: [{ type: 'petition-late' as const, ...wait }],
                },
              ]),
        ]
      : []
  return reexamination?.state === 'open'
    ? [
        ...own,
        {
          at: endOfDay(reexamination.by),
          clause: 'HH-12',
          rule: '抽中的信访件到期未复查',
          events: [{ type: 'reexamination-late', by: reexamination.by }],
        },
      ]
    : own
}

/** So many repeats of one matter: supervision is proposed, a person decides (HY-05). */
const react = (rules: Rules, state: PetitionState, event: Own): readonly LightReaction<Own>[] => {
  const repeats = state.takenIn.length + 1
  return event.type === 'petition-taken-in' &&
    state.supervision === 'none' &&
    repeats >= (rules.policy.petitions?.superviseAt ?? Number.POSITIVE_INFINITY)
    ? [
        {
          event: { type: 'petition-supervision-proposed', repeats },
          clause: 'HY-05',
          rule: `同一问题重复投诉 ${repeats} 件,建议督查督办`,
        },
      ]
    : []
}

/** 信访件 (JN-19, YZ-14, HY-05, GN-11) */
export const petitionLife = lightKind<PetitionState, PetitionOpening, PetitionCommand, Own>({
  clause: 'GN-11',
  titles: PETITION_TITLES,
  permissions: {
    'receive-petition': 'anyone',
    'accept-petition': OFFICE,
    'decline-petition': OFFICE,
    'assign-petition': OFFICE,
    'link-petition': OFFICE,
    'answer-petition': ['unit-clerk', 'unit-head'],
    'close-petition': OFFICE,
    'request-petition-extension': ['unit-clerk', 'unit-head'],
    'decide-petition-extension': ['office-head'],
    'merge-petition': OFFICE,
    'unmerge-petition': OFFICE,
    'take-in-petition': 'machine',
    'let-go-petition': 'machine',
    'answer-merged-petition': 'machine',
    'call-reexamination': 'machine',
    'reexamine-petition': ['coordinator', 'office-head', 'discipline'],
    'decide-petition-supervision': ['office-head', 'leader'],
  },
  units: ({ unit }) => (unit === undefined ? [] : [unit]),
  opening: 'receive-petition',
  open,
  answer,
  begin,
  apply,
  moments,
  react,
})
