import { addDays, dateOf, endOfDay } from '../calendar/dates.js'
import type { CaseState } from '../case/state.js'
import { stepNow } from '../closing/chain.js'
import type { Rules } from '../context.js'
import { isFor, rungOf } from '../ladder/rungs.js'
import { RUNG_TITLES } from '../policy.js'
import { canonical } from '../record/chain.js'
import { firstRefusal, type Refusal, refuse } from '../refusal.js'
import { awaitedPeriod, returnDueAt } from '../returns/period.js'
import type { Instant, PlainDate } from '../words.js'
import type { Adjusted, Adoption, GivenDate, MovedDate } from './types.js'

/** Steps already completed stay completed: a chain may change behind the step whose turn it is, never before it. */
const closingObstacle = (rules: Rules, next: Rules, state: CaseState): Refusal | undefined => {
  const { closing } = state
  const step = stepNow(rules, state)
  if (!closing || !step) return undefined
  const ids = (chain: Rules['policy']['closing']['chain']) =>
    chain.slice(0, closing.step + 1).map(({ id, kind }) => `${kind} ${id}`)
  const back = { act: 'withdraw-closing', title: '撤回销号申请' }
  if (canonical(ids(rules.policy.closing.chain)) !== canonical(ids(next.policy.closing.chain))) {
    return refuse(
      'conflict',
      'CD-05',
      `销号已办到“${step.title}”,新规则到这一关为止的程序不同;请先撤回或退回,也可待本轮办结后改用`,
      back,
    )
  }
  const asNew = next.policy.closing.chain[closing.step]
  if (closing.votes.length > 0 && canonical(asNew) !== canonical(step)) {
    return refuse('conflict', 'CD-05', `“${step.title}”已有人签署,这一关的规则有变;请待这一关办结后改用`)
  }
  const gone = closing.added.find(({ step: id }) => !next.policy.closing.chain.some((one) => one.id === id))
  return gone && refuse('conflict', 'GN-10', '已加签的一关在新规则里没有了,请待本轮办结后改用', back)
}

/** A draft that nobody could decide any more, a rung nobody could release: first the decision, then the new rules. */
const ladderObstacle = (_rules: Rules, next: Rules, state: CaseState): Refusal | undefined => {
  const { rungs } = state.ladder
  const drafted = rungs.find((rung) => rung.state === 'drafted')
  const rule = drafted && rungOf(next.policy, state, drafted.rung)
  if (drafted && (!rule || rule.by === 'engine')) {
    return refuse(
      'conflict',
      'CD-11',
      `“${RUNG_TITLES[drafted.rung]}”还待决定,新规则没有人决定这一级;请先作出决定`,
      {
        act: 'decide-rung',
        title: '决定督办措施',
      },
    )
  }
  const raised = rungs.find((one) => one.state === 'raised' && !rungOf(next.policy, state, one.rung))
  return (
    raised &&
    refuse('conflict', 'GN-05', `“${RUNG_TITLES[raised.rung]}”尚未解除,新规则没有这一级;请先解除`, {
      act: 'release-rung',
      title: '解除督办措施',
    })
  )
}

const given = (
  key: string,
  title: string,
  date: PlainDate,
  countedFrom: PlainDate,
  moves: GivenDate['moves'] = 'either-way',
): GivenDate => ({ key, title, date, countedFrom, moves })

/** Days of handing over that are still to come: what was missed stays missed. */
const handoverDates = ({ policy }: Rules, { handover, plan }: CaseState): readonly GivenDate[] => {
  if (!handover) return []
  const from = dateOf(handover.at)
  const { acknowledge, casePlan } = policy.handover
  return [
    ...(acknowledge.of === 'working' && !handover.acknowledgedAt && !handover.acknowledgementMissed
      ? [given('acknowledgeBy', '签收', handover.acknowledgeBy, handover.acknowledgeFrom ?? from)]
      : []),
    ...(casePlan.of === 'working' && !plan && !handover.planMissed
      ? [given('planBy', '报送整改方案', handover.planBy, from)]
      : []),
  ]
}

/** 立行立改 has its day in working days; a day that was extended to was named by people and stays. */
const deadlineDates = ({ policy }: Rules, { handover, deadline, phase }: CaseState): readonly GivenDate[] => {
  if (!handover || !deadline || policy.classes.immediate.of !== 'working') return []
  const from = dateOf(handover.at)
  const { class: kind, due, original, immediateBy, immediateConfirmedAt, overdue } = deadline
  const fell = (target: string) => overdue.some((late) => late.target === target)
  if (kind === 'immediate' && original !== undefined && phase !== 'closed' && !fell('case'))
    return [
      given('original', '原定整改时限', original, from),
      ...(due === original ? [given('due', '整改时限', due, from)] : []),
    ]
  return immediateBy !== undefined && !immediateConfirmedAt && !fell('immediate')
    ? [given('immediateBy', '立行立改', immediateBy, from)]
    : []
}

const noticeDates = (rules: Rules, state: CaseState): readonly GivenDate[] => {
  const step = stepNow(rules, state)
  const notice = state.closing?.notice
  if (step?.kind !== 'notice' || !notice) return []
  const from = step.counting === 'from-first-day' ? addDays(notice.postedOn, -1) : notice.postedOn
  return [
    ...(step.period.of === 'working' ? [given('notice', '公示期满', notice.until, from, 'later-only')] : []),
    ...notice.objections.flatMap(({ answerBy, lodgedOn, decision, late }, index) =>
      step.objection.answer.of === 'working' && lodgedOn !== undefined && !decision && !late
        ? [given(`objection:${index}`, '答复异议', answerBy, lodgedOn)]
        : [],
    ),
  ]
}

const matterDates = ({ policy }: Rules, { matters }: CaseState): readonly GivenDate[] =>
  matters.flatMap(({ acknowledgeBy, reportedOn, state }, index) =>
    policy.matters.acknowledgeWithin.of === 'working' && state === 'open' && reportedOn !== undefined
      ? [given(`matter:${index}`, '签收重大事项', dateOf(acknowledgeBy), reportedOn)]
      : [],
  )

const replaced = <T>(list: readonly T[], index: number, change: Partial<T>): readonly T[] =>
  list.map((item, at) => (at === index ? { ...item, ...change } : item))

const redated = (state: CaseState, { key, to }: MovedDate): CaseState => {
  const { handover, deadline, closing } = state
  const [name = '', place = ''] = key.split(':')
  switch (name) {
    case 'acknowledgeBy':
    case 'planBy':
      return handover ? { ...state, handover: { ...handover, [name]: to } } : state
    case 'original':
    case 'due':
    case 'immediateBy':
      return deadline ? { ...state, deadline: { ...deadline, [name]: to } } : state
    case 'notice':
      return closing?.notice
        ? { ...state, closing: { ...closing, notice: { ...closing.notice, until: to } } }
        : state
    case 'objection': {
      if (!closing?.notice) return state
      const objections = replaced(closing.notice.objections, Number(place), { answerBy: to })
      return { ...state, closing: { ...closing, notice: { ...closing.notice, objections } } }
    }
    case 'matter':
      return { ...state, matters: replaced(state.matters, Number(place), { acknowledgeBy: endOfDay(to) }) }
    default:
      return state
  }
}

/** Each rung at most once a round, none skipped without a signed decision: the decision to go over is one (CD-11, GN-05). */
const ladderAfter = (rules: Rules, next: Rules, state: CaseState): Adjusted['ladder'] => {
  const { ladder } = state
  if (canonical(rules.policy.ladder) === canonical(next.policy.ladder) || ladder.claimed < 0) return undefined
  const called = new Set(
    rules.policy.ladder
      .slice(0, ladder.claimed + 1)
      .filter((rung) => isFor(rung, state))
      .map(({ id }) => id),
  )
  const taken = new Set(ladder.rungs.map(({ rung }) => rung))
  const claimed = next.policy.ladder.findLastIndex((rung) => isFor(rung, state) && called.has(rung.id))
  const passedOver = next.policy.ladder
    .slice(0, claimed + 1)
    .filter((rung) => isFor(rung, state))
    .map(({ id }) => id)
    .filter((id) => !called.has(id) && !taken.has(id))
  return { claimed, passedOver }
}

/** Another rhythm, or a due day that would lie in the past: returns begin anew, and nobody is late by the change alone. */
const returnsAfter = (rules: Rules, next: Rules, state: CaseState, at: Instant): Adjusted['returns'] => {
  const awaited = awaitedPeriod(next, state)
  if (awaited === undefined) return undefined
  const other = canonical(rules.policy.returns) !== canonical(next.policy.returns)
  return other || returnDueAt(next, awaited) <= at ? 'anew' : undefined
}

export const adoptionOfCase: Adoption<CaseState> = {
  dates: (rules, state) => [
    ...handoverDates(rules, state),
    ...deadlineDates(rules, state),
    ...noticeDates(rules, state),
    ...matterDates(rules, state),
  ],
  redated,
  obstacle: (rules, next, state) =>
    firstRefusal(closingObstacle(rules, next, state), ladderObstacle(rules, next, state)),
  adjusted: (rules, next, state, at) => {
    const ladder = ladderAfter(rules, next, state)
    const returns = returnsAfter(rules, next, state, at)
    return { ...(ladder && { ladder }), ...(returns && { returns }) }
  },
  adjust: (state, { ladder, returns }, at) => ({
    ...state,
    ...(ladder && {
      ladder: {
        ...state.ladder,
        claimed: ladder.claimed,
        rungs: [
          ...state.ladder.rungs,
          ...ladder.passedOver.map((rung) => ({
            rung,
            state: 'skipped' as const,
            at,
            cause: '改用新规则时已越过这一级',
          })),
        ],
      },
    }),
    ...(returns && state.returns.from !== undefined && { returns: { ...state.returns, from: at } }),
  }),
}
