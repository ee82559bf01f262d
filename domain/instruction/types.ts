import type { EvidenceItem } from '../case/commands.js'
import type { OpenedState, Pinned, ShellEvent } from '../kinds/kind.js'
import type { Authority } from '../parties.js'
import type { CaseId, Instant, PersonId, PlainDate, UnitName } from '../words.js'

/** 国、省、市领导批示件 (HY-04) */
export type InstructionLevel = 'national' | 'provincial' | 'municipal'

export const INSTRUCTION_LEVELS: Readonly<Record<InstructionLevel, string>> = {
  national: '国家领导',
  provincial: '省领导',
  municipal: '市领导',
}

/** registered → received → reported → delivered → ended */
export type InstructionPhase = 'registered' | 'receipted' | 'reported' | 'delivered' | 'ended'

export const INSTRUCTION_PHASE_TITLES: Readonly<Record<InstructionPhase, string>> = {
  registered: '待签收',
  receipted: '办理中',
  reported: '已报结果',
  delivered: '已呈报领导',
  ended: '已办结',
}

export type InstructionOpening = Pinned & {
  readonly type: 'register-instruction'
  readonly leader: { readonly name: string; readonly level: InstructionLevel; readonly person?: PersonId }
  /** The leader's own words: never changed, and not for everybody. */
  readonly text: string
  readonly about: string
  readonly given: PlainDate
  readonly units: readonly UnitName[]
  readonly due: PlainDate
  readonly problem?: CaseId
}

export type InstructionCommand =
  | { readonly type: 'receipt-instruction' }
  | {
      readonly type: 'feed-back-instruction'
      readonly progress: string
      readonly evidence: readonly EvidenceItem[]
    }
  | {
      readonly type: 'report-instruction-result'
      readonly result: string
      readonly evidence: readonly EvidenceItem[]
    }
  | { readonly type: 'return-instruction-result'; readonly reason: string }
  | { readonly type: 'deliver-instruction-result'; readonly how: string; readonly deliveredOn: PlainDate }
  | {
      readonly type: 'delegate-instruction'
      readonly to: PersonId
      readonly toName: string
      readonly until: PlainDate
      readonly document: string
    }
  | { readonly type: 'end-instruction-delegation' }
  | {
      readonly type: 'confirm-instruction-result'
      readonly words: string
      /** Where the office writes down what the leader said: by which paper. */
      readonly document?: string
    }

/** 受委托的人: takes note of the result for the leader, until the authority's last day (GN-09). */
export type InstructionDeputy = {
  readonly to: PersonId
  readonly toName: string
  readonly authority: Authority
}

export type InstructionEvent =
  | ({ readonly type: 'instruction-registered'; readonly receiptBy: PlainDate } & Omit<
      InstructionOpening,
      'type' | 'caseId'
    >)
  | { readonly type: 'instruction-receipted'; readonly unit: UnitName; readonly feedbackBy: PlainDate }
  | {
      readonly type: 'instruction-fed-back'
      readonly unit: UnitName
      readonly progress: string
      readonly evidence: readonly EvidenceItem[]
      readonly feedbackBy: PlainDate
    }
  | {
      readonly type: 'instruction-result-reported'
      readonly result: string
      readonly evidence: readonly EvidenceItem[]
    }
  | {
      readonly type: 'instruction-result-returned'
      readonly reason: string
      readonly feedbackBy: PlainDate
    }
  | {
      readonly type: 'instruction-result-delivered'
      readonly how: string
      readonly deliveredOn: PlainDate
    }
  | ({ readonly type: 'instruction-delegated' } & InstructionDeputy)
  | {
      readonly type: 'instruction-delegation-ended'
      readonly to: PersonId
      readonly why: 'ended' | 'expired'
    }
  | { readonly type: 'instruction-ended'; readonly words: string; readonly document?: string }
  | {
      readonly type: 'instruction-late'
      readonly what: InstructionStep
      readonly by: PlainDate
    }
  | { readonly type: 'instruction-chased'; readonly by: PlainDate }
  | ShellEvent

/** `delivery`: the office's, that the leader has the result; the others are the units'. */
export type InstructionStep = 'receipt' | 'feedback' | 'result' | 'delivery'

export const INSTRUCTION_STEP_TITLES: Readonly<Record<InstructionStep, string>> = {
  receipt: '签收',
  feedback: '反馈进展',
  result: '报送结果',
  delivery: '呈报领导阅知',
}

export type InstructionState = OpenedState & {
  readonly phase: InstructionPhase
  readonly leader: InstructionOpening['leader']
  readonly text: string
  readonly about: string
  readonly given: PlainDate
  readonly units: readonly UnitName[]
  readonly due: PlainDate
  readonly problem?: CaseId
  readonly deputy?: InstructionDeputy
  readonly receiptBy: PlainDate
  readonly receipts: readonly UnitName[]
  readonly feedbackBy?: PlainDate
  readonly feedbacks: number
  readonly result?: string
  readonly late: readonly string[]
  readonly lateSince?: Instant
  readonly chased: boolean
  readonly endedAt?: Instant
}
