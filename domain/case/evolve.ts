import { dateOf, startOfDay } from '../calendar/dates.js'
import { sealOf, withEvidence } from '../closing/seal.js'
import { deadlineState, dutiesOf, passedOn, resumed } from '../deadline/evolve.js'
import { withMark } from '../oversight/key.js'
import { attended } from '../oversight/observers.js'
import type { Post } from '../parties.js'
import { chairKey } from '../people/chairs.js'
import { never } from '../refusal.js'
import { afterDecision, afterMissing, afterReport, afterReturn, isNewest } from '../returns/evolve.js'
import { type CaseId, type Instant, later, type PersonId, type PlainDate } from '../words.js'
import type { EvidenceItem, SiteVisit } from './commands.js'
import type { Happening } from './events.js'
import type {
  CalledLookBack,
  CaseState,
  Check,
  ClosingState,
  DeadlineState,
  Handover,
  NodeState,
  RungState,
} from './state.js'

/**
 * What a case is after one more event. Total over the events of one case in their order;
 * @throws TypeError for an event before `registered`.
 */
export const evolve = (caseId: CaseId, state: CaseState | undefined, fact: Happening): CaseState => {
  const { at, event } = fact
  if (event.type === 'registered') return registered(caseId, fact, event)
  if (!state) throw new TypeError(`${caseId}: ${event.type} before registered`)
  return { ...apply(state, fact), at: later(state.at, at) }
}

type Of<T extends Happening['event']['type']> = Extract<Happening['event'], { type: T }>

const registered = (id: CaseId, { at }: Happening, event: Of<'registered'>): CaseState => ({
  id,
  round: event.round,
  source: event.source,
  policy: event.policy,
  calendar: event.calendar,
  planDate: event.planDate,
  phase: 'registered',
  entry: event.entry,
  at,
  registeredAt: at,
  rectification: { round: 1 },
  nodes: [],
  duties: [],
  returns: { submitted: 0, late: 0, missed: 0, missedInARow: 0 },
  extensions: [],
  matters: [],
  visits: { count: 0 },
  notes: [],
  evidence: [],
  seal: sealOf([]),
  closings: { begun: 0, refusals: 0 },
  lookBacks: { announced: [], late: [], done: [] },
  ladder: { round: 1, claimed: -1, cause: '', rungs: [] },
  interview: { commitments: [] },
  clues: [],
  delegations: [],
  recent: [],
})

const apply = (state: CaseState, fact: Happening): CaseState => {
  const { at, by, event } = fact
  const person = by.kind === 'person' ? by : undefined
  switch (event.type) {
    case 'registered':
      return state
    case 'entry-amended':
      return { ...state, entry: event.entry }

    case 'handed-over':
      return {
        ...state,
        phase: 'handed-over',
        handover: {
          at,
          acknowledgeBy: event.acknowledgeBy,
          acknowledgementMissed: false,
          planBy: event.planBy,
          planMissed: false,
        },
        deadline: deadlineState(event.deadline, event.due),
        nodes: state.entry.nodes.map(
          ({ text, date }): NodeState => ({ text, date, reported: 'not-started' }),
        ),
        duties: dutiesOf(state.entry, dateOf(at)),
        returns: { ...state.returns, from: at, missedInARow: 0 },
      }
    case 'handover-withdrawn':
    case 'handover-returned': {
      const { handover: _handover, deadline: _deadline, plan: _plan, ...rest } = state
      return {
        ...rest,
        phase: 'registered',
        nodes: [],
        duties: [],
        returns: withoutFrom(state.returns),
        extensions: state.extensions.filter(({ outcome }) => outcome !== 'pending'),
      }
    }
    case 'acknowledged':
      return {
        ...state,
        phase: state.phase === 'handed-over' ? 'acknowledged' : state.phase,
        ...(state.handover && { handover: { ...state.handover, acknowledgedAt: at } }),
      }
    case 'acknowledgement-missed':
      return {
        ...state,
        ...(state.handover && { handover: { ...state.handover, acknowledgementMissed: true } }),
      }
    case 'case-plan-submitted':
      return {
        ...state,
        plan: { text: event.plan, team: event.team, at },
        ...sealed(state, event.evidence),
      }
    case 'case-plan-missed':
      return { ...state, ...(state.handover && { handover: { ...state.handover, planMissed: true } }) }
    case 'rectification-started':
      return { ...state, phase: 'rectifying', rectification: { round: event.round, since: at } }

    case 'return-chased':
      return { ...state, returns: { ...state.returns, chased: event.period } }
    case 'return-submitted':
      return {
        ...state,
        returns: afterReturn(state.returns, event, at),
        nodes: isNewest(state.returns, event) ? afterReport(state.nodes, event) : state.nodes,
        ...sealed(state, event.content.evidence),
      }
    case 'return-missed':
      return { ...state, returns: afterMissing(state.returns, event) }
    case 'returns-paused':
    case 'return-passed-over':
    case 'returns-resumed':
    case 'returns-waived':
    case 'returns-called-in':
      return { ...state, returns: afterDecision(state.returns, event, at) }

    case 'immediate-confirmed':
      return {
        ...state,
        ...deadline(state, (before) => ({
          ...before,
          immediateConfirmedAt: at,
          overdue: before.overdue.filter(({ target }) => target !== 'immediate'),
        })),
        ...sealed(state, event.evidence),
      }
    case 'node-completed':
      return {
        ...state,
        nodes: state.nodes.map((node, index) =>
          index === event.node ? { ...node, reported: 'done', completedAt: at } : node,
        ),
        ...deadline(state, (before) => ({
          ...before,
          overdue: before.overdue.filter(({ target }) => target !== `node:${event.node}`),
        })),
        ...sealed(state, event.evidence),
      }
    case 'duty-discharged':
      return {
        ...state,
        duties: state.duties.map((duty, index) =>
          index === event.duty ? { ...duty, discharged: [...duty.discharged, event.body] } : duty,
        ),
        // What is being signed is not the duty's: its papers stay out of the signed evidence meanwhile (YZ-09).
        ...(state.closing ? {} : sealed(state, event.evidence)),
      }
    case 'duty-missed':
      return {
        ...state,
        duties: state.duties.map((duty, index) =>
          index === event.duty ? { ...duty, missed: duty.missed + 1 } : duty,
        ),
      }
    case 'duty-rolled':
      return {
        ...state,
        duties: state.duties.map((duty, index) =>
          index === event.duty ? { ...duty, current: event.next, discharged: [] } : duty,
        ),
      }
    case 'deadline-near':
      return {
        ...state,
        ...deadline(state, (before) => ({
          ...before,
          announced: [...before.announced, `${event.target}-${event.days}`],
        })),
      }
    case 'overdue':
      return {
        ...state,
        ...deadline(state, (before) => ({
          ...before,
          overdue: [...before.overdue, { target: event.target, since: at }],
        })),
      }
    case 'overdue-further':
      return {
        ...state,
        ...deadline(state, (before) => ({
          ...before,
          overdueNoted: [...before.overdueNoted, `${event.target}+${event.days}`],
        })),
      }

    case 'extension-requested':
      return {
        ...state,
        extensions: [
          ...state.extensions,
          {
            until: event.until,
            reason: event.reason,
            measures: event.measures,
            by: signer(fact),
            decider: event.decider,
            outcome: 'pending',
          },
        ],
      }
    case 'extension-approved':
      return {
        ...state,
        extensions: decided(state, 'approved'),
        ...deadline(state, ({ due: _due, ...before }) => ({
          ...before,
          due: event.until,
          overdue: before.overdue.filter(({ target }) => target !== 'case'),
          announced: before.announced.filter((mark) => !mark.startsWith('case-')),
          overdueNoted: before.overdueNoted.filter((mark) => !mark.startsWith('case+')),
        })),
      }
    case 'extension-refused':
      return { ...state, extensions: decided(state, 'refused') }

    case 'matter-reported':
      return {
        ...state,
        matters: [
          ...state.matters,
          { what: event.what, acknowledgeBy: event.acknowledgeBy, reportedOn: dateOf(at), state: 'open' },
        ],
      }
    case 'matter-acknowledged':
      return { ...state, matters: replaced(state.matters, event.matter, { state: 'acknowledged' }) }
    case 'matter-unacknowledged':
      return { ...state, matters: replaced(state.matters, event.matter, { state: 'late' }) }
    case 'visited':
      return {
        ...state,
        visits: { last: at, count: state.visits.count + 1 },
        ...observed(state, 'visit', event.visit),
      }
    case 'visit-missed':
      return { ...state, visits: { ...state.visits, missedSince: event.since } }
    case 'supervision-note-attached':
      return {
        ...state,
        notes: [...state.notes, { text: event.text, by: signer(fact) }],
      }
    case 'supervision-note-answered':
      return { ...state, notes: replaced(state.notes, event.note, { answer: event.answer }) }
    case 'chased':
      return state
    case 'evidence-added':
      return { ...state, ...sealed(state, event.evidence) }

    case 'closing-submitted':
      return {
        ...state,
        phase: 'closing',
        closings: { ...state.closings, begun: event.closing },
        closing: {
          number: event.closing,
          step: 0,
          turnSince: onceCollected(event, at),
          ...(event.collectedOn !== undefined && { collectedOn: event.collectedOn }),
          submittedBy: signer(fact),
          ...metPoints(event),
          votes: [],
          signOffs: [],
          added: [],
          chased: false,
          late: false,
        },
        ...sealed(state, event.evidence),
      }
    case 'sign-offs-voided':
      return closing(state, 'closing', ({ notice: _notice, filing: _filing, objections: _, ...before }) => ({
        ...before,
        step: 0,
        turnSince: onceCollected(before, at),
        votes: [],
        signOffs: [],
        chased: false,
        late: false,
      }))
    case 'closing-withdrawn':
      return backToRectifying(state, fact)
    case 'signed':
      return closing(signedOnSite(state, event), state.phase, (before) => ({
        ...before,
        votes: [...before.votes, { chair: event.chair, person: signer(fact), verdict: 'for' }],
        signOffs: [
          ...before.signOffs,
          {
            step: event.step,
            title: event.title,
            person: signer(fact),
            ...(person?.behalf && {
              principal: person.behalf.principal,
              principalName: person.behalf.principalName,
            }),
            name: person?.name ?? '',
            at,
            saw: event.saw,
            ...metFindings(event),
          },
        ],
      }))
    case 'step-voted-against':
      return closing(state, state.phase, (before) => ({
        ...before,
        votes: [
          ...before.votes,
          {
            chair: event.chair,
            person: signer(fact),
            verdict: 'against',
            ...(event.code && { code: event.code }),
          },
        ],
      }))
    case 'step-refused': {
      const back = backToRectifying(state, fact)
      return { ...back, closings: { ...back.closings, refusals: back.closings.refusals + 1 } }
    }
    case 'step-completed':
      return closing(state, event.next, (before) => ({
        ...before,
        step: before.step + 1,
        turnSince: onceCollected(before, at),
        votes: [],
        chased: false,
        late: false,
      }))
    case 'signer-added':
      return closing(state, state.phase, (before) => ({
        ...before,
        added: [...before.added, { step: event.step, chair: event.chair }],
      }))
    case 'step-chased':
      return closing(state, state.phase, (before) => ({ ...before, chased: true }))
    case 'step-late':
      return closing(state, state.phase, (before) => ({ ...before, late: true }))
    case 'notice-posted':
      return closing(state, 'on-notice', (before) => ({
        ...before,
        notice: {
          postedOn: event.postedOn,
          until: event.until,
          objections: before.objections ?? [],
        },
      }))
    case 'notice-taken-down':
      return closing(state, 'on-notice', ({ notice, ...before }) => ({
        ...before,
        ...(notice && { objections: notice.objections }),
        turnSince: at,
        chased: false,
        late: false,
      }))
    case 'notice-ended':
      return state
    case 'objection-lodged':
      return objections(state, (before) => [
        ...before,
        { text: event.text, answerBy: event.answerBy, lodgedOn: dateOf(at), late: false },
      ])
    case 'objection-unanswered':
      return objections(state, (before) => replaced(before, event.objection, { late: true }))
    case 'objection-answered': {
      const answered = objections(state, (before) =>
        replaced(before, event.objection, { decision: event.decision }),
      )
      return event.decision === 'accept' ? backToRectifying(answered, fact) : answered
    }
    case 'filing-sent':
      return closing(state, 'filing', (before) => ({ ...before, filing: { sentAt: at, to: event.to } }))
    case 'filing-received':
      return state
    case 'closed': {
      const { closing: _closing, ...rest } = state
      return {
        ...rest,
        phase: 'closed',
        closedAt: at,
        lookBacks: { announced: [], late: [], done: [] },
        returns: withoutFrom(state.returns),
        ...(event.criteria && { criteria: event.criteria }),
      }
    }

    case 'look-back-due':
      return {
        ...state,
        lookBacks: { ...state.lookBacks, announced: [...state.lookBacks.announced, event.month] },
      }
    case 'look-back-late':
      return { ...state, lookBacks: { ...state.lookBacks, late: [...state.lookBacks.late, event.month] } }
    case 'looked-back':
      return {
        ...state,
        lookBacks: { ...state.lookBacks, done: [...state.lookBacks.done, event.month] },
        ...observed(state, 'look-back', event.site),
      }
    case 'look-back-called':
      return {
        ...state,
        calledLookBacks: [
          ...(state.calledLookBacks ?? []),
          { campaign: event.campaign, by: event.by, state: 'open' },
        ],
      }
    case 'look-back-call-late':
      return {
        ...state,
        calledLookBacks: calls(state).map((call) =>
          call.campaign === event.campaign ? { ...call, state: 'late' } : call,
        ),
      }
    case 'called-look-back-done':
      return { ...state, calledLookBacks: calls(state).filter(({ campaign }) => campaign !== event.campaign) }
    case 'rebounded': {
      const { closedAt: _closedAt, ...rest } = backToRectifying(state, fact)
      return {
        ...rest,
        rectification: { round: event.round, since: at },
        closings: { ...rest.closings, refusals: 0 },
        ladder: { round: event.round, claimed: -1, cause: '', rungs: [] },
        duties: rest.duties.map((duty) => resumed(duty, dateOf(at))),
        ...deadline(rest, (before) => ({ ...before, announced: [], overdue: [], overdueNoted: [] })),
      }
    }
    case 'archived':
      return { ...state, phase: 'archived' }

    case 'rung-called':
      return {
        ...state,
        ladder: { ...state.ladder, claimed: Math.max(state.ladder.claimed, event.index), cause: event.cause },
      }
    case 'rung-raised':
      return rung(state, { rung: event.rung, state: 'raised', at, cause: event.cause })
    case 'rung-drafted':
      return rung(state, { rung: event.rung, state: 'drafted', at, cause: event.cause })
    case 'rung-dismissed': {
      const dismissed = rung(state, { rung: event.rung, state: 'dismissed', at, cause: event.reason })
      return {
        ...dismissed,
        ladder: { ...dismissed.ladder, claimed: dismissed.ladder.rungs.length - 1 },
      }
    }
    case 'rung-skipped':
      return rung(state, { rung: event.rung, state: 'skipped', at, cause: event.reason })
    case 'rung-released':
      return rung(state, { rung: event.rung, state: 'released', at, cause: event.reason })
    case 'interview-recorded':
      return {
        ...state,
        interview: {
          commitments: [
            ...state.interview.commitments,
            ...event.commitments.map(({ text, by: until }) => ({ text, by: until, state: 'open' as const })),
          ],
        },
      }
    case 'commitment-settled':
      return {
        ...state,
        interview: {
          commitments: replaced(state.interview.commitments, event.commitment, { state: 'settled' }),
        },
      }
    case 'commitment-missed':
      return {
        ...state,
        interview: {
          commitments: replaced(state.interview.commitments, event.commitment, { state: 'late' }),
        },
      }
    case 'clue-drafted':
      return {
        ...state,
        clues: [
          ...state.clues,
          {
            cause: event.cause,
            clause: event.clause,
            state: 'drafted',
            ...(event.trigger && { trigger: event.trigger }),
            ...(event.facts && { facts: event.facts }),
            ...(event.evidence && { evidence: event.evidence }),
          },
        ],
      }
    case 'clue-referred':
      return {
        ...state,
        clues: replaced(state.clues, event.clue, { state: 'referred', referral: event.referral }),
      }
    case 'clue-dismissed':
      return { ...state, clues: replaced(state.clues, event.clue, { state: 'dismissed' }) }

    case 'transferred':
      return {
        ...state,
        entry: {
          ...state.entry,
          units: state.entry.units.map((unit) => (unit === event.from ? event.to : unit)),
        },
        duties: passedOn(state, event),
        // The first unit answers for the returns: who takes its place begins without another's omissions.
        ...(state.entry.units[0] === event.from && {
          returns: { ...state.returns, from: at, missedInARow: 0 },
        }),
        ...(state.handover && { handover: signedForAnew(state.handover, event, dateOf(at)) }),
      }
    case 'delegated':
      return {
        ...state,
        delegations: [
          ...state.delegations.filter(
            ({ to, post }) => to !== event.to || chairKey(post) !== chairKey(event.post),
          ),
          { to: event.to, toName: event.toName, authority: event.authority, post: event.post },
        ],
      }
    case 'delegation-ended':
      return {
        ...state,
        delegations: state.delegations.filter(
          ({ to, post }) => to !== event.to || (event.post && chairKey(post) !== chairKey(event.post)),
        ),
      }
    case 'office-handed-over':
      return { ...state, entry: { ...state.entry, leaders: event.after } }

    case 'supervision-listed': {
      const { watcher, reason, release } = event
      return { ...state, supervised: { since: at, watcher, reason, release, watched: 0 } }
    }
    case 'watched':
      return state.supervised
        ? { ...state, supervised: { ...state.supervised, watched: state.supervised.watched + 1 } }
        : state
    case 'supervision-ended': {
      const { supervised: _supervised, ...rest } = state
      return rest
    }
    case 'key-marked':
      return {
        ...state,
        key: [...(state.key ?? []), { target: event.target, reason: event.reason, state: 'marked' }],
      }
    case 'key-unmarked':
      return { ...state, key: (state.key ?? []).filter(({ target }) => target !== event.target) }
    case 'key-inspection-due':
      return { ...state, key: withMark(state.key, event.target, { state: 'due' }) }
    case 'key-inspection-missed':
      return { ...state, key: withMark(state.key, event.target, { state: 'missed' }) }
    case 'key-inspected':
      return {
        ...state,
        key: withMark(state.key, event.target, { state: 'inspected' }),
        ...observed(state, 'key-inspection', event.site),
      }
    case 'observers-invited':
      return {
        ...state,
        invited: [
          ...(state.invited ?? []),
          ...event.observers.map((one) => ({ ...one, check: event.check, state: 'invited' as const })),
        ],
      }
    case 'observed':
      return {
        ...state,
        invited: (state.invited ?? []).map((one) =>
          one.name === event.name && one.check === event.check
            ? { ...one, state: 'present' as const, words: event.words }
            : one,
        ),
      }
    case 'case-restricted':
      return {
        ...state,
        restricted: { readers: event.readers, reason: event.reason, ...postOf(fact) },
      }
    case 'case-unrestricted': {
      const { restricted: _restricted, ...rest } = state
      return rest
    }

    case 'paper-issued':
    case 'signal-refused':
      return state
    default:
      return never(event)
  }
}

/** Only persons sign, submit and ask; an event that says otherwise names nobody. */
const NOBODY = '' as PersonId

const postOf = ({ by }: Happening): { readonly by?: Post } =>
  by.kind === 'person' ? { by: { role: by.role, ...(by.unit !== undefined && { unit: by.unit }) } } : {}

const signer = ({ by }: Happening): PersonId => (by.kind === 'person' ? by.person : NOBODY)

/** Kept where there is something to keep: a state of old stays as it was. */
const metFindings = ({ findings }: Of<'signed'>): { readonly found?: readonly string[] } => {
  const found = findings.filter(({ met }) => met === 'met').map(({ title }) => title)
  return found.length > 0 ? { found } : {}
}
const metPoints = ({ checklist }: Of<'closing-submitted'>): { readonly checklist?: readonly string[] } => {
  const points = checklist.filter(({ met }) => met === 'met').map(({ point }) => point)
  return points.length > 0 ? { checklist: points } : {}
}

const observed = (state: CaseState, check: Check, site: SiteVisit): Pick<CaseState, 'invited'> =>
  state.invited ? { invited: attended(state.invited, check, site) } : {}

const signedOnSite = (state: CaseState, { site }: Of<'signed'>): CaseState =>
  site ? { ...state, ...observed(state, 'verification', site) } : state

const sealed = (state: CaseState, added: readonly EvidenceItem[]): Pick<CaseState, 'evidence' | 'seal'> => {
  if (added.length === 0) return { evidence: state.evidence, seal: state.seal }
  const evidence = withEvidence(state.evidence, added)
  return { evidence, seal: sealOf(evidence) }
}

const deadline = (
  state: CaseState,
  change: (before: DeadlineState) => DeadlineState,
): Pick<CaseState, 'deadline'> | object => (state.deadline ? { deadline: change(state.deadline) } : {})

/** A turn begins when it comes, and not before the application is taken up. */
const onceCollected = ({ collectedOn }: { readonly collectedOn?: PlainDate }, at: Instant): Instant =>
  collectedOn === undefined ? at : later(at, startOfDay(collectedOn))

const closing = (
  state: CaseState,
  phase: CaseState['phase'],
  change: (before: ClosingState) => ClosingState,
): CaseState => (state.closing ? { ...state, phase, closing: change(state.closing) } : state)

const objections = (
  state: CaseState,
  change: (
    before: NonNullable<ClosingState['notice']>['objections'],
  ) => NonNullable<ClosingState['notice']>['objections'],
): CaseState =>
  closing(state, state.phase, (before) =>
    before.notice
      ? { ...before, notice: { ...before.notice, objections: change(before.notice.objections) } }
      : before,
  )

/** Every clock of the closing round is disarmed, every clock of rectifying armed again (GN-10). */
const backToRectifying = (state: CaseState, { at }: Happening): CaseState => {
  const { closing: _closing, ...rest } = state
  return { ...rest, phase: 'rectifying', returns: { ...state.returns, from: at } }
}

const withoutFrom = ({ from: _from, ...rest }: CaseState['returns']): CaseState['returns'] => rest

/** The unit that takes over signs for the item anew (GN-10). */
const signedForAnew = (
  { acknowledgedAt: _at, ...rest }: Handover,
  { to, acknowledgeBy }: Of<'transferred'>,
  acknowledgeFrom: PlainDate,
): Handover => ({ ...rest, unit: to, acknowledgeBy, acknowledgeFrom, acknowledgementMissed: false })

const decided = (state: CaseState, outcome: 'approved' | 'refused'): CaseState['extensions'] =>
  state.extensions.map((extension) =>
    extension.outcome === 'pending' ? { ...extension, outcome } : extension,
  )

const replaced = <T>(list: readonly T[], index: number, change: Partial<T>): readonly T[] =>
  list.map((item, at) => (at === index ? { ...item, ...change } : item))

const rung = (state: CaseState, next: RungState): CaseState => ({
  ...state,
  ladder: {
    ...state.ladder,
    rungs: [...state.ladder.rungs.filter((before) => before.rung !== next.rung), next],
  },
})

const calls = ({ calledLookBacks }: CaseState): readonly CalledLookBack[] => calledLookBacks ?? []
