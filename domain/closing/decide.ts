import { fullDay } from '../calendar/chinese.js'
import { addDays, dateOf, lastDayOfMonth } from '../calendar/dates.js'
import { nextWorkingDay } from '../calendar/working-days.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { CaseEvent } from '../case/events.js'
import { evolve } from '../case/evolve.js'
import type { CaseState, ClosingState } from '../case/state.js'
import type { Rules } from '../context.js'
import { lowered } from '../lookback/criteria.js'
import { unaccounted } from '../oversight/observers.js'
import { type Actor, type Chair, SEAT_TITLES } from '../parties.js'
import { answersFor, authorOf, chairKey, type Sitting, sitting } from '../people/chairs.js'
import { permitted, seated } from '../permission/command.js'
import type { FilingStep, NoticeStep, SignOffStep, Step } from '../policy.js'
import { firstRefusal, isRefusal, never, type Refusal, refuse } from '../refusal.js'
import type { Instant, PlainDate, Sha256 } from '../words.js'
import { chairsOfStep, chairsWhoseTurn, stepNow } from './chain.js'
import { lapsedSignOffs } from './lapse.js'
import { sealOf, withEvidence } from './seal.js'

const CHASE = { act: 'chase', title: '催办' }

/** 提请销号: the checklist is met, the evidence in; a first step that is the unit's own is signed with it (YZ-05, HH-05). */
export const submitClosing = ({ rules, state, command, actor, at }: Asked<'submit-closing'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (state.phase !== 'rectifying') {
    return refuse(
      'out-of-turn',
      'CD-05',
      state.closing ? '销号正在办理,不必重复提请' : '整改尚未开始或已经销号',
    )
  }
  const { checklist, chain } = rules.policy.closing
  const unmet = checklist.points.find(
    (point) => !command.checklist.some((mark) => mark.point === point && mark.met === 'met'),
  )
  if (unmet !== undefined) return refuse('invalid', checklist.clause, `“${unmet}”尚未做到,不得上报`)
  if (state.nodes.some(({ completedAt }) => !completedAt)) {
    return refuse('out-of-turn', 'JN-05', '还有节点未完成,不能提请销号', {
      act: 'complete-node',
      title: '完成节点',
    })
  }
  if (state.deadline?.class === 'mixed' && !state.deadline.immediateConfirmedAt) {
    return refuse('out-of-turn', 'JN-04', '立行立改尚未确认,不能提请销号', {
      act: 'confirm-immediate',
      title: '确认立行立改',
    })
  }
  const evidence = withEvidence(state.evidence, command.evidence)
  const [first] = chain
  if (first?.kind === 'sign-off' && first.evidence === 'required' && evidence.length === 0) {
    return refuse('invalid', first.clause, '没有整改材料,不能提请销号')
  }
  const submitted: CaseEvent = {
    type: 'closing-submitted',
    closing: state.closings.begun + 1,
    statement: command.statement,
    checklist: command.checklist,
    evidence: command.evidence,
    seal: sealOf(evidence),
    ...collection(rules, dateOf(at)),
  }
  const after = evolve(state.id, state, { at, by: authorOf(actor, seat), event: submitted })
  const own = signsWithSubmission(rules, after, actor, at)
  return own
    ? done(
        seat,
        actor,
        submitted,
        signature(after, own.step, own.seat, {
          saw: after.seal,
          opinion: command.statement,
          findings: [],
        }),
      )
    : done(seat, actor, submitted)
}

/** 集中受理: the first of the policy's days from today on, off a holiday the next working day. */
const collection = ({ policy, calendar }: Rules, today: PlainDate): { readonly collectedOn?: PlainDate } => {
  const { collected } = policy.closing
  if (!collected) return {}
  for (let day = addDays(today, -COLLECTION_SLIPS), steps = 0; steps < FURTHEST_COLLECTION; steps += 1) {
    const ofMonth = Number(day.slice(8))
    const last = Number(lastDayOfMonth(day).slice(8))
    if (collected.days.some((wanted) => Math.min(wanted, last) === ofMonth)) {
      const taken = nextWorkingDay(calendar, day)
      if (taken >= today) return { collectedOn: taken }
    }
    day = addDays(day, 1)
  }
  return {}
}

/** A day on which applications are collected slips over a holiday by no more than this; two months hold every day of the month. */
const COLLECTION_SLIPS = 10
const FURTHEST_COLLECTION = 75

/**
 * A first step that is a review by the responsible unit itself needs no second click — unless it asks for more than
 * the statement says, or a later signature waits for this very person, who signs once a round (YZ-07).
 */
const signsWithSubmission = (
  rules: Rules,
  state: CaseState,
  actor: Actor,
  at: Instant,
): { readonly step: SignOffStep; readonly seat: Sitting } | undefined => {
  const step = stepNow(rules, state)
  if (step?.kind !== 'sign-off' || step.form !== 'review' || step.where !== 'anywhere') return undefined
  if (step.by !== 'responsible-unit' && step.by !== 'responsible-head') return undefined
  if (step.findings.length > 0 || isWaitedFor(rules, state, actor, at)) return undefined
  const seat = sitting(state, actor, chairsWhoseTurn(rules, state, step), at)
  return seat && !deputyRefusal(step, seat) ? { step, seat } : undefined
}

/** Does this person sit in a chair of a later sign-off step in which fewer people sit than in the unit's own? */
const isWaitedFor = (rules: Rules, state: CaseState, actor: Actor, at: Instant): boolean =>
  rules.policy.closing.chain
    .slice(1)
    .some(
      (step) =>
        step.kind === 'sign-off' &&
        step.by !== 'responsible-unit' &&
        sitting(state, actor, chairsOfStep(rules, state, step), at) !== undefined,
    )

/** 撤回销号申请: by the unit, while nobody has ended the round; the sign-offs lapse, the record keeps them (GN-10). */
export const withdrawClosing = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'withdraw-closing'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const { closing } = state
  if (!closing || state.phase !== 'closing') return refuse('out-of-turn', 'GN-10', '没有可撤回的销号申请')
  if (!command.reason.trim()) return refuse('invalid', 'GN-07', '请写明撤回的理由')
  return done(seat, actor, {
    type: 'closing-withdrawn',
    closing: closing.number,
    reason: command.reason,
    lapsed: lapsedSignOffs(closing),
  })
}

/** In order, by distinct people, never on one's own item, bound to the evidence that was seen (YZ-06, YZ-07, YZ-09). */
export const sign = ({ rules, state, command, actor, at }: Asked<'sign'>): Decision => {
  const turn = turnOf(rules, state, actor, command.step, command.saw, at)
  if (isRefusal(turn)) return turn
  const { step, seat, closing } = turn
  const refusal = firstRefusal(
    signedAlready(closing, actor, seat),
    deputyRefusal(step, seat),
    step.where === 'on-site' && !command.site
      ? refuse('invalid', 'YZ-09', `“${step.title}”须到现场:请填写地点、时间,并附照片`)
      : undefined,
    step.where === 'on-site' &&
      command.site &&
      (command.site.photos.length === 0 || !command.site.place.trim())
      ? refuse('invalid', 'YZ-09', '现场核查须写明地点,并附现场照片')
      : undefined,
    step.evidence === 'required' && state.evidence.length === 0
      ? refuse('invalid', step.clause, `“${step.title}”须有整改材料`)
      : undefined,
    findingsRefusal(step, command),
    step.where === 'on-site' ? unaccounted(state, 'verification', command.site) : undefined,
    // After a rebound the measure of the first acceptance is the measure of the next (JN-13).
    step.where === 'on-site' ? lowered(rules, state, command.findings, 'passes') : undefined,
  )
  return refusal ?? done(seat, actor, signature(state, step, seat, command))
}

/** A refusal at any step sends the case back, the round starts over (YZ-08); in a ratio without veto it is one vote (rule 15). */
export const refuseStep = (asked: Asked<'refuse-step'>): Decision => {
  const { rules, state, command, actor, at } = asked
  const now = stepNow(rules, state)
  if (now && now.kind !== 'sign-off' && now.id === command.step) return sendBack(asked, now)
  const turn = turnOf(rules, state, actor, command.step, command.saw, at)
  if (isRefusal(turn)) return turn
  const { step, seat, closing } = turn
  if (!command.reasons.trim()) return REASONS_MISSING
  const repeated = signedAlready(closing, actor, seat)
  if (repeated) return repeated
  if (step.quorum.mode !== 'ratio') return done(seat, actor, refusedStep(closing, step, command))
  return done(seat, actor, {
    type: 'step-voted-against',
    closing: closing.number,
    step: step.id,
    title: step.title,
    chair: seat.chair,
    saw: command.saw,
    reasons: command.reasons,
    ...(command.code && { code: command.code }),
  })
}

const REASONS_MISSING = refuse('invalid', 'YZ-08', '退回须写明理由')

const refusedStep = (
  closing: ClosingState,
  { id, title }: Step,
  { reasons, code }: Asked<'refuse-step'>['command'],
): CaseEvent => ({
  type: 'step-refused',
  closing: closing.number,
  step: id,
  title,
  reasons,
  ...(code && { code }),
  lapsed: lapsedSignOffs(closing),
})

/** Nobody signs a notice or a filing; who handles them records that they came back, as from the higher office (CD-05, CD-10). */
const sendBack = (
  { rules, state, command, actor, at }: Asked<'refuse-step'>,
  step: NoticeStep | FilingStep,
): Decision => {
  const seat = seated(rules, state, actor, command.type, ['office', 'supervising-unit'], at)
  if (isRefusal(seat)) return seat
  if (!state.closing) return refuse('out-of-turn', step.clause, '现在没有待办的销号申请')
  if (answersFor(rules, state, actor)) return refuse('forbidden', 'GN-08', '责任单位不得退回本单位的销号申请')
  return command.reasons.trim()
    ? done(seat, actor, refusedStep(state.closing, step, command))
    : REASONS_MISSING
}

/**
 * 加签: another chair must sign the step, too; votes already cast stand and are not counted twice (domain rule 15).
 * The chair is somebody's, and neither one that signs this round anyway nor one that answers for the item (YZ-07).
 */
export const addSigner = ({ rules, state, command, actor, at }: Asked<'add-signer'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const { closing } = state
  const { chain } = rules.policy.closing
  const index = chain.findIndex(({ id }) => id === command.step)
  const step = chain[index]
  if (!closing || step?.kind !== 'sign-off' || index < closing.step) {
    return refuse('out-of-turn', 'GN-10', '只能在尚未办结的关口加签')
  }
  if (!command.reason.trim()) return refuse('invalid', 'GN-07', '请写明加签的理由')
  const nobody = emptyChair(state, command.chair)
  if (nobody) return nobody
  const taken = chain.some(
    (one) =>
      one.kind === 'sign-off' &&
      chairsOfStep(rules, state, one).some((chair) => chairKey(chair) === chairKey(command.chair)),
  )
  const signed = closing.signOffs.some(
    ({ person, principal }) =>
      command.chair.person !== undefined &&
      (person === command.chair.person || principal === command.chair.person),
  )
  if (taken || signed) return refuse('conflict', 'GN-10', '已在本轮签署人之列')
  return done(seat, actor, {
    type: 'signer-added',
    closing: closing.number,
    step: command.step,
    chair: command.chair,
    reason: command.reason,
  })
}

/** A chair in which nobody could ever sign, or may not: the step would never end. */
const emptyChair = ({ entry }: CaseState, { seat, unit, person }: Chair): Refusal | undefined => {
  switch (seat) {
    case 'responsible-unit':
    case 'responsible-head':
      return refuse('invalid', 'YZ-07', '责任单位不得为本单位负责的事项加签')
    case 'lead-unit':
    case 'cooperating-units':
    case 'supervising-unit':
      if (unit === undefined) return refuse('invalid', 'GN-10', '请写明加签的单位')
      return entry.units.includes(unit)
        ? refuse('invalid', 'YZ-07', `${unit}对本事项负责,不得加签`)
        : undefined
    case 'case-leader':
    case 'county-leader':
    case 'department-leader':
      return person === undefined ? refuse('invalid', 'GN-10', '请写明加签的领导') : undefined
    case 'secretary':
    case 'mayor':
    case 'office':
    case 'office-head':
    case 'deputy-secretaries-general':
    case 'discipline':
      return undefined
    default:
      return never(seat)
  }
}

type Turn = { readonly step: SignOffStep; readonly seat: Sitting; readonly closing: ClosingState }

const turnOf = (
  rules: Rules,
  state: CaseState,
  actor: Actor,
  stepId: string,
  saw: Sha256,
  at: Instant,
): Turn | Refusal => {
  const { closing } = state
  const step = stepNow(rules, state)
  const asked = rules.policy.closing.chain.find(({ id }) => id === stepId)
  if (!asked) return refuse('invalid', 'CD-05', `本市的销号程序没有“${stepId}”这一关`)
  if (!closing || !step) return refuse('out-of-turn', asked.clause, '现在没有待签的销号申请')
  if (step.id !== stepId) {
    const open = step.kind === 'sign-off' ? chairsOfStep(rules, state, step) : []
    const mine = step.kind === 'sign-off' && sitting(state, actor, open, at) !== undefined
    return refuse(
      'out-of-turn',
      step.clause,
      `还没有轮到“${asked.title}”,现在轮到“${step.title}”`,
      ...(mine ? [] : [CHASE]),
    )
  }
  if (step.kind !== 'sign-off') return refuse('invalid', step.clause, `“${step.title}”不是签署环节`)
  const own = step.by === 'responsible-unit' || step.by === 'responsible-head'
  const { collected } = rules.policy.closing
  if (!own && collected && closing.collectedOn !== undefined && dateOf(at) < closing.collectedOn)
    return refuse(
      'out-of-turn',
      collected.clause,
      `销号申请每月${collected.days.join('、')}日集中受理,这一件 ${fullDay(closing.collectedOn)}受理`,
    )
  const open = chairsWhoseTurn(rules, state, step)
  if (!own && answersFor(rules, state, actor)) {
    return refuse('forbidden', 'YZ-07', '责任人不得为本人负责的事项签字')
  }
  const seat = sitting(state, actor, open, at)
  if (!seat) {
    const inStep = sitting(state, actor, chairsOfStep(rules, state, step), at)
    return inStep
      ? (signedAlready(closing, actor, inStep) ??
          refuse('out-of-turn', step.clause, `“${step.title}”还没有轮到您`, CHASE))
      : refuse('forbidden', step.clause, `“${step.title}”由${SEAT_TITLES[step.by]}办理,您不在其列`)
  }
  return saw === state.seal
    ? { step, seat, closing }
    : refuse('conflict', 'YZ-09', '材料在您阅看之后有变动,请重新阅看')
}

/**
 * One person signs once a round, also when signing for somebody else; a principal whose deputy signed has signed, and
 * nobody signs a second time through a deputy (YZ-07, GN-09).
 */
const signedAlready = (closing: ClosingState, actor: Actor, { behalf }: Sitting): Refusal | undefined => {
  const given = new Set([
    ...closing.signOffs.flatMap(({ person, principal }) => [person, ...(principal ? [principal] : [])]),
    ...closing.votes.map(({ person }) => person),
  ])
  return given.has(actor.person) || (behalf && given.has(behalf.principal))
    ? refuse('conflict', 'YZ-07', '同一人在一轮中只签一次')
    : undefined
}

const deputyRefusal = ({ deputy, title, clause }: SignOffStep, { behalf }: Sitting): Refusal | undefined =>
  behalf && deputy === 'in-person'
    ? refuse('forbidden', clause, `“${title}”须由本人签署,不得委托`)
    : undefined

type SignWords = {
  readonly saw: Sha256
  readonly opinion: string
  readonly findings: Asked<'sign'>['command']['findings']
  readonly site?: Asked<'sign'>['command']['site']
}

/** 污染消除、生态恢复、群众满意: each found met, each with evidence (CD-08). */
const findingsRefusal = (
  { findings, clause }: SignOffStep,
  { findings: found }: SignWords,
): Refusal | undefined => {
  for (const title of findings) {
    const finding = found.find((item) => item.title === title)
    if (!finding) return refuse('invalid', clause, `请就“${title}”作出核查结论`)
    if (finding.met === 'not-met') return refuse('invalid', clause, `“${title}”尚未达到,不得通过;可以退回`)
    if (finding.evidence.length === 0) return refuse('invalid', clause, `“${title}”的结论须附材料`)
  }
  return undefined
}

const signature = (
  state: CaseState,
  step: SignOffStep,
  seat: Sitting,
  { saw, opinion, findings, site }: SignWords,
): CaseEvent => ({
  type: 'signed',
  closing: state.closing?.number ?? 0,
  step: step.id,
  title: step.title,
  chair: seat.chair,
  saw,
  opinion,
  findings,
  ...(site && { site }),
})
