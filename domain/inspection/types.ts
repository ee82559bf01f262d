import type { EvidenceItem } from '../case/commands.js'
import type { OpenedState, Pinned, ShellEvent } from '../kinds/kind.js'
import type { CaseId, Instant, PersonId, PlainDate, Sha256, UnitName } from '../words.js'

/**
 * The instruments of pressing (HY-03 督查、交办、巡查、约谈、专项督察; JN-11 专项督查、联合督查、随机抽查; JN-14 第三方评估;
 * JN-20 交叉互查; YZ-16 回头看行动).
 */
export type InspectionForm =
  | 'supervision'
  | 'assignment'
  | 'patrol'
  | 'interview'
  | 'special'
  | 'joint'
  | 'random'
  | 'cross'
  | 'third-party'
  | 'campaign'

export const FORM_TITLES: Readonly<Record<InspectionForm, string>> = {
  supervision: '督查',
  assignment: '交办',
  patrol: '巡查',
  interview: '约谈',
  special: '专项督察',
  joint: '联合督查',
  random: '随机抽查',
  cross: '交叉互查',
  'third-party': '第三方评估',
  campaign: '“回头看”行动',
}

/** ordered 已部署 → under-way 开展中 → follow-up 跟踪落实 → ended 已办结 */
export type InspectionPhase = 'ordered' | 'under-way' | 'follow-up' | 'ended'

export const INSPECTION_PHASE_TITLES: Readonly<Record<InspectionPhase, string>> = {
  ordered: '待抽样',
  'under-way': '开展中',
  'follow-up': '跟踪落实',
  ended: '已办结',
}

/** One of the team: the unit and the area are the register's, filled in at the door. */
export type Member = {
  readonly person: PersonId
  readonly name: string
  readonly unit?: UnitName
  readonly area?: string
}

/** An outside assessor with every tie that is declared or known (JN-14). */
export type Assessor = {
  readonly name: string
  readonly credential: string
  /** Units it works for, is owned by or has had a contract with in the years the policy names. */
  readonly ties: readonly UnitName[]
  /** Its statement that there are no other ties. */
  readonly statement: string
}

/** What is inspected: cases with their responsible units and areas as the ledger has them, or units and areas as such. */
export type Subjects = {
  readonly cases: readonly CaseId[]
  readonly units: readonly UnitName[]
  readonly areas: readonly string[]
}

export type InspectionOpening = Pinned & {
  readonly type: 'order-inspection'
  readonly form: InspectionForm
  readonly title: string
  /** What is to be inspected and why, as the order says. */
  readonly order: string
  readonly subjects: Subjects
  /** What a random check is drawn from: problems, or answered petitions whose quality is re-examined (HH-12). */
  readonly of?: 'problems' | 'petitions'
  readonly team: readonly Member[]
  readonly assessor?: Assessor
  /** Last day for the result. */
  readonly until: PlainDate
}

export type FindingGiven = {
  readonly about: CaseId | UnitName | string
  readonly text: string
  readonly gravity: 'fine' | 'problem'
  readonly evidence: readonly EvidenceItem[]
  /** Who puts a problem right, by when. */
  readonly unit?: UnitName
  readonly by?: PlainDate
}

export type InspectionCommand =
  | { readonly type: 'draw-sample'; readonly seed: string; readonly take: number }
  | { readonly type: 'change-team'; readonly team: readonly Member[]; readonly reason: string }
  | {
      readonly type: 'record-result'
      readonly summary: string
      readonly findings: readonly FindingGiven[]
    }
  | {
      readonly type: 'follow-finding'
      readonly finding: number
      readonly result: string
      readonly evidence: readonly EvidenceItem[]
    }
  | {
      readonly type: 'confirm-finding'
      readonly finding: number
      readonly decision: 'settled' | 'not-settled'
      readonly reason: string
    }
  | {
      readonly type: 'record-campaign-result'
      readonly case: CaseId
      readonly result: 'holds' | 'rebound'
      readonly findings: string
    }
  | { readonly type: 'end-inspection'; readonly conclusion: string }

export type InspectionEvent =
  | ({ readonly type: 'inspection-ordered' } & Omit<InspectionOpening, 'type' | 'caseId'>)
  | {
      readonly type: 'sample-drawn'
      readonly seed: string
      readonly take: number
      /** Hash over the sorted list the sample was drawn from: whoever draws again starts from the same. */
      readonly population: Sha256
      readonly selected: readonly CaseId[]
    }
  | { readonly type: 'team-changed'; readonly team: readonly Member[]; readonly reason: string }
  | {
      readonly type: 'result-recorded'
      readonly summary: string
      readonly findings: readonly (FindingGiven & { readonly due?: PlainDate })[]
    }
  | { readonly type: 'result-late' }
  | {
      readonly type: 'finding-followed'
      readonly finding: number
      readonly result: string
      readonly evidence: readonly EvidenceItem[]
    }
  | {
      readonly type: 'finding-confirmed'
      readonly finding: number
      readonly decision: 'settled' | 'not-settled'
      readonly reason: string
    }
  | { readonly type: 'finding-late'; readonly finding: number }
  | {
      readonly type: 'campaign-result-recorded'
      readonly case: CaseId
      readonly result: 'holds' | 'rebound'
      readonly findings: string
    }
  | { readonly type: 'inspection-ended'; readonly conclusion: string }
  | ShellEvent

export type Finding = FindingGiven & {
  readonly due?: PlainDate
  readonly state: 'noted' | 'open' | 'late' | 'followed' | 'settled'
}

export type InspectionState = OpenedState & {
  readonly phase: InspectionPhase
  readonly form: InspectionForm
  readonly title: string
  readonly order: string
  readonly subjects: Subjects
  readonly of?: 'problems' | 'petitions'
  readonly team: readonly Member[]
  readonly assessor?: Assessor
  readonly until: PlainDate
  readonly orderedBy?: PersonId
  readonly sample?: { readonly seed: string; readonly selected: readonly CaseId[] }
  readonly summary?: string
  readonly findings: readonly Finding[]
  readonly results: readonly { readonly case: CaseId; readonly result: 'holds' | 'rebound' }[]
  readonly late: 'late' | 'in-time'
  readonly endedAt?: Instant
}
