import type { EvidenceItem } from '../case/commands.js'
import type { OpenedState, Pinned, ShellEvent } from '../kinds/kind.js'
import type { Money } from '../money.js'
import type { CaseId, Instant, PersonId, PlainDate, RoundId, Sha256, UnitName } from '../words.js'

/**
 * What follows from failure beyond the case: 经济处罚 (HH-09), 水质超标补偿 (HH-11), 免职建议 (HH-10). Proposed from the policy's
 * table, decided by a person or by the organ whose decision it is.
 */
export type ConsequenceSort = 'penalty' | 'compensation' | 'removal'

export const SORT_TITLES: Readonly<Record<ConsequenceSort, string>> = {
  penalty: '经济处罚',
  compensation: '水质超标补偿',
  removal: '免职建议',
}

export type ConsequencePhase =
  | 'proposed'
  | 'reviewed'
  | 'imposed'
  | 'paid'
  | 'dropped'
  | 'raised'
  | 'removal-decided'
  | 'recorded'
  | 'refunding'
  | 'cancelled'

export const CONSEQUENCE_PHASE_TITLES: Readonly<Record<ConsequencePhase, string>> = {
  proposed: '待审查',
  reviewed: '待决定',
  imposed: '待缴纳',
  paid: '已缴清',
  dropped: '不予处理',
  raised: '已提请任免机关',
  'removal-decided': '任免机关已决定',
  recorded: '已登记,不产生补偿',
  refunding: '已撤销,待退款',
  cancelled: '已撤销',
}

/** Of a section on a day: figures as they were measured, in the unit of the table. */
export type Reading = {
  readonly section: string
  readonly pollutant: string
  readonly value: string
  readonly limit: string
  readonly measuredOn: PlainDate
}

/** The issued ranking a penalty was proposed on (HH-08): `2020-06`, in its first version or a corrected one. */
export type Ground = { readonly period: string; readonly version: number }

/** The version of that ranking in which the unit is not named any more, and why it was corrected. */
export type GroundGone = { readonly period: string; readonly version: number; readonly reason: string }

export type ConsequenceOpening = Pinned & {
  readonly type: 'propose-consequence'
  readonly unit: UnitName
  readonly facts: string
  /** Only of what the machine proposes on a ranking. */
  readonly ground?: Ground
  readonly evidence: readonly EvidenceItem[]
  readonly problem?: CaseId
} & (
    | { readonly sort: 'penalty'; readonly cause: string }
    | { readonly sort: 'compensation'; readonly reading: Reading }
    | {
        readonly sort: 'removal'
        readonly cause: string
        readonly person: string
        readonly post: string
        /** The referral by which it was investigated, where the rules do not put removal first. */
        readonly investigation?: CaseId
      }
  )

/** The machine's: says of what was proposed on a ranking that its correction does not name the unit any more. */
export type MarkGroundGone = {
  readonly type: 'mark-ground-gone'
  readonly unit: UnitName
  readonly cause: string
} & GroundGone

export type ConsequenceCommand =
  | {
      readonly type: 'review-excuse'
      readonly result: 'excused' | 'partly' | 'not'
      readonly reasons: string
      readonly evidence: readonly EvidenceItem[]
    }
  | {
      readonly type: 'decide-consequence'
      readonly decision: 'impose' | 'reduce' | 'drop'
      readonly reason: string
      /** Whole fen; with `reduce`. */
      readonly fen?: number
    }
  | {
      readonly type: 'record-payment'
      readonly fen: number
      readonly receipt: string
      readonly paidOn: PlainDate
    }
  /** 申诉, by the unit's head; it does not stay what was decided. */
  | {
      readonly type: 'appeal-consequence'
      readonly grounds: string
      readonly evidence: readonly EvidenceItem[]
    }
  | {
      readonly type: 'decide-appeal'
      readonly decision: 'uphold' | 'reduce' | 'cancel'
      readonly reason: string
      /** Whole fen; with `reduce`. */
      readonly fen?: number
    }
  | { readonly type: 'cancel-consequence'; readonly reason: string; readonly document: string }
  /** What was paid on something cancelled goes back. */
  | { readonly type: 'record-refund'; readonly receipt: string; readonly refundedOn: PlainDate }
  | MarkGroundGone
  | { readonly type: 'raise-removal'; readonly authority: string; readonly letter: string }
  | {
      readonly type: 'record-removal-decision'
      readonly decision: 'removed' | 'not-removed'
      readonly authority: string
      readonly document: string
      readonly decidedOn: PlainDate
    }

export type ConsequenceEvent =
  | {
      readonly type: 'consequence-proposed'
      readonly round: RoundId
      readonly policy: Sha256
      readonly calendar: Sha256
      readonly sort: ConsequenceSort
      readonly unit: UnitName
      readonly cause: string
      readonly facts: string
      readonly evidence: readonly EvidenceItem[]
      readonly problem?: CaseId
      readonly ground?: Ground
      /** From the policy's table; absent for a removal. */
      readonly amount?: Money
      readonly reading?: Reading
      readonly person?: string
      readonly post?: string
      readonly removalFirst?: 'first' | 'after-investigation'
      readonly investigation?: CaseId
    }
  | ({ readonly type: 'excuse-reviewed' } & Omit<
      Extract<ConsequenceCommand, { type: 'review-excuse' }>,
      'type'
    >)
  | {
      readonly type: 'consequence-decided'
      readonly decision: 'impose' | 'reduce' | 'drop'
      readonly reason: string
      readonly amount?: Money
      readonly payBy?: PlainDate
    }
  | {
      readonly type: 'payment-recorded'
      readonly amount: Money
      readonly receipt: string
      readonly paidOn: PlainDate
    }
  | { readonly type: 'payment-complete' }
  /** A reading from which nothing follows: within its limit, or over it by less than the table's lowest tier. */
  | { readonly type: 'reading-recorded'; readonly how: 'within-limit' | 'below-table' }
  | {
      readonly type: 'consequence-appealed'
      readonly grounds: string
      readonly evidence: readonly EvidenceItem[]
    }
  | {
      readonly type: 'appeal-decided'
      readonly decision: 'uphold' | 'reduce' | 'cancel'
      readonly reason: string
      readonly amount?: Money
    }
  | { readonly type: 'consequence-cancelled'; readonly reason: string; readonly document: string }
  | {
      readonly type: 'refund-recorded'
      readonly amount: Money
      readonly receipt: string
      readonly refundedOn: PlainDate
    }
  | ({ readonly type: 'ground-gone' } & GroundGone)
  | { readonly type: 'payment-chased'; readonly by: PlainDate }
  | { readonly type: 'payment-late'; readonly by: PlainDate }
  | { readonly type: 'removal-raised'; readonly authority: string; readonly letter: string }
  | ({ readonly type: 'removal-decided' } & Omit<
      Extract<ConsequenceCommand, { type: 'record-removal-decision' }>,
      'type'
    >)
  | ShellEvent

export type ConsequenceState = OpenedState & {
  readonly phase: ConsequencePhase
  readonly sort: ConsequenceSort
  readonly unit: UnitName
  readonly cause: string
  readonly facts: string
  readonly problem?: CaseId
  readonly ground?: Ground
  readonly groundGone?: GroundGone
  readonly amount?: Money
  readonly reading?: Reading
  readonly person?: string
  readonly post?: string
  readonly removalFirst?: 'first' | 'after-investigation'
  /** Whom a removal was raised to: only its decision is one. */
  readonly authority?: string
  readonly proposedBy?: PersonId
  readonly review?: { readonly result: 'excused' | 'partly' | 'not'; readonly by?: PersonId }
  readonly decidedBy?: PersonId
  readonly appeal?: 'pending' | 'decided'
  readonly payBy?: PlainDate
  readonly payments: readonly { readonly amount: Money; readonly receipt: string }[]
  readonly chased: boolean
  readonly lateSince?: Instant
  readonly endedAt?: Instant
}
