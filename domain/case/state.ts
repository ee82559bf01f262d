import type { CaseClass, Entry, NamedOfficer } from '../entry.js'
import type { ClueEvidence } from '../ladder/clues.js'
import type { Authority, Chair, Post, Seat } from '../parties.js'
import type { RungId } from '../policy.js'
import type {
  CaseId,
  Clause,
  CommandId,
  Instant,
  PersonId,
  PlainDate,
  RoundId,
  Sha256,
  UnitName,
} from '../words.js'
import type { EvidenceItem, FalsehoodCode, Observer, Source } from './commands.js'
import type { Target } from './events.js'

/**
 * registered 已登记 → handed-over 已交办 → acknowledged 已签收 → rectifying 整改中 → closing 销号办理中
 * → on-notice 公示中 → filing 备案中 → closed 已销号 → archived 已归档.
 * A refusal, a withdrawal, an accepted objection or a rebound leads back to rectifying.
 */
export type Phase =
  | 'registered'
  | 'handed-over'
  | 'acknowledged'
  | 'rectifying'
  | 'closing'
  | 'on-notice'
  | 'filing'
  | 'closed'
  | 'archived'

export const PHASE_TITLES: Readonly<Record<Phase, string>> = {
  registered: '已登记',
  'handed-over': '已交办',
  acknowledged: '已签收',
  rectifying: '整改中',
  closing: '销号办理中',
  'on-notice': '公示中',
  filing: '备案中',
  closed: '已销号',
  archived: '已归档',
}

/** What a case is, as its events made it. Everything pending is derived from it; nothing else is remembered. */
export type CaseState = {
  readonly id: CaseId
  readonly round: RoundId
  readonly source: Source
  readonly policy: Sha256
  readonly calendar: Sha256
  readonly planDate: PlainDate
  readonly phase: Phase
  readonly entry: Entry
  /** Moment of the last event; no later event is earlier. */
  readonly at: Instant
  readonly registeredAt: Instant
  readonly handover?: Handover
  readonly plan?: { readonly text: string; readonly team: readonly string[]; readonly at: Instant }
  /** Rectification rounds: 1, and one more for each rebound; the ladder starts afresh with each (GN-05). */
  readonly rectification: { readonly round: number; readonly since?: Instant }
  readonly deadline?: DeadlineState
  readonly nodes: readonly NodeState[]
  readonly duties: readonly DutyState[]
  readonly returns: ReturnsState
  readonly extensions: readonly Extension[]
  readonly matters: readonly Matter[]
  readonly visits: { readonly last?: Instant; readonly missedSince?: PlainDate; readonly count: number }
  readonly notes: readonly SupervisionNote[]
  readonly evidence: readonly EvidenceItem[]
  /** Hash over the evidence in force: what a signature is bound to (YZ-09). */
  readonly seal: Sha256
  /** The current closing round; absent while none is under way. */
  readonly closing?: ClosingState
  /** Closing rounds begun so far, and how many of this rectification round were refused. */
  readonly closings: { readonly begun: number; readonly refusals: number }
  readonly closedAt?: Instant
  readonly lookBacks: {
    readonly announced: readonly number[]
    readonly late: readonly number[]
    readonly done: readonly number[]
  }
  /** Look-backs called for by campaigns over a round (YZ-16); absent before the first. */
  readonly calledLookBacks?: readonly CalledLookBack[]
  readonly ladder: LadderState
  readonly interview: { readonly commitments: readonly Commitment[] }
  readonly clues: readonly Clue[]
  readonly delegations: readonly Delegation[]
  /** On the supervised list, with its watcher (JN-10). */
  readonly supervised?: {
    readonly since: Instant
    readonly watcher: NamedOfficer
    readonly reason: string
    readonly release: string
    readonly watched: number
  }
  /** The case or its nodes marked as key (HH-14). */
  readonly key?: readonly KeyMark[]
  /** Everybody from outside ever invited to a check (YZ-15). */
  readonly invited?: readonly Invitation[]
  /** Who alone reads it (`permission/readers.ts`). */
  readonly restricted?: {
    readonly readers: readonly string[]
    /** The post by which it was decided: whoever holds it next reads the case, too, and may lift it. */
    readonly by?: Post
    readonly reason: string
  }
  /** What the first acceptance was judged by: every later check is judged by it, too (JN-13). */
  readonly criteria?: readonly string[]
  /** Last commands and the events they made, newest last: the same key twice happens once, also after continue-as-new. */
  readonly recent: readonly DoneCommand[]
}

/** A check outside observers may be invited to. */
export type Check = 'verification' | 'look-back' | 'key-inspection' | 'visit'
export const CHECK_TITLES: Readonly<Record<Check, string>> = {
  verification: '现场核查',
  'look-back': '回头看',
  'key-inspection': '重点督查',
  visit: '督导',
}
export type Invitation = Observer & {
  readonly check: Check
  readonly state: 'invited' | 'present' | 'absent'
  readonly words?: string
}
export type KeyMark = {
  readonly target: Target
  readonly reason: string
  readonly state: 'marked' | 'due' | 'missed' | 'inspected'
}

export type Handover = {
  readonly at: Instant
  readonly acknowledgeBy: PlainDate
  /** After 转办: the day its working days are counted from; absent: that of handing over. */
  readonly acknowledgeFrom?: PlainDate
  readonly acknowledgedAt?: Instant
  readonly acknowledgementMissed: boolean
  readonly planBy: PlainDate
  readonly planMissed: boolean
  /** After 转办: the unit whose receipt is awaited; absent: any responsible unit's. */
  readonly unit?: UnitName
}

export type DeadlineState = {
  readonly class: CaseClass
  /** First deadline ever set; 提前 is judged against it (YZ-13). */
  readonly original?: PlainDate
  /** Deadline in force, last day in Asia/Shanghai; absent for 长期坚持. */
  readonly due?: PlainDate
  /** mixed: the day by which immediate action is to be confirmed. */
  readonly immediateBy?: PlainDate
  readonly immediateConfirmedAt?: Instant
  /** Nearness already announced in this rectification round: `case-30`, `node:0-7`. */
  readonly announced: readonly string[]
  /** Targets that fell overdue and since when; a target met later leaves the list, the record keeps it. */
  readonly overdue: readonly { readonly target: Target; readonly since: Instant }[]
  /** Days after a deadline already noted in this rectification round: `case+15`. */
  readonly overdueNoted: readonly string[]
}

export type NodeState = {
  readonly text: string
  readonly date: PlainDate
  readonly reported: 'not-started' | 'under-way' | 'done'
  readonly completedAt?: Instant
}

export type DutyState = {
  readonly text: string
  readonly period: string
  readonly bodies: readonly string[]
  /** Last day of the period the duty is running in. */
  readonly current: PlainDate
  /** Bodies that discharged it in the current period. */
  readonly discharged: readonly string[]
  readonly missed: number
}

export type ReturnsState = {
  /** Since when returns are asked for: handing over, and each return to rectifying. */
  readonly from?: Instant
  /** Due day of the last period answered or missed; the next one awaited follows from it and the policy's rhythm. */
  readonly settled?: PlainDate
  readonly chased?: PlainDate
  readonly submitted: number
  readonly late: number
  readonly missed: number
  readonly missedInARow: number
  readonly lastMissed?: PlainDate
  /** While the round has paused them. */
  readonly pausedSince?: Instant
  /** Fell due in a pause, and nobody has decided yet what becomes of them. */
  readonly passedOver?: readonly PlainDate[]
  /** Of those, what is to be made up for, by a day. */
  readonly calledIn?: readonly { readonly period: PlainDate; readonly by: PlainDate }[]
  readonly last?: {
    readonly period: PlainDate
    readonly at: Instant
    readonly progress: number
    readonly done: string
    readonly hinders: string
    readonly help: string
  }
}

export type Extension = {
  readonly until: PlainDate
  readonly reason: string
  readonly measures: string
  readonly by: PersonId
  readonly decider: Seat
  readonly outcome: 'pending' | 'approved' | 'refused'
}

export type Matter = {
  readonly what: string
  readonly acknowledgeBy: Instant
  /** The day it is counted from. */
  readonly reportedOn?: PlainDate
  readonly state: 'open' | 'late' | 'acknowledged'
}
export type SupervisionNote = { readonly text: string; readonly by: PersonId; readonly answer?: string }

export type ClosingState = {
  readonly number: number
  /** Index into the policy's chain of the step whose turn it is. */
  readonly step: number
  readonly turnSince: Instant
  /** Before this day nobody but the unit itself acts on it, and no clock of theirs runs. */
  readonly collectedOn?: PlainDate
  readonly submittedBy: PersonId
  /** Points of the checklist met at submission, where there are any. */
  readonly checklist?: readonly string[]
  readonly votes: readonly Vote[]
  /** Everybody who signed in this round: distinct persons (YZ-07). */
  readonly signOffs: readonly SignOff[]
  readonly added: readonly { readonly step: string; readonly chair: Chair }[]
  readonly chased: boolean
  readonly late: boolean
  readonly notice?: NoticeState
  /** Objections to a notice that was taken down: they wait for the next posting, none is lost (CD-09, GN-04). */
  readonly objections?: readonly Objection[]
  readonly filing?: { readonly sentAt: Instant; readonly to: string }
}

/** A vote on the step whose turn it is. */
export type Vote = {
  readonly chair: Chair
  readonly person: PersonId
  readonly verdict: 'for' | 'against'
  readonly code?: FalsehoodCode
}
export type SignOff = {
  readonly step: string
  readonly title: string
  readonly person: PersonId
  readonly principal?: PersonId
  readonly principalName?: string
  readonly name: string
  readonly at: Instant
  readonly saw: Sha256
  /** Titles of what was found met, where anything was. */
  readonly found?: readonly string[]
}

export type NoticeState = {
  readonly postedOn: PlainDate
  readonly until: PlainDate
  readonly objections: readonly Objection[]
}
export type Objection = {
  readonly text: string
  readonly answerBy: PlainDate
  /** The day it is counted from. */
  readonly lodgedOn?: PlainDate
  readonly late: boolean
  readonly decision?: 'accept' | 'reject'
}

/** `claimed`: the highest rung (index into the policy's ladder) any trigger of this round has called for; -1 none. */
export type LadderState = {
  readonly round: number
  readonly claimed: number
  readonly cause: string
  readonly rungs: readonly RungState[]
}
export type RungState = {
  readonly rung: RungId
  readonly state: 'drafted' | 'raised' | 'dismissed' | 'skipped' | 'released'
  readonly at: Instant
  readonly cause: string
}

export type Commitment = {
  readonly text: string
  readonly by: PlainDate
  readonly state: 'open' | 'late' | 'settled'
}
export type Clue = {
  readonly cause: string
  readonly clause: Clause
  readonly state: 'drafted' | 'referred' | 'dismissed'
  readonly referral?: CaseId
} & Partial<ClueEvidence>
export type Delegation = {
  readonly to: PersonId
  readonly toName: string
  readonly authority: Authority
  readonly post: Chair
}
export type DoneCommand = { readonly id: CommandId; readonly from: number; readonly to: number }

/** A campaign's call for a look-back, whatever month the case's own rhythm is at. */
export type CalledLookBack = {
  readonly campaign: CaseId
  readonly by: PlainDate
  readonly state: 'open' | 'late'
}
