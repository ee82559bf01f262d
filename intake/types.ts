import type { PlainDate } from '../domain/words.js'

/** What a careful clerk reads in a city's published plan. `schema.ts` holds the same as zod. */
export type PlanReading = {
  readonly source: PlanSource
  readonly entries: readonly ReadEntry[]
  readonly facts: Facts
}

export type PlanSource = {
  /** The plan's own title, null when the text carries none. */
  readonly title: string | null
  /** 发布日期, or the date under the signature. */
  readonly published: PlainDate | null
}

/** One measure or one problem of the plan. What the text does not say is named in `missing`. */
export type ReadEntry = {
  /** Its number in the reading, from 1. */
  readonly n: number
  /** First and last line of the original file (of the extracted text for .docx), from 1. */
  readonly lines: readonly [number, number]
  /** Headings above it, outermost first. */
  readonly section: readonly string[]
  readonly text: string
  /** 责任单位, 实施主体 … */
  readonly units: readonly string[]
  /** 责任人, 责任领导 …: offices or names. */
  readonly persons: readonly string[]
  /** Every other party the text labels; `role` is the text's own label (牵头单位, 验收单位 …). */
  readonly others: readonly OtherParty[]
  readonly deadline: ReadDeadline
  /** Dated targets inside the measure (JN-05). */
  readonly nodes: readonly ReadNode[]
  /** What comes round every period (JN-06). */
  readonly duties: readonly ReadDuty[]
  readonly missing: readonly MissingField[]
  /** Chinese sentences for the coordinator. */
  readonly questions: readonly string[]
  /** 整改目标, only where the text labels one. */
  readonly target?: string
  /** 整改措施, only where the text labels them. */
  readonly measures?: string
}

export type OtherParty = { readonly role: string; readonly name: string }

export const DEADLINE_KINDS = ['immediate', 'by-date', 'long-term', 'mixed', 'unknown'] as const
export type DeadlineKind = (typeof DEADLINE_KINDS)[number]

/** `date` stands exactly when `kind` is `by-date`; `text` is the plan's own wording, '' when it has none. */
export type ReadDeadline = {
  readonly text: string
  readonly kind: DeadlineKind
  readonly date: PlainDate | null
}

export type ReadNode = { readonly text: string; readonly date: PlainDate }

/** `period` is ISO 8601 (`P6M`); `bodies` are empty when the text names none. */
export type ReadDuty = { readonly text: string; readonly period: string; readonly bodies: readonly string[] }

/** Stable names of what an entry lacks. */
export const MISSING_FIELDS = [
  'units',
  'persons',
  'deadline',
  'target',
  'measures',
  'leadUnit',
  'acceptanceUnit',
  'leadAcceptanceUnit',
  'cooperatingAcceptanceUnit',
  'supervisingUnit',
  'caseLeader',
  'countyLeader',
  'departmentLeader',
] as const
export type MissingField = (typeof MISSING_FIELDS)[number]

/** What the plan says about the round as a whole. `lines` gives the source line of each fact, from 1. */
export type Facts = {
  /** The day against which undated wordings are read. */
  readonly documentDate?: PlainDate
  readonly inspection?: { readonly from: PlainDate; readonly to: PlainDate }
  readonly feedbackDate?: PlainDate
  /** Pieces (件), handed over by the inspectors and closed. */
  readonly petitions?: { readonly handedOver?: number; readonly closed?: number }
  /** Problems by bucket: done (完成整改), done early, on pace (达到序时进度), pressed (加紧整改). */
  readonly problems?: {
    readonly total?: number
    readonly classes?: number
    readonly completed?: number
    readonly early?: number
    readonly onPace?: number
    readonly pressed?: number
  }
  /** Cases of 责任追究 the inspectors handed over. */
  readonly referrals?: number
  /** Deputy secretaries named to coordinate, over all bodies (CD-13). */
  readonly deputySecretaries?: number
  /** The steps of closing in the plan's order and words. */
  readonly closingProcedure?: readonly string[]
  /** The fields the plan itself says every item has. */
  readonly declared?: readonly string[]
  readonly noticePeriod?: { readonly days: number; readonly counting: 'working-days' | 'calendar-days' }
  readonly cadence?: readonly Cadence[]
  readonly lines: Readonly<Record<string, readonly number[]>>
}

/** `weekday` 1 is Monday. */
export type Cadence = {
  readonly text: string
  readonly period: string
  readonly weekday?: number
  readonly line: number
}
