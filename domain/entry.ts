import type { CaseId, PersonId, PlainDate, UnitName } from './words.js'

/**
 * One line of the ledger as the plan gives it and the coordinator completes it (CD-01, YZ-02).
 * The reading of a plan (`intake/`) fills what the text says; what it does not say stays absent.
 */
export type Entry = {
  /** The entry's number in its plan, from 1. */
  readonly n: number
  /** First and last line of the plan it came from, from 1. */
  readonly lines: readonly [number, number]
  /** Headings above it, outermost first. */
  readonly section: readonly string[]
  /** The problem's or the measure's own words. */
  readonly text: string
  /** 责任单位 (实施主体). The first answers for the weekly return. */
  readonly units: readonly UnitName[]
  /** 责任人, as the plan words them: offices or names. */
  readonly persons: readonly string[]
  readonly deadline: Deadline
  readonly nodes: readonly PlannedNode[]
  readonly duties: readonly PlannedDuty[]
  /** 整改目标 */
  readonly target?: string
  /** 重点措施 */
  readonly measures?: string
  /** 牵头验收单位: exactly one where the policy asks for it; a plan may wrongly name two (CD-01). */
  readonly leadUnits: readonly UnitName[]
  readonly cooperatingUnits: readonly UnitName[]
  readonly supervisingUnit?: UnitName
  readonly leaders: Leaders
  /** Who verifies in the office's place when the measure is the office's own (JN-17). */
  readonly officeSubstitute?: UnitName
  /** 县(市、区): the leader attached to an area answers for its cases (HH-07). */
  readonly area?: string
  /** 企业负责人, where one is named (YZ-11). */
  readonly enterprise?: string
  /** Other parties the text labels, kept as read. */
  readonly others: readonly { readonly role: string; readonly name: string }[]
  /** Questions of the reading nobody has answered yet; an open one refuses handing over. */
  readonly questions: readonly string[]
  /** 一刀切 (JN-22): a measure that shuts a whole class carries its reason and who approved it. */
  readonly shutsWholeClass?: { readonly reason: string; readonly approvedBy: string }
}

/** 包案市级领导、牵头县级领导、部门负责领导 (YZ-03). */
export type Leaders = {
  readonly municipal?: NamedOfficer
  readonly county?: NamedOfficer
  readonly department?: NamedOfficer
}
export type NamedOfficer = { readonly person: PersonId; readonly name: string }

/** `text` is the plan's own wording; `date` is the last day, Asia/Shanghai (GN-01). */
export type Deadline =
  | { readonly kind: 'immediate'; readonly text: string } // 立行立改
  | { readonly kind: 'by-date'; readonly text: string; readonly date: PlainDate } // 限时整改
  | { readonly kind: 'long-term'; readonly text: string } // 长期坚持
  | { readonly kind: 'mixed'; readonly text: string } // 立行立改,长期坚持
  | { readonly kind: 'unknown'; readonly text: string } // asked, never guessed (JN-02)

export type PlannedNode = { readonly text: string; readonly date: PlainDate }

/** `period` ISO 8601 (`P6M`); each body owes it separately (JN-06); no bodies: the responsible units. */
export type PlannedDuty = {
  readonly text: string
  readonly period: string
  readonly bodies: readonly string[]
}

/** 立行立改 / 限时整改 / 长期坚持 / 立行立改并长期坚持 */
export type CaseClass = 'immediate' | 'by-date' | 'long-term' | 'mixed'

export const CLASS_TITLES: Readonly<Record<CaseClass, string>> = {
  immediate: '立行立改',
  'by-date': '限时整改',
  'long-term': '长期坚持',
  mixed: '立行立改、长期坚持',
}

/** `jinan-2018/041`: the case of a plan's entry. */
export const caseIdOf = (round: string, n: number): CaseId =>
  `${round}/${String(n).padStart(3, '0')}` as CaseId
