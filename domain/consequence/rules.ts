import { dateOf, endOfDay } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { morningOf, spanBefore } from '../case/moment.js'
import type { Rules } from '../context.js'
import type { OwnEvent } from '../kinds/kind.js'
import { type Given, type LightMoment, type LightReaction, lightKind } from '../kinds/light.js'
import { fenOf, type Money } from '../money.js'
import { type Author, OFFICE } from '../parties.js'
import type { ConsequenceRules } from '../policy.js'
import { firstRefusal, isRefusal, never, type Refusal, refuse } from '../refusal.js'
import type { CaseId, Clause, PersonId } from '../words.js'
import { compensationFor, exceedance, isOver } from './reading.js'
import {
  CONSEQUENCE_PHASE_TITLES,
  type ConsequenceCommand,
  type ConsequenceEvent,
  type ConsequenceOpening,
  type ConsequencePhase,
  type ConsequenceSort,
  type ConsequenceState,
  type MarkGroundGone,
  SORT_TITLES,
} from './types.js'

export const CONSEQUENCE_TITLES: Readonly<
  Record<ConsequenceOpening['type'] | ConsequenceCommand['type'], string>
> = {
  'propose-consequence': '提出处理建议',
  'review-excuse': '尽职免责审查',
  'decide-consequence': '决定处理',
  'record-payment': '登记缴款',
  'appeal-consequence': '申诉',
  'decide-appeal': '决定申诉',
  'cancel-consequence': '撤销处理',
  'record-refund': '登记退款',
  'mark-ground-gone': '标明理由已不存在',
  'raise-removal': '提请任免机关',
  'record-removal-decision': '登记任免机关的决定',
}

type Own = OwnEvent<ConsequenceEvent>

export const SORT_CLAUSE: Readonly<Record<ConsequenceSort, Clause>> = {
  penalty: 'HH-09',
  compensation: 'HH-11',
  removal: 'HH-10',
}

const ruleOf = ({ policy }: Rules): ConsequenceRules | Refusal =>
  policy.consequences ?? refuse('conflict', 'HH-09', '本市规则没有写处罚和补偿的标准,请先补充规则')

const open = (rules: Rules, { command, posts, at }: Given<ConsequenceOpening>): readonly Own[] | Refusal => {
  const rule = ruleOf(rules)
  if (isRefusal(rule)) return rule
  if (posts.some(({ unit }) => unit === command.unit))
    return refuse('forbidden', 'GN-08', '不得对本单位提出处理建议')
  const { caseId: _caseId, type: _type, ...what } = command
  const { round, policy, calendar, unit, facts, evidence, problem, ground } = what
  const common = {
    type: 'consequence-proposed',
    round,
    policy,
    calendar,
    unit,
    facts,
    evidence,
    ...(problem !== undefined && { problem }),
    ...(ground && { ground }),
  } as const
  switch (what.sort) {
    case 'penalty': {
      const found = rule.penalties.find(({ cause }) => cause === what.cause)
      return found
        ? [{ ...common, sort: 'penalty', cause: found.cause, amount: found.amount }]
        : refuse(
            'invalid',
            'HH-09',
            `规则的处罚标准里没有“${what.cause}”,现有:${rule.penalties.map(({ cause }) => cause).join('、') || '(无)'}`,
          )
    }
    case 'compensation': {
      const { reading } = what
      if (exceedance(reading) === undefined)
        return refuse('invalid', 'HH-11', '监测值和标准限值应写成数字,如 1.25')
      if (reading.measuredOn > dateOf(at)) return refuse('invalid', 'HH-11', '监测日期不能晚于今天')
      const amount = compensationFor(reading, rule.compensation)
      return [
        {
          ...common,
          sort: 'compensation',
          cause: `${reading.section}${reading.pollutant} ${reading.value},限值 ${reading.limit}`,
          reading,
          ...(amount && { amount }),
        },
      ]
    }
    case 'removal': {
      const first = rule.removalFirst.causes.includes(what.cause)
      const { cause, person, post, investigation } = what
      // 先免职,再调查处理: only for the causes the rules name; for any other the investigation comes first.
      if (!first && investigation === undefined)
        return refuse('out-of-turn', 'HH-10', `“${cause}”不在先免职之列,须先调查核实,再提出免职建议`)
      return [
        {
          ...common,
          sort: 'removal',
          cause,
          person,
          post,
          removalFirst: first ? 'first' : 'after-investigation',
          ...(investigation !== undefined && { investigation }),
        },
      ]
    }
    default:
      return never(what)
  }
}

/** In which phases a command has its turn. */
const TURN: Readonly<Record<ConsequenceCommand['type'], readonly ConsequencePhase[]>> = {
  'review-excuse': ['proposed'],
  'decide-consequence': ['proposed', 'reviewed'],
  'record-payment': ['imposed'],
  'appeal-consequence': ['imposed'],
  'decide-appeal': ['imposed'],
  'cancel-consequence': ['imposed'],
  'record-refund': ['refunding'],
  'mark-ground-gone': ['proposed', 'reviewed', 'imposed', 'paid'],
  'raise-removal': ['proposed', 'reviewed'],
  'record-removal-decision': ['raised'],
}

const answer = (
  rules: Rules,
  state: ConsequenceState,
  given: Given<ConsequenceCommand>,
): readonly Own[] | Refusal => {
  const { command, by, posts, at } = given
  const rule = ruleOf(rules)
  if (isRefusal(rule)) return rule
  const clause = SORT_CLAUSE[state.sort]
  if (command.type === 'appeal-consequence') return appealed(state, { ...given, command })
  // Whoever it concerns neither reviews, decides nor excuses (GN-08).
  if (posts.some(({ unit }) => unit === state.unit))
    return refuse('forbidden', 'GN-08', `${state.unit}的人不得办理对本单位的处理`)
  if (!TURN[command.type].includes(state.phase) && !isOwedBack(state, command.type))
    return outOfTurn(state, command.type)
  const baseless = withoutGround(state, command)
  if (baseless) return baseless
  switch (command.type) {
    case 'review-excuse': {
      if (by.kind !== 'person') return refuse('forbidden', 'HY-10', '免责审查由人作出')
      if (isProposer(state, by)) return refuse('forbidden', 'GN-08', '提出建议的人不得作免责审查')
      const { type: _type, ...review } = command
      return [{ type: 'excuse-reviewed', ...review }]
    }
    case 'decide-consequence':
      return decided(rules, rule, state, { ...given, command })
    case 'record-payment':
      return paid(state, command, clause, dateOf(at))
    case 'decide-appeal':
      return appealDecided(state, { ...given, command })
    case 'cancel-consequence':
      return cancelled(state, { ...given, command })
    case 'record-refund':
      return command.refundedOn > dateOf(at)
        ? refuse('invalid', clause, '退款日期不能晚于今天')
        : [
            {
              type: 'refund-recorded',
              amount: fenOf(paidSoFar(state)),
              receipt: command.receipt,
              refundedOn: command.refundedOn,
            },
          ]
    case 'mark-ground-gone':
      return groundGone(state, command)
    case 'raise-removal':
      return state.sort === 'removal'
        ? [{ type: 'removal-raised', authority: command.authority, letter: command.letter }]
        : refuse('conflict', clause, `${SORT_TITLES[state.sort]}不须提请任免机关`)
    case 'record-removal-decision': {
      const { type: _type, ...decision } = command
      return (
        firstRefusal(
          by.kind === 'person' ? undefined : refuse('forbidden', 'HH-10', '任免由任免机关决定,系统不作决定'),
          state.authority === decision.authority
            ? undefined
            : refuse('invalid', 'HH-10', `已提请${state.authority ?? ''},应登记该机关的决定`),
          decision.document.trim()
            ? undefined
            : refuse('invalid', 'HH-10', '任免须有决定机关的文号,没有文号不得登记'),
          decision.decidedOn > dateOf(at) ? refuse('invalid', 'HH-10', '决定日期不能晚于今天') : undefined,
        ) ?? [{ type: 'removal-decided', ...decision }]
      )
    }
    default:
      return never(command)
  }
}

const isProposer = ({ proposedBy }: ConsequenceState, by: Author): boolean =>
  by.kind === 'person' && proposedBy === by.person

/** By a person, never the proposer, never before the review of excuse (HH-09, HY-10, GN-08). */
const decided = (
  rules: Rules,
  rule: ConsequenceRules,
  state: ConsequenceState,
  { command, by, at }: Given<Extract<ConsequenceCommand, { type: 'decide-consequence' }>>,
): readonly Own[] | Refusal => {
  const { sort, review, amount } = state
  if (by.kind !== 'person') return refuse('forbidden', SORT_CLAUSE[sort], '处理由人决定,系统只提建议')
  if (isProposer(state, by)) return refuse('forbidden', 'GN-08', '提出建议的人不得作决定')
  if (by.person === review?.by) return refuse('forbidden', 'GN-08', '作免责审查的人不得作决定')
  const { decision, reason } = command
  if (sort !== 'removal' && !review && !state.groundGone)
    return refuse('out-of-turn', 'HY-10', '还没有作尽职免责审查,不能决定处理', {
      act: 'review-excuse',
      title: CONSEQUENCE_TITLES['review-excuse'],
    })
  if (decision === 'drop') return [{ type: 'consequence-decided', decision, reason }]
  if (sort === 'removal' || amount === undefined)
    return refuse('conflict', 'HH-10', '免职由任免机关决定,请提请任免机关', {
      act: 'raise-removal',
      title: CONSEQUENCE_TITLES['raise-removal'],
    })
  if (review?.result === 'excused') return refuse('conflict', 'HY-10', '审查认定尽职免责,不予处理')
  const fen = decision === 'reduce' ? command.fen : amount.fen
  const refusal = firstRefusal(
    review?.result === 'partly' && decision === 'impose'
      ? refuse('conflict', 'HY-10', '审查认定部分免责,应减轻处理')
      : undefined,
    fen === undefined || fen <= 0 || fen > amount.fen
      ? refuse('invalid', SORT_CLAUSE[sort], '减轻后的金额应大于零、不高于标准')
      : undefined,
  )
  if (refusal || fen === undefined) return refusal ?? []
  return [
    {
      type: 'consequence-decided',
      decision,
      reason,
      amount: fenOf(fen),
      payBy: dueWithin(rules.calendar, dateOf(at), rule.payWithin).date,
    },
  ]
}

const outOfTurn = (state: ConsequenceState, type: ConsequenceCommand['type']): Refusal =>
  refuse(
    'out-of-turn',
    SORT_CLAUSE[state.sort],
    `现在是“${CONSEQUENCE_PHASE_TITLES[state.phase]}”,不能“${CONSEQUENCE_TITLES[type]}”`,
  )

/** 申诉: once, by the head of the unit it was imposed on. What was decided is carried out meanwhile. */
const appealed = (
  state: ConsequenceState,
  { command, by, posts }: Given<Extract<ConsequenceCommand, { type: 'appeal-consequence' }>>,
): readonly Own[] | Refusal => {
  if (by.kind !== 'person' || !posts.some(({ role, unit }) => role === 'unit-head' && unit === state.unit))
    return refuse('forbidden', 'HY-10', `申诉由${state.unit}主要负责人提出`)
  if (state.phase !== 'imposed') return outOfTurn(state, command.type)
  if (state.appeal !== undefined) return refuse('conflict', 'HY-10', '已经申诉过,不重复受理')
  const { type: _type, ...what } = command
  return [{ type: 'consequence-appealed', ...what }]
}

/** By a person who has neither proposed nor decided it (GN-08). */
const appealDecided = (
  state: ConsequenceState,
  { command, by }: Given<Extract<ConsequenceCommand, { type: 'decide-appeal' }>>,
): readonly Own[] | Refusal => {
  if (by.kind !== 'person') return refuse('forbidden', 'HY-10', '申诉由人决定')
  if (state.appeal !== 'pending') return refuse('out-of-turn', 'HY-10', '没有待决定的申诉')
  if (isProposer(state, by) || by.person === state.decidedBy)
    return refuse('forbidden', 'GN-08', '提出建议的人、作出原决定的人不得决定申诉')
  const { decision, reason, fen } = command
  if (decision !== 'reduce') return [{ type: 'appeal-decided', decision, reason }]
  if (fen === undefined || fen >= (state.amount?.fen ?? 0) || fen < paidSoFar(state))
    return refuse('invalid', SORT_CLAUSE[state.sort], '减轻后的金额应低于原定、不低于已缴;应全部退还的请撤销')
  return [{ type: 'appeal-decided', decision, reason, amount: fenOf(fen) }]
}

/** 撤销: by a document of whoever may decide; what was paid is to be given back. */
const cancelled = (
  state: ConsequenceState,
  { command, by }: Given<Extract<ConsequenceCommand, { type: 'cancel-consequence' }>>,
): readonly Own[] | Refusal =>
  firstRefusal(
    by.kind === 'person' ? undefined : refuse('forbidden', SORT_CLAUSE[state.sort], '撤销由人决定'),
    command.document.trim() ? undefined : refuse('invalid', SORT_CLAUSE[state.sort], '撤销须有文号'),
    state.appeal === 'pending'
      ? refuse('out-of-turn', 'HY-10', '有申诉待决定,请在申诉中一并决定', {
          act: 'decide-appeal',
          title: CONSEQUENCE_TITLES['decide-appeal'],
        })
      : undefined,
  ) ?? [{ type: 'consequence-cancelled', reason: command.reason, document: command.document }]

/** What was paid on a ranking corrected since is still to be cancelled, and given back. */
const isOwedBack = (
  { phase, groundGone: gone }: ConsequenceState,
  type: ConsequenceCommand['type'],
): boolean => phase === 'paid' && gone !== undefined && type === 'cancel-consequence'

/** Of what has no ground any more nothing is imposed or upheld; that it ends is decided by a person (HH-08). */
const withoutGround = (
  { groundGone: gone, phase }: ConsequenceState,
  command: ConsequenceCommand,
): Refusal | undefined => {
  if (!gone) return undefined
  const refused = (act: ConsequenceCommand['type'], what: string): Refusal =>
    refuse('conflict', 'HH-08', `${gone.period}排名第 ${gone.version} 版已更正,处理的理由不存在;请${what}`, {
      act,
      title: CONSEQUENCE_TITLES[act],
    })
  if (command.type === 'decide-consequence' && command.decision !== 'drop')
    return refused('decide-consequence', '决定不予处理')
  if (command.type === 'decide-appeal' && command.decision !== 'cancel')
    return refused('decide-appeal', '在申诉中撤销')
  return command.type === 'record-payment' && phase === 'imposed'
    ? refused('cancel-consequence', '撤销处理,不再收缴')
    : undefined
}

const groundGone = (
  { ground, groundGone: gone, unit, cause }: ConsequenceState,
  { type: _type, unit: whose, cause: why, ...what }: MarkGroundGone,
): readonly Own[] | Refusal => {
  if (ground?.period !== what.period || unit !== whose || cause !== why || what.version <= ground.version)
    return refuse('conflict', 'HH-08', '不是据此次排名提出的')
  return gone ? refuse('conflict', 'HH-08', '已经标明理由不存在') : [{ type: 'ground-gone', ...what }]
}

const paidSoFar = ({ payments }: ConsequenceState): number =>
  payments.reduce((sum, { amount }) => sum + amount.fen, 0)

/** What is still to be paid; nothing when it was not imposed. */
export const outstanding = (state: ConsequenceState): Money | undefined =>
  state.phase === 'imposed' && state.amount ? fenOf(state.amount.fen - paidSoFar(state)) : undefined

const paid = (
  state: ConsequenceState,
  { fen, receipt, paidOn }: Extract<ConsequenceCommand, { type: 'record-payment' }>,
  clause: Clause,
  today: string,
): readonly Own[] | Refusal =>
  firstRefusal(
    receipt.trim() ? undefined : refuse('invalid', clause, '请填写缴款票据号'),
    paidOn > today ? refuse('invalid', clause, '缴款日期不能晚于今天') : undefined,
    state.payments.some((payment) => payment.receipt === receipt)
      ? refuse('conflict', clause, `票据 ${receipt} 已经登记`)
      : undefined,
    fen > (outstanding(state)?.fen ?? 0) ? refuse('invalid', clause, '缴款超过应缴金额') : undefined,
  ) ?? [{ type: 'payment-recorded', amount: fenOf(fen), receipt, paidOn }]

const begin = (
  id: CaseId,
  { at, by, event }: { at: ConsequenceState['at']; by: Author; event: Own },
): ConsequenceState => {
  if (event.type !== 'consequence-proposed')
    throw new TypeError(`${id}: ${event.type} before it was proposed`)
  const { type: _type, evidence: _evidence, ...what } = event
  return {
    ...what,
    id,
    at,
    openedAt: at,
    phase: 'proposed',
    payments: [],
    chased: false,
    recent: [],
    ...proposerOf(by),
  }
}

const proposerOf = (by: Author): { readonly proposedBy?: PersonId } =>
  by.kind === 'person' ? { proposedBy: by.person } : {}

const apply = (
  state: ConsequenceState,
  { at, by, event }: { at: ConsequenceState['at']; by: Author; event: Own },
): ConsequenceState => {
  switch (event.type) {
    case 'consequence-proposed':
      throw new TypeError(`${state.id}: proposed twice`)
    case 'excuse-reviewed':
      return {
        ...state,
        phase: 'reviewed',
        review: { result: event.result, ...(by.kind === 'person' && { by: by.person }) },
      }
    case 'consequence-decided':
      return event.decision === 'drop'
        ? { ...state, phase: 'dropped', endedAt: at }
        : {
            ...state,
            phase: 'imposed',
            ...(event.amount && { amount: event.amount }),
            ...(event.payBy !== undefined && { payBy: event.payBy }),
            ...(by.kind === 'person' && { decidedBy: by.person }),
          }
    case 'payment-recorded':
      return { ...state, payments: [...state.payments, { amount: event.amount, receipt: event.receipt }] }
    case 'payment-complete':
      return { ...state, phase: 'paid', endedAt: at }
    case 'reading-recorded':
      return { ...state, phase: 'recorded', endedAt: at }
    case 'consequence-appealed':
      return { ...state, appeal: 'pending' }
    case 'appeal-decided': {
      const after = { ...state, appeal: 'decided' as const, ...(event.amount && { amount: event.amount }) }
      return event.decision === 'cancel' ? undone(after, at) : after
    }
    case 'consequence-cancelled':
      return undone(state, at)
    case 'refund-recorded':
      return { ...state, phase: 'cancelled', endedAt: at }
    case 'ground-gone': {
      const { type: _type, ...gone } = event
      const { endedAt: _ended, ...open } = state
      return { ...open, groundGone: gone }
    }
    case 'payment-chased':
      return { ...state, chased: true }
    case 'payment-late':
      return { ...state, lateSince: at }
    case 'removal-raised':
      return { ...state, phase: 'raised', authority: event.authority }
    case 'removal-decided':
      return { ...state, phase: 'removal-decided', endedAt: at }
    default:
      return never(event)
  }
}

/** Nothing is owed any more; what was paid is owed back. */
const undone = (state: ConsequenceState, at: ConsequenceState['at']): ConsequenceState =>
  state.payments.length > 0 ? { ...state, phase: 'refunding' } : { ...state, phase: 'cancelled', endedAt: at }

const moments = (rules: Rules, state: ConsequenceState): readonly LightMoment<Own>[] => {
  const { phase, payBy, chased, lateSince } = state
  const rule = rules.policy.consequences
  if (phase !== 'imposed' || payBy === undefined || !rule || state.groundGone) return []
  const clause = SORT_CLAUSE[state.sort]
  return [
    ...(chased
      ? []
      : [
          {
            at: morningOf(spanBefore(rules.calendar, payBy, rule.chase)),
            clause,
            rule: '缴款期限将到,催缴',
            events: [{ type: 'payment-chased' as const, by: payBy }],
          },
        ]),
    ...(lateSince === undefined
      ? [
          {
            at: endOfDay(payBy),
            clause,
            rule: '到期未缴清',
            events: [{ type: 'payment-late' as const, by: payBy }],
          },
        ]
      : []),
  ]
}

const react = (_rules: Rules, state: ConsequenceState, event: Own): readonly LightReaction<Own>[] => {
  if (event.type === 'consequence-proposed' && event.reading && !event.amount)
    return [
      {
        event: { type: 'reading-recorded', how: isOver(event.reading) ? 'below-table' : 'within-limit' },
        clause: 'HH-11',
        rule: '监测值不产生补偿,登记在案',
      },
    ]
  return (event.type === 'payment-recorded' || event.type === 'appeal-decided') &&
    outstanding(state)?.fen === 0
    ? [{ event: { type: 'payment-complete' }, clause: SORT_CLAUSE[state.sort], rule: '缴清,办结' }]
    : []
}

/** 经济处罚、水质超标补偿、免职建议 (HH-09, HH-10, HH-11, HY-10) */
export const consequenceLife = lightKind<ConsequenceState, ConsequenceOpening, ConsequenceCommand, Own>({
  clause: 'HH-09',
  titles: CONSEQUENCE_TITLES,
  permissions: {
    'propose-consequence': ['coordinator', 'office-head', 'unit-clerk', 'unit-head', 'leader'],
    'review-excuse': ['discipline', 'deputy-secretary-general', 'leader'],
    'decide-consequence': ['leader', 'secretary', 'mayor'],
    'record-payment': OFFICE,
    'appeal-consequence': ['unit-head'],
    'decide-appeal': ['leader', 'secretary', 'mayor'],
    'cancel-consequence': ['leader', 'secretary', 'mayor'],
    'record-refund': OFFICE,
    'mark-ground-gone': 'machine',
    'raise-removal': ['coordinator', 'office-head', 'secretary', 'mayor'],
    'record-removal-decision': ['coordinator', 'office-head', 'discipline'],
  },
  units: (state, type) => (type === 'appeal-consequence' ? [state.unit] : []),
  opening: 'propose-consequence',
  open,
  answer,
  begin,
  apply,
  moments,
  react,
})
