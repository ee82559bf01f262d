import type { Deadline, Entry, Leaders, NamedOfficer } from '../entry.js'
import type { ClueEvidence } from '../ladder/clues.js'
import type { Author, Authority, Chair, Seat } from '../parties.js'
import type { PaperKind, RungId, SlipColour } from '../policy.js'
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
import type {
  ChecklistMark,
  EvidenceItem,
  FalsehoodCode,
  Finding,
  Observer,
  ReturnContent,
  SiteVisit,
  Source,
} from './commands.js'
import type { Check } from './state.js'

/** What a deadline is of: the case itself, its immediate action, or one of its nodes (by index from 0). */
export type Target = 'case' | 'immediate' | `node:${number}`

/** What became of a case. An event is a fact: it is never edited, only followed by another. */
export type CaseEvent =
  | {
      readonly type: 'registered'
      readonly round: RoundId
      readonly entry: Entry
      readonly source: Source
      readonly policy: Sha256
      readonly calendar: Sha256
      readonly planDate: PlainDate
    }
  | {
      readonly type: 'entry-amended'
      readonly entry: Entry
      readonly changed: readonly string[]
      readonly reason: string
    }
  | {
      readonly type: 'handed-over'
      readonly deadline: Deadline
      readonly due?: PlainDate
      readonly acknowledgeBy: PlainDate
      readonly planBy: PlainDate
      readonly provisional: readonly string[]
    }
  | { readonly type: 'handover-withdrawn'; readonly reason: string }
  | { readonly type: 'handover-returned'; readonly reason: string }
  | { readonly type: 'acknowledged'; readonly unit: UnitName }
  | { readonly type: 'acknowledgement-missed' }
  | {
      readonly type: 'case-plan-submitted'
      readonly plan: string
      readonly team: readonly string[]
      readonly evidence: readonly EvidenceItem[]
    }
  | { readonly type: 'case-plan-missed' }
  | { readonly type: 'rectification-started'; readonly round: number }
  // returns
  | { readonly type: 'return-chased'; readonly period: PlainDate }
  | {
      readonly type: 'return-submitted'
      readonly period: PlainDate
      readonly content: ReturnContent
      readonly timeliness: 'on-time' | 'late'
    }
  | { readonly type: 'return-missed'; readonly period: PlainDate; readonly inARow: number }
  | { readonly type: 'returns-paused'; readonly reason: string; readonly decidedBy: string }
  /** It fell due while returns were paused: not missing, and still to be waived or called in. */
  | { readonly type: 'return-passed-over'; readonly period: PlainDate }
  | { readonly type: 'returns-resumed'; readonly reason: string; readonly decidedBy: string }
  | {
      readonly type: 'returns-waived'
      readonly periods: readonly PlainDate[]
      readonly reason: string
      readonly decidedBy: string
    }
  | {
      readonly type: 'returns-called-in'
      readonly periods: readonly PlainDate[]
      readonly by: PlainDate
      readonly reason: string
      readonly decidedBy: string
    }
  // deadlines
  | {
      readonly type: 'immediate-confirmed'
      readonly done: string
      readonly evidence: readonly EvidenceItem[]
    }
  | { readonly type: 'node-completed'; readonly node: number; readonly evidence: readonly EvidenceItem[] }
  | {
      readonly type: 'duty-discharged'
      readonly duty: number
      readonly body: string
      readonly period: PlainDate
      readonly what: string
      readonly evidence: readonly EvidenceItem[]
    }
  | { readonly type: 'duty-missed'; readonly duty: number; readonly body: string; readonly period: PlainDate }
  | {
      readonly type: 'duty-rolled'
      readonly duty: number
      readonly ended: PlainDate
      readonly next: PlainDate
    }
  | {
      readonly type: 'deadline-near'
      readonly target: Target
      readonly days: number
      readonly due: PlainDate
      /** The coloured slip it is told by, where the rules have such. */
      readonly slip?: SlipColour
    }
  | { readonly type: 'overdue'; readonly target: Target; readonly due: PlainDate }
  | {
      readonly type: 'overdue-further'
      readonly target: Target
      readonly days: number
      readonly due: PlainDate
    }
  // extension
  | {
      readonly type: 'extension-requested'
      readonly until: PlainDate
      readonly reason: string
      readonly measures: string
      readonly decider: Seat
    }
  | {
      readonly type: 'extension-approved'
      readonly until: PlainDate
      readonly original: PlainDate
      readonly reason: string
    }
  | { readonly type: 'extension-refused'; readonly until: PlainDate; readonly reason: string }
  // watching over
  | {
      readonly type: 'matter-reported'
      readonly matter: number
      readonly what: string
      readonly where: string
      readonly since: Instant
      readonly done: string
      readonly acknowledgeBy: Instant
    }
  | { readonly type: 'matter-acknowledged'; readonly matter: number }
  | { readonly type: 'matter-unacknowledged'; readonly matter: number }
  | { readonly type: 'visited'; readonly visit: SiteVisit; readonly opinion: string }
  | { readonly type: 'visit-missed'; readonly since: PlainDate }
  | { readonly type: 'supervision-note-attached'; readonly note: number; readonly text: string }
  | { readonly type: 'supervision-note-answered'; readonly note: number; readonly answer: string }
  | { readonly type: 'chased'; readonly whom: Seat; readonly words: string }
  | { readonly type: 'evidence-added'; readonly evidence: readonly EvidenceItem[]; readonly seal: Sha256 }
  // closing
  | { readonly type: 'sign-offs-voided'; readonly closing: number; readonly lapsed: readonly string[] }
  | {
      readonly type: 'closing-submitted'
      readonly closing: number
      /** 集中受理: the day it is taken up, where the rules collect applications. */
      readonly collectedOn?: PlainDate
      readonly statement: string
      readonly checklist: readonly ChecklistMark[]
      readonly evidence: readonly EvidenceItem[]
      readonly seal: Sha256
    }
  | {
      readonly type: 'closing-withdrawn'
      readonly closing: number
      readonly reason: string
      readonly lapsed: readonly string[]
    }
  | {
      readonly type: 'signed'
      readonly closing: number
      readonly step: string
      readonly title: string
      readonly chair: Chair
      readonly saw: Sha256
      readonly opinion: string
      readonly findings: readonly Finding[]
      readonly site?: SiteVisit
    }
  | {
      readonly type: 'step-voted-against'
      readonly closing: number
      readonly step: string
      readonly title: string
      readonly chair: Chair
      readonly saw: Sha256
      readonly reasons: string
      readonly code?: FalsehoodCode
    }
  | {
      readonly type: 'step-refused'
      readonly closing: number
      readonly step: string
      readonly title: string
      readonly reasons: string
      readonly code?: FalsehoodCode
      readonly lapsed: readonly string[]
    }
  | {
      readonly type: 'step-completed'
      readonly closing: number
      readonly step: string
      readonly title: string
      readonly next: 'closing' | 'on-notice' | 'filing'
    }
  | {
      readonly type: 'signer-added'
      readonly closing: number
      readonly step: string
      readonly chair: Chair
      readonly reason: string
    }
  | { readonly type: 'step-chased'; readonly closing: number; readonly step: string; readonly title: string }
  | { readonly type: 'step-late'; readonly closing: number; readonly step: string; readonly title: string }
  | {
      readonly type: 'notice-posted'
      readonly closing: number
      readonly step: string
      readonly postedOn: PlainDate
      readonly until: PlainDate
      readonly provisional: 'provisional' | 'final'
      readonly result: string
      readonly contact: string
      readonly channels: readonly { readonly channel: string; readonly where: string }[]
    }
  | { readonly type: 'notice-taken-down'; readonly closing: number; readonly reason: string }
  | {
      readonly type: 'notice-ended'
      readonly closing: number
      readonly step: string
      readonly until: PlainDate
      readonly objections: number
    }
  | {
      readonly type: 'objection-lodged'
      readonly objection: number
      readonly text: string
      readonly contact: string
      readonly answerBy: PlainDate
    }
  | { readonly type: 'objection-unanswered'; readonly objection: number }
  | {
      readonly type: 'objection-answered'
      readonly objection: number
      readonly decision: 'accept' | 'reject'
      readonly answer: string
    }
  | {
      readonly type: 'filing-sent'
      readonly closing: number
      readonly step: string
      readonly to: string
      readonly noticeResult: string
    }
  | {
      readonly type: 'filing-received'
      readonly closing: number
      readonly step: string
      readonly receipt: string
      readonly receivedOn: PlainDate
    }
  /** `criteria`: what the first acceptance was judged by, where the policy keeps it (JN-13). */
  | { readonly type: 'closed'; readonly closing: number; readonly criteria?: readonly string[] }
  // after closure
  | { readonly type: 'look-back-due'; readonly month: number }
  | { readonly type: 'look-back-late'; readonly month: number }
  | {
      readonly type: 'looked-back'
      readonly month: number
      readonly result: 'holds' | 'rebound'
      readonly findings: string
      readonly site: SiteVisit
      readonly code?: FalsehoodCode
      readonly checks?: readonly Finding[]
    }
  | {
      readonly type: 'rebounded'
      readonly round: number
      readonly findings: string
      readonly code?: FalsehoodCode
    }
  | { readonly type: 'archived' }
  // ladder
  | {
      readonly type: 'rung-called'
      readonly rung: RungId
      readonly index: number
      readonly round: number
      readonly cause: string
    }
  | {
      readonly type: 'rung-raised'
      readonly rung: RungId
      readonly round: number
      readonly cause: string
      readonly reaches: readonly Seat[]
      readonly paper?: PaperKind
    }
  | {
      readonly type: 'rung-drafted'
      readonly rung: RungId
      readonly round: number
      readonly cause: string
      readonly decider: Seat
    }
  | {
      readonly type: 'rung-dismissed'
      readonly rung: RungId
      readonly round: number
      readonly reason: string
    }
  | { readonly type: 'rung-skipped'; readonly rung: RungId; readonly round: number; readonly reason: string }
  | { readonly type: 'rung-released'; readonly rung: RungId; readonly round: number; readonly reason: string }
  | {
      readonly type: 'interview-recorded'
      readonly minutes: string
      readonly present: readonly string[]
      readonly commitments: readonly { readonly text: string; readonly by: PlainDate }[]
    }
  | { readonly type: 'commitment-settled'; readonly commitment: number; readonly result: string }
  | { readonly type: 'commitment-missed'; readonly commitment: number }
  | ({
      readonly type: 'clue-drafted'
      readonly clue: number
      readonly cause: string
      readonly clause: Clause
    } & Partial<ClueEvidence>)
  | {
      readonly type: 'clue-referred'
      readonly clue: number
      readonly referral: CaseId
      readonly reason: string
    }
  | { readonly type: 'clue-dismissed'; readonly clue: number; readonly reason: string }
  // people and units
  | {
      readonly type: 'transferred'
      readonly from: UnitName
      readonly to: UnitName
      readonly reason: string
      readonly acknowledgeBy: PlainDate
    }
  | {
      readonly type: 'delegated'
      readonly to: PersonId
      readonly toName: string
      readonly authority: Authority
      readonly post: Chair
    }
  | {
      readonly type: 'delegation-ended'
      readonly to: PersonId
      readonly why: 'ended' | 'expired'
      /** One of several seats; absent: every seat. */
      readonly post?: Chair
    }
  | {
      readonly type: 'office-handed-over'
      readonly before: Leaders
      readonly after: Leaders
      readonly reason: string
    }
  // special watching
  | {
      readonly type: 'supervision-listed'
      readonly watcher: NamedOfficer
      readonly reason: string
      readonly release: string
    }
  | { readonly type: 'watched'; readonly findings: string }
  | { readonly type: 'supervision-ended'; readonly watcher: NamedOfficer; readonly reason: string }
  | { readonly type: 'key-marked'; readonly target: Target; readonly reason: string }
  | { readonly type: 'key-unmarked'; readonly target: Target; readonly reason: string }
  | { readonly type: 'key-inspection-due'; readonly target: Target; readonly due: PlainDate }
  | { readonly type: 'key-inspection-missed'; readonly target: Target; readonly due: PlainDate }
  | {
      readonly type: 'key-inspected'
      readonly target: Target
      readonly result: 'on-track' | 'behind'
      readonly findings: string
      readonly site: SiteVisit
      readonly timeliness: 'on-time' | 'late'
    }
  | { readonly type: 'observers-invited'; readonly check: Check; readonly observers: readonly Observer[] }
  | { readonly type: 'observed'; readonly name: string; readonly check: Check; readonly words: string }
  | { readonly type: 'case-restricted'; readonly readers: readonly string[]; readonly reason: string }
  | { readonly type: 'case-unrestricted'; readonly reason: string }
  // what the outside told the case
  | {
      readonly type: 'look-back-called'
      readonly campaign: CaseId
      readonly by: PlainDate
      readonly words: string
    }
  | { readonly type: 'look-back-call-late'; readonly campaign: CaseId }
  | {
      readonly type: 'called-look-back-done'
      readonly campaign: CaseId
      readonly result: 'holds' | 'rebound'
      readonly findings: string
      /** Absent where a rebound found otherwise answers the call. */
      readonly site?: SiteVisit
      readonly code?: FalsehoodCode
      readonly checks?: readonly Finding[]
    }
  | {
      readonly type: 'paper-issued'
      readonly paper: PaperKind
      readonly number: string
      readonly sha256: Sha256
      readonly cause: number
    }
  | {
      readonly type: 'signal-refused'
      readonly command: string
      readonly commandId: CommandId
      readonly clause: Clause
      readonly why: string
    }

export type CaseEventType = CaseEvent['type']

/** An event whose author and moment are known, before it is numbered. */
export type Happening = { readonly at: Instant; readonly by: Author; readonly event: CaseEvent }

/**
 * An event on the record: numbered per case from 1, chained by hash. `hash` is the SHA-256 of the canonical JSON
 * of all other fields; `prev` the hash before it (64 zeros for the first).
 */
export type Recorded<E = CaseEvent> = {
  readonly case: CaseId
  readonly seq: number
  readonly at: Instant
  readonly by: Author
  readonly event: E
  /** The command it answers; absent for what the case did by itself. */
  readonly command?: CommandId
  readonly prev: Sha256
  readonly hash: Sha256
}
