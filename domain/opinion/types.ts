import type { EvidenceItem } from '../case/commands.js'
import type { OpenedState, Pinned, ShellEvent } from '../kinds/kind.js'
import type { Truth } from '../kinds/truth.js'
import type { Instant, UnitName } from '../words.js'

/** 舆情 (HY-12): found → assigned → verified → answered in public → ended; hours, not days. */
export type OpinionPhase = 'found' | 'assigned' | 'verified' | 'responded' | 'ended'

export const OPINION_PHASE_TITLES: Readonly<Record<OpinionPhase, string>> = {
  found: '待交办',
  assigned: '核查中',
  verified: '已核查',
  responded: '已回应',
  ended: '已办结',
}

export type OpinionOpening = Pinned & {
  readonly type: 'report-opinion'
  readonly text: string
  /** 微博、论坛、报刊、网络问政 … and where in it. */
  readonly channel: string
  readonly where: string
  readonly area?: string
  readonly seenAt: Instant
}

export type OpinionCommand =
  | { readonly type: 'assign-opinion'; readonly units: readonly UnitName[]; readonly words: string }
  | {
      readonly type: 'verify-opinion'
      readonly findings: string
      readonly truth: Truth
      readonly measures: string
      readonly evidence: readonly EvidenceItem[]
    }
  | { readonly type: 'respond-opinion'; readonly response: string; readonly channels: readonly string[] }
  | { readonly type: 'end-opinion'; readonly conclusion: string }

export type OpinionEvent =
  | ({
      readonly type: 'opinion-reported'
      readonly assignBy: Instant
      readonly respondBy: Instant
    } & Omit<OpinionOpening, 'type' | 'caseId'>)
  | {
      readonly type: 'opinion-assigned'
      readonly units: readonly UnitName[]
      readonly words: string
      readonly verifyBy: Instant
    }
  | ({ readonly type: 'opinion-verified' } & Omit<
      Extract<OpinionCommand, { type: 'verify-opinion' }>,
      'type'
    >)
  | { readonly type: 'opinion-responded'; readonly response: string; readonly channels: readonly string[] }
  | { readonly type: 'opinion-ended'; readonly conclusion: string }
  | { readonly type: 'opinion-late'; readonly step: OpinionStep }
  | ShellEvent

/** What is due in hours. */
export type OpinionStep = 'assign' | 'verify' | 'respond'

export const OPINION_STEP_TITLES: Readonly<Record<OpinionStep, string>> = {
  assign: '交办',
  verify: '核查',
  respond: '回应',
}

export type OpinionState = OpenedState & {
  readonly phase: OpinionPhase
  readonly text: string
  readonly channel: string
  readonly where: string
  readonly area?: string
  readonly units: readonly UnitName[]
  readonly assignBy: Instant
  readonly verifyBy?: Instant
  readonly respondBy: Instant
  readonly late: readonly OpinionStep[]
  readonly lateSince?: Instant
  readonly endedAt?: Instant
}
