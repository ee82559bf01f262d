import type { Money } from './money.js'
import type { AreaTier, Seat } from './parties.js'
import type { Clause, Percent, UnitName } from './words.js'

/**
 * A city's rules as data. `policies/schema.ts` reads them from YAML; a case is pinned to one version by
 * hash and never sees an edit. Times of day are Asia/Shanghai.
 */
export type Policy = {
  readonly id: string
  readonly city: string
  readonly title: string
  readonly office: Office
  readonly handover: HandoverRules
  readonly classes: ClassRules
  readonly returns: ReturnRules
  readonly ladder: readonly Rung[]
  readonly closing: ClosingRules
  readonly extension: ExtensionRules
  readonly visits?: VisitRules
  readonly lookBack: LookBackRules
  readonly referral: ReferralRules
  readonly matters: MatterRules
  /** 舆情 (HY-12): absent where an older version of the rules does not say. */
  readonly opinions?: OpinionRules
  /** 督查检查 (HY-03): absent where an older version of the rules does not say. */
  readonly inspections?: InspectionRules
  /** 信访件 (GN-11): absent where an older version of the rules does not say. */
  readonly petitions?: PetitionRules
  /** 批示件 (HY-04) and 处罚、补偿、免职 (HH-09 to HH-11): absent where an older version of the rules does not say. */
  readonly instructions?: InstructionRules
  readonly consequences?: ConsequenceRules
  /** 排名 (JN-21): absent where an older version of the rules does not say. */
  readonly ranking?: RankingRules
  /** 通报、讲评、交账 (HH-03, HY-02, HH-04): absent where an older version of the rules does not say. */
  readonly cadence?: CadenceRules
  readonly acceptance?: AcceptanceRules
  readonly accountability?: AccountabilityRules
  readonly keyChecks?: KeyCheckRules
  readonly areaLeaders?: AreaLeaderRules
  readonly wholeClass?: WholeClassRules
}

/** 验收尺度 (JN-13): what of the first acceptance every later check is held to. */
export type AcceptanceRules = Sourced & { readonly keeps: readonly CriterionPart[] }
export type CriterionPart = 'findings' | 'checklist' | 'target'
export const CRITERION_TITLES: Readonly<Record<CriterionPart, string>> = {
  findings: '核查结论',
  checklist: '自查清单',
  target: '整改目标',
}

/** 追责情形 (JN-15): figures at which a clue is drafted by itself. */
export type AccountabilityRules = Sourced & {
  /** 整改不力: refusals in one rectification round, or rebounds. */
  readonly refusals: number
  readonly rebounds: number
  /** 拒不整改: returns missing in a row. */
  readonly missingReturns: number
}

/** 重点任务、重要节点 (HH-14): inspected so long before they fall due. */
export type KeyCheckRules = Sourced & { readonly before: Span }

/** 分级告知 (HH-15): which tier of an area's leaders is told of which rung. */
export type AreaLeaderRules = Sourced & {
  readonly tells: readonly { readonly rung: RungId; readonly tiers: readonly AreaTier[] }[]
}

/** 一刀切 (JN-22): words by which a measure that shuts a whole class is recognized. */
export type WholeClassRules = Sourced & { readonly words: readonly string[] }

/** Where a rule comes from: a clause of the catalogue, and in words (`parameter` where no text gives the figure). */
export type Sourced = { readonly clause: Clause; readonly source: string }

/** A span with its unit. A working day is not 24 hours (domain rule 13). */
export type Span = { readonly days: number; readonly of: 'working' | 'calendar' }

export type Office = {
  /** 市整改工作领导小组办公室: as a unit, it never verifies its own measure (JN-17). */
  readonly unit: UnitName
  /** Other names by which a plan calls the same office. */
  readonly aliases: readonly UnitName[]
  /** Issuing-organ code of document numbers: 常督改办. */
  readonly documentCode: string
  /** Name over papers: 常德市生态环境保护督察整改工作领导小组办公室. */
  readonly letterhead: string
}

export type RequiredField =
  | 'target'
  | 'units'
  | 'measures'
  | 'deadline'
  | 'lead-unit'
  | 'cooperating-units'
  | 'supervising-unit'
  | 'persons'
  | 'municipal-leader'
  | 'county-leader'
  | 'department-leader'

export type HandoverRules = {
  readonly requires: readonly ({ readonly field: RequiredField } & Sourced)[]
  /** Parties of which none may be a responsible unit at the same time (CD-01, HH-06). */
  readonly apart: readonly ({ readonly party: 'acceptance-units' | 'supervising-unit' } & Sourced)[]
  readonly acknowledge: Span & Sourced
  readonly casePlan: Span & Sourced
  /** What must exist before rectification starts (YZ-02). */
  readonly beforeStart: readonly ({ readonly need: 'plan' | 'leader' | 'team' } & Sourced)[]
}

export type ClassRules = {
  readonly immediate: Span & Sourced
  readonly longTerm: { readonly stageTarget: 'required' | 'optional' } & Sourced
}

/** Weekly: due on `weekday` (1 Monday … 7 Sunday). Monthly: due on `day`, or on the last working day. */
export type Rhythm =
  | { readonly every: 'week'; readonly weekday: number; readonly time: string }
  | { readonly every: 'month'; readonly day: number | 'last-working-day'; readonly time: string }
  | { readonly every: 'ten-days'; readonly days: readonly number[]; readonly time: string }
  /** 日调度: every working day. */
  | { readonly every: 'day'; readonly time: string }

export type ReturnRules = Sourced & {
  readonly rhythm: Rhythm
  /** How long before it is due a return is chased; none on days off (domain rule 14). */
  readonly chase: Span & { readonly time: string }
  /** A period that ends sooner than this after handing over is not asked for. */
  readonly grace: Span
}

export type RungId = 'warning' | 'circular' | 'listed-supervision' | 'interview' | 'referral-draft'
export const RUNG_TITLES: Readonly<Record<RungId, string>> = {
  warning: '预警',
  circular: '通报',
  'listed-supervision': '挂牌督办',
  interview: '约谈',
  'referral-draft': '责任追究线索',
}

export type Trigger =
  | { readonly on: 'before-deadline'; readonly days: number; readonly slip?: SlipColour }
  | { readonly on: 'after-deadline'; readonly days: number }
  | { readonly on: 'missing-returns'; readonly inARow: number }
  | { readonly on: 'refusals'; readonly count: number }
  | { readonly on: 'rebound' }
  | { readonly on: 'falsehood' }

export type PaperKind =
  | 'handover-slip' // 交办单
  | 'supervision-letter' // 督办函
  | 'circular' // 通报
  | 'listed-supervision-notice' // 挂牌督办通知
  | 'interview-notice' // 约谈通知书
  | 'filing-report' // 备案报告
  | 'referral-letter' // 线索移交函
  | 'decision-notice' // 处理决定通知书
  | 'reminder-slip' // 提醒单

export const PAPER_TITLES: Readonly<Record<PaperKind, string>> = {
  'handover-slip': '交办单',
  'supervision-letter': '督办函',
  circular: '通报',
  'listed-supervision-notice': '挂牌督办通知',
  'interview-notice': '约谈通知书',
  'filing-report': '备案报告',
  'referral-letter': '线索移交函',
  'decision-notice': '处理决定通知书',
  'reminder-slip': '提醒单',
}

/** Rungs are climbed in the order written, each once a round, none skipped without a signed decision (CD-11, GN-05). */
export type Rung = Sourced & {
  readonly id: RungId
  readonly triggers: readonly Trigger[]
  /** `engine` raises by itself; otherwise the engine drafts and the named seat decides. */
  readonly by: 'engine' | 'office-head' | 'case-leader'
  readonly reaches: readonly Seat[]
  readonly paper?: PaperKind
  readonly release: { readonly by: 'office-head' | 'case-leader' }
  /** Only for cases of these levels of source; absent: for all. What is not for a case is not in its ladder at all. */
  readonly levels?: readonly SourceLevel[]
}

export type SourceLevel = 'central' | 'provincial' | 'municipal' | 'county'

/** 黄、橙、红提醒单: how near a deadline is, in a colour that is seen across a desk. */
export type SlipColour = 'yellow' | 'orange' | 'red'
export const SLIP_TITLES: Readonly<Record<SlipColour, string>> = {
  yellow: '黄色提醒单',
  orange: '橙色提醒单',
  red: '红色提醒单',
}

export type ClosingRules = {
  /** Points that must all be met before submission (五个不上报, YZ-05); empty where the city has none. */
  readonly checklist: { readonly points: readonly string[] } & Sourced
  /** 集中受理: applications are taken up on these days of the month, off holidays on the next working day; absent: at once. */
  readonly collected?: { readonly days: readonly number[] } & Sourced
  readonly chain: readonly Step[]
}

/** One step of the closing chain, in order; what a step needs is data. */
export type Step = SignOffStep | NoticeStep | FilingStep

export type StepBase = Sourced & { readonly id: string; readonly title: string }

export type SignOffStep = StepBase & {
  readonly kind: 'sign-off'
  readonly by: Seat
  readonly quorum: Quorum
  /** A signature is bound to a person in person or under a recorded authority; a review to the unit. */
  readonly form: 'review' | 'signature'
  /** `in-person`: no deputy (CD-07). */
  readonly deputy: 'allowed' | 'in-person'
  readonly where: 'on-site' | 'anywhere'
  readonly evidence: 'required' | 'optional'
  /** Findings each to be met with evidence before passing (CD-08), by title. */
  readonly findings: readonly string[]
  readonly within: Span
  /** Chased this long after the step's turn came; never on days off. */
  readonly chaseAfter: Span
  /** What a refusal does: back to rectifying, every sign-off of the round lapsed (YZ-08). */
  readonly onRefusal: 'back-to-rectifying'
}

/**
 * `one`: any holder of the seat. `all`: every chair, in order or side by side.
 * `ratio`: at least `needed` of `of` parts of the chairs agree; a refusal ends it only with `veto` (domain rule 15).
 */
export type Quorum =
  | { readonly mode: 'one' }
  | { readonly mode: 'all'; readonly order: 'sequential' | 'parallel' }
  | {
      readonly mode: 'ratio'
      readonly needed: number
      readonly of: number
      readonly veto: 'veto' | 'no-veto'
    }

export type NoticeStep = StepBase & {
  readonly kind: 'notice'
  readonly period: Span
  readonly counting: 'from-first-day' | 'from-next-day'
  readonly objection: { readonly answer: Span }
  /** 一台一报一网 (CD-19): the channels to be recorded. */
  readonly channels: readonly string[]
  /** Working days after the turn came by which it is to be posted. */
  readonly within: Span
}

export type FilingStep = StepBase & {
  readonly kind: 'filing'
  readonly to: string
  readonly receipt: 'required' | 'not-required'
  readonly within: Span
}

export type ExtensionRules = Sourced & {
  readonly times: number
  readonly longestMonths: number
  /** First level whose `upToMonths` covers the asked span decides. */
  readonly levels: readonly {
    readonly upToMonths: number
    readonly by: 'case-leader' | 'secretary' | 'mayor' | 'office-head'
  }[]
}

/** A case not visited within the period is listed to the office (CD-12). */
export type VisitRules = Sourced & { readonly everyMonths: number }

export type LookBackRules = Sourced & {
  /** Months after closure, ascending; the case is archived after the last. */
  readonly months: readonly number[]
  readonly immediateMonths: readonly number[]
  /** Days given to carry one out before it is chased. */
  readonly within: Span
}

export type ReferralRules = Sourced & { readonly organ: string; readonly receiptWithin: Span }

/** 重大事项 (JN-08) */
export type MatterRules = Sourced & { readonly reaches: readonly Seat[]; readonly acknowledgeWithin: Span }

/** 舆情: hours by the clock, days off or not (HY-12). */
export type OpinionRules = Sourced & {
  /** Hours from when it was seen to the order to the units. */
  readonly assignHours: number
  /** Hours from the order to the units' findings. */
  readonly verifyHours: number
  /** Hours from when it was seen to the answer in public. */
  readonly respondHours: number
}

/** 督查、交办、巡查、约谈、专项督察 (HY-03). */
export type InspectionRules = Sourced & {
  /** How long a unit has to put right what an inspection found, unless the finding says. */
  readonly followUp: Span
}

/** 排名 (JN-21): what each part of a unit's score weighs, and how many of the last are named (HH-08). */
export type RankingRules = Sourced & {
  readonly weights: {
    readonly completion: number
    readonly pace: number
    readonly returns: number
    /** Refusals and rebounds count against a unit: this is what it keeps without any. */
    readonly setbacks: number
  }
  readonly named: number
}

/** 信访件: calendar days (信访工作条例; domain rule 10). */
export type PetitionRules = Sourced & {
  /** From receipt to the decision whether it is accepted, and from acceptance to its end. */
  readonly accept: Span
  readonly close: Span
  /** One extension of at most so many days. */
  readonly extendDays: number
  /** Chased so many days before. */
  readonly chaseDays: number
  /** After a bad answer was found by sample (HH-12). */
  readonly reopen: Span
  /** Two petitions are proposed as repeats when place and subject are alike by so many per cent (HY-05). */
  readonly repeat: { readonly place: number; readonly subject: number }
  /** So many repeats: supervision is proposed. */
  readonly superviseAt: number
}

/** 领导批示件 (HY-04) */
export type InstructionRules = Sourced & {
  readonly receipt: Span
  /** From receipt, and from each feedback, to the next. */
  readonly feedback: Span
  /** Chased so long before its day. */
  readonly chase: Span
}

/** 经济处罚、水质超标补偿、先免职再调查: what may be proposed; a person or the organ decides. */
export type ConsequenceRules = {
  /** By cause (HH-09). */
  readonly penalties: readonly ({
    readonly cause: string
    readonly amount: Money
    /** Proposed by itself for whoever stands at the bottom of an issued ranking (HH-08). */
    readonly when?: 'bottom-of-ranking'
  } & Sourced)[]
  readonly compensation: CompensationRules
  /** Causes for which removal comes before investigation (HH-10). */
  readonly removalFirst: { readonly causes: readonly string[] } & Sourced
  readonly payWithin: Span & Sourced
  readonly chase: Span
}

/** By how far a reading lies over its limit, in per cent of the limit, ascending (HH-11). */
export type CompensationRules = Sourced & {
  readonly tiers: readonly { readonly overPercent: Percent; readonly amount: Money }[]
}

/** One periodic thing: when its figures are cut off, and within how long it is issued, or signed. */
export type CadenceRule = Sourced & {
  readonly every: 'month' | 'quarter' | 'half-year'
  readonly cutOff: 'last-working-day' | 'last-day'
  readonly within: Span
}

/** 月通报、季讲评、半年交账 (HH-03, HY-02, HH-04). */
export type CadenceRules = {
  readonly bulletin: CadenceRule
  readonly review: CadenceRule
  readonly account: CadenceRule
  /** How long before it is due anything periodic, and the plan (GN-12), is chased. */
  readonly chase: Span
  readonly chaseTime: string
  /** How many are called best, worst, praised and pressed. */
  readonly named: number
} & Sourced
