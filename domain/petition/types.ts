import type { EvidenceItem } from '../case/commands.js'
import type { OpenedState, Pinned, ShellEvent } from '../kinds/kind.js'
import type { Truth } from '../kinds/truth.js'
import type { CaseId, Instant, PlainDate, Sha256, UnitName } from '../words.js'

/** 12345 市民服务热线 (JN-19), 12369 环保投诉举报 (HY-07), letters, visits, and the public page. */
export type Channel = '12345' | '12369' | 'letter' | 'visit' | 'online'

export const CHANNEL_TITLES: Readonly<Record<Channel, string>> = {
  '12345': '12345 热线',
  '12369': '12369 举报',
  letter: '来信',
  visit: '来访',
  online: '网上',
}

/** received → accepted → assigned → answered → closed; declined and merged ones are answered on their own way. */
export type PetitionPhase =
  | 'received'
  | 'accepted'
  | 'assigned'
  | 'answered'
  | 'closed'
  | 'merged'
  | 'merged-closed'
  | 'declined'

export const PETITION_PHASE_TITLES: Readonly<Record<PetitionPhase, string>> = {
  received: '待受理',
  accepted: '已受理',
  assigned: '办理中',
  answered: '已答复',
  closed: '已办结',
  merged: '并案办理',
  'merged-closed': '并案办结',
  declined: '不予受理',
}

/** What a petition waits for. */
export type PetitionStep = 'accept' | 'close'

export const PETITION_STEP_TITLES: Readonly<Record<PetitionStep, string>> = {
  accept: '决定是否受理',
  close: '办结',
}

export type PetitionOpening = Pinned & {
  readonly type: 'receive-petition'
  readonly channel: Channel
  /** Confidential: never outside the office and the unit that handles it. */
  readonly petitioner: { readonly name: string; readonly contact: string }
  readonly place: string
  readonly area?: string
  readonly subject: string
  readonly text: string
  readonly receivedOn: PlainDate
  /** Hash of the code by which somebody without an account asks for its state. */
  readonly code?: Sha256
}

export type Answer = {
  readonly findings: string
  readonly truth: Truth
  readonly answer: string
  /** How and when the petitioner was told. */
  readonly told: string
  readonly evidence: readonly EvidenceItem[]
}

export type PetitionCommand =
  | { readonly type: 'accept-petition' }
  | { readonly type: 'decline-petition'; readonly reason: string; readonly told: string }
  | { readonly type: 'assign-petition'; readonly unit: UnitName; readonly words: string }
  | { readonly type: 'link-petition'; readonly problem: CaseId }
  | ({ readonly type: 'answer-petition' } & Answer)
  | {
      readonly type: 'close-petition'
      readonly satisfied: 'satisfied' | 'not-satisfied' | 'not-reached'
      readonly note: string
    }
  | { readonly type: 'request-petition-extension'; readonly days: number; readonly reason: string }
  | {
      readonly type: 'decide-petition-extension'
      readonly decision: 'approve' | 'refuse'
      readonly reason: string
    }
  | { readonly type: 'merge-petition'; readonly into: CaseId; readonly reason: string }
  | { readonly type: 'unmerge-petition'; readonly reason: string }
  | { readonly type: 'take-in-petition'; readonly petition: CaseId }
  | { readonly type: 'let-go-petition'; readonly petition: CaseId }
  | {
      readonly type: 'answer-merged-petition'
      readonly main: CaseId
      readonly answer: string
      /** The unit that answered the main one; none when it was declined. */
      readonly unit?: UnitName
    }
  | { readonly type: 'call-reexamination'; readonly inspection: CaseId; readonly by: PlainDate }
  | {
      readonly type: 'reexamine-petition'
      readonly verdict: 'good' | 'bad'
      readonly reasons: string
    }
  | {
      readonly type: 'decide-petition-supervision'
      readonly decision: 'supervise' | 'not'
      readonly reason: string
    }

export type PetitionEvent =
  | ({ readonly type: 'petition-received'; readonly acceptBy: PlainDate } & Omit<
      PetitionOpening,
      'type' | 'caseId'
    >)
  | { readonly type: 'petition-accepted'; readonly closeBy: PlainDate }
  | { readonly type: 'petition-declined'; readonly reason: string; readonly told: string }
  | { readonly type: 'petition-assigned'; readonly unit: UnitName; readonly words: string }
  | { readonly type: 'petition-linked'; readonly problem: CaseId }
  | ({ readonly type: 'petition-answered' } & Answer)
  | {
      readonly type: 'petition-closed'
      readonly satisfied: 'satisfied' | 'not-satisfied' | 'not-reached'
      readonly note: string
    }
  | {
      readonly type: 'petition-extension-requested'
      readonly days: number
      readonly reason: string
    }
  | {
      readonly type: 'petition-extended'
      readonly original: PlainDate
      readonly closeBy: PlainDate
      readonly reason: string
    }
  | { readonly type: 'petition-extension-refused'; readonly reason: string }
  | {
      readonly type: 'petition-merged'
      readonly into: CaseId
      readonly reason: string
      readonly closeBy: PlainDate
    }
  | { readonly type: 'petition-unmerged'; readonly from: CaseId; readonly reason: string }
  | { readonly type: 'petition-taken-in'; readonly petition: CaseId }
  | { readonly type: 'petition-let-go'; readonly petition: CaseId }
  | {
      readonly type: 'petition-answered-with-main'
      readonly main: CaseId
      readonly answer: string
      readonly unit?: UnitName
    }
  | { readonly type: 'petition-chased'; readonly what: PetitionStep; readonly by: PlainDate }
  | { readonly type: 'petition-late'; readonly what: PetitionStep; readonly by: PlainDate }
  | { readonly type: 'reexamination-called'; readonly inspection: CaseId; readonly by: PlainDate }
  | { readonly type: 'reexamination-late'; readonly by: PlainDate }
  | {
      readonly type: 'petition-reexamined'
      readonly verdict: 'good' | 'bad'
      readonly reasons: string
      /** A bad answer reopens it: by when it is to be answered anew. */
      readonly closeBy?: PlainDate
    }
  | { readonly type: 'petition-supervision-proposed'; readonly repeats: number }
  | {
      readonly type: 'petition-supervision-decided'
      readonly decision: 'supervise' | 'not'
      readonly reason: string
    }
  | ShellEvent

export type PetitionState = OpenedState & {
  readonly phase: PetitionPhase
  readonly channel: Channel
  readonly petitioner: { readonly name: string; readonly contact: string }
  readonly place: string
  readonly area?: string
  readonly subject: string
  readonly text: string
  readonly receivedOn: PlainDate
  readonly code?: Sha256
  readonly acceptBy: PlainDate
  readonly acceptedAt?: Instant
  /** Last day for closing, and the one before an extension. */
  readonly closeBy?: PlainDate
  readonly originalCloseBy?: PlainDate
  readonly unit?: UnitName
  readonly problem?: CaseId
  readonly answer?: Answer
  /** What the petitioner is told in the end: the answer, the main one's, or why it was not accepted (HH-13). */
  readonly reply?: string
  /** The unit whose answer that is, where it was given with the main one. */
  readonly answeredBy?: UnitName
  readonly answeredAt?: Instant
  readonly closedAt?: Instant
  readonly extension?: {
    readonly days: number
    readonly reason: string
    readonly outcome: 'pending' | 'approved' | 'refused'
  }
  readonly mergedInto?: CaseId
  readonly phaseBeforeMerge?: PetitionPhase
  readonly takenIn: readonly CaseId[]
  readonly chased: readonly string[]
  /** What fell late, ever: an answer given later does not take it back. */
  readonly late: readonly string[]
  readonly lateSince?: Instant
  readonly reexamination?: { readonly by: PlainDate; readonly state: 'open' | 'late' }
  readonly reopened: number
  readonly supervision: 'none' | 'proposed' | 'supervised' | 'declined'
}
