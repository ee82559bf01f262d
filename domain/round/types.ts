import type { Source } from '../case/commands.js'
import type { Sums } from '../figures/types.js'
import type { OpenedState, Pinned, ShellEvent } from '../kinds/kind.js'
import type { CaseId, Instant, PersonId, PlainDate, Sha256, UnitName } from '../words.js'

/** 轮次 (GN-12): the plan is awaited, then its cases are carried out, until the round is ended by a decision. */
export type RoundPhase = 'awaiting-plan' | 'carrying-out' | 'ended'

export const ROUND_PHASE_TITLES: Readonly<Record<RoundPhase, string>> = {
  'awaiting-plan': '待报方案',
  'carrying-out': '整改中',
  ended: '已结束',
}

/** What comes round by itself: 月通报 (HH-03), 季讲评 (HY-02), 半年交账 (HH-04). */
export type Periodic = 'bulletin' | 'review' | 'account'
export const PERIODICS: readonly Periodic[] = ['bulletin', 'review', 'account']

/** What of a round can be paused: also the returns of its cases, which are moments of each case (JN-07, HH-02, HY-01). */
export type Pausable = Periodic | 'return'
export const PAUSABLES: readonly Pausable[] = [...PERIODICS, 'return']

export const PERIODIC_TITLES: Readonly<Record<Periodic, string>> = {
  bulletin: '通报',
  review: '讲评',
  account: '交账',
}
export const PAUSABLE_TITLES: Readonly<Record<Pausable, string>> = { ...PERIODIC_TITLES, return: '调度' }

/** What becomes of returns that fell due in a pause: none is asked for, or all are, by a day. */
export type Settlement = { readonly how: 'waive' } | { readonly how: 'make-up'; readonly by: PlainDate }

/** A pause of the returns, from its decision to that of resuming; still on without `until`. */
export type Pause = { readonly since: Instant; readonly until?: Instant }

/** One period of a periodic thing: `2019-10`, `2019-Q4`, `2019-H2`. Both days belong to it. */
export type PeriodOf = {
  readonly thing: Periodic
  readonly period: string
  readonly from: PlainDate
  readonly to: PlainDate
  readonly cutOff: Instant
}

export type AdoptedPlan = {
  readonly planDate: PlainDate
  readonly entries: number
  readonly units: readonly UnitName[]
}

export type RankedAt = { readonly unit: UnitName; readonly rank: number; readonly score: number }

/** A promise of a unit: one of its cases, as the snapshot has it. */
export type Commitment = {
  readonly case: CaseId
  readonly units: readonly UnitName[]
  readonly due: PlainDate | null
  readonly standing: 'open' | 'closed'
  readonly overdue: 'overdue' | 'not-overdue'
}

/** What a draft is written from: as much of the frozen figures as its words need. The whole stands in the snapshot. */
export type Digest = {
  readonly totals: Sums
  readonly byClass: readonly ({ readonly class: string | null } & Sums)[]
  readonly byUnit: readonly ({ readonly unit: UnitName | null } & Sums)[]
  readonly returns: { readonly onTime: number; readonly late: number; readonly missing: number }
  readonly overdue: readonly {
    readonly case: CaseId
    readonly units: readonly UnitName[]
    readonly days: number
  }[]
  readonly missing: readonly { readonly unit: UnitName; readonly count: number }[]
  readonly raised: readonly { readonly case: CaseId; readonly rung: string }[]
  readonly released: readonly { readonly case: CaseId; readonly rung: string }[]
  readonly ranking: readonly RankedAt[]
  readonly bottom: readonly UnitName[]
  /** Only of a half-year's account. */
  readonly commitments: readonly Commitment[]
}

/** What a unit's head says became of each promise. */
export type AccountLine = {
  readonly case: CaseId
  readonly outcome: 'done' | 'under-way' | 'not-done'
  readonly result: string
}

export type RoundOpening = Pinned & {
  readonly type: 'open-round'
  readonly title: string
  readonly source: Source
  readonly feedbackDate?: PlainDate
  /** A plan that came with the feedback is adopted at once. */
  readonly plan?: AdoptedPlan
}

export type RoundCommand =
  | ({ readonly type: 'adopt-plan' } & AdoptedPlan)
  | { readonly type: 'pause-cadence'; readonly things: readonly Pausable[]; readonly reason: string }
  | { readonly type: 'resume-cadence'; readonly things: readonly Pausable[]; readonly reason: string }
  | ({
      readonly type: 'settle-returns'
      readonly periods: readonly PlainDate[]
      readonly reason: string
    } & Settlement)
  | { readonly type: 'catch-up'; readonly thing: Periodic; readonly period: string }
  | {
      readonly type: 'issue-period'
      readonly thing: Periodic
      readonly period: string
      readonly speaker?: string
    }
  | {
      readonly type: 'correct-period'
      readonly thing: Periodic
      readonly period: string
      readonly reason: string
    }
  | {
      readonly type: 'sign-account'
      readonly period: string
      readonly unit: UnitName
      readonly lines: readonly AccountLine[]
    }
  | { readonly type: 'issue-circular'; readonly period: string; readonly demand: string }
  | { readonly type: 'end-round'; readonly reason: string }

type Which = { readonly thing: Periodic; readonly period: string }

export type RoundEvent =
  | ({ readonly type: 'round-opened'; readonly planBy?: PlainDate } & Omit<
      RoundOpening,
      'type' | 'caseId' | 'plan'
    >)
  | ({ readonly type: 'plan-adopted'; readonly timeliness: 'on-time' | 'late' } & AdoptedPlan)
  | { readonly type: 'plan-chased'; readonly planBy: PlainDate }
  | { readonly type: 'plan-missed'; readonly planBy: PlainDate }
  | ({
      readonly type: 'period-cut'
      readonly issueBy: PlainDate
      readonly how: 'in-turn' | 'caught-up'
    } & PeriodOf)
  | ({ readonly type: 'period-skipped' } & PeriodOf)
  | (Which & {
      readonly type: 'snapshot-taken'
      readonly version: number
      readonly snapshot: Sha256
      readonly digest: Digest
    })
  | (Which & { readonly type: 'period-chased'; readonly issueBy: PlainDate })
  | (Which & { readonly type: 'period-late'; readonly unsigned: readonly UnitName[] })
  | (Which & {
      readonly type: 'period-issued'
      readonly version: number
      readonly snapshot: Sha256
      readonly subject: string
      readonly body: readonly string[]
      readonly named: readonly UnitName[]
    })
  | (Which & {
      readonly type: 'correction-begun'
      readonly version: number
      readonly reason: string
    } & Omit<PeriodOf, 'thing' | 'period'>)
  | {
      readonly type: 'account-signed'
      readonly period: string
      readonly unit: UnitName
      readonly person: PersonId
      readonly lines: readonly AccountLine[]
      readonly timeliness: 'on-time' | 'late'
    }
  | {
      readonly type: 'circular-issued'
      readonly period: string
      readonly snapshot: Sha256
      readonly named: readonly UnitName[]
      readonly subject: string
      readonly body: readonly string[]
    }
  | { readonly type: 'cadence-paused'; readonly things: readonly Pausable[]; readonly reason: string }
  | { readonly type: 'cadence-resumed'; readonly things: readonly Pausable[]; readonly reason: string }
  | ({
      readonly type: 'returns-settled'
      readonly periods: readonly PlainDate[]
      readonly reason: string
    } & Settlement)
  | { readonly type: 'round-ended'; readonly reason: string }
  | ShellEvent

/** A version once issued stands for good, whatever is corrected after it. */
export type Version = {
  readonly version: number
  readonly reason?: string
  readonly snapshot?: Sha256
  /** Until it is issued; of an account as long as it is signed. */
  readonly digest?: Digest
  readonly issuedAt?: Instant
  /** Whom it named at the bottom, once issued. */
  readonly named?: readonly UnitName[]
}

export type PeriodState = PeriodOf & {
  readonly issueBy?: PlainDate
  /** `skipped`: the cadence was paused at its cut-off; it can be caught up. */
  readonly state: 'skipped' | 'cut'
  readonly versions: readonly Version[]
  readonly chasedAt?: Instant
  readonly lateSince?: Instant
  readonly totals?: Sums
  readonly ranking?: readonly RankedAt[]
  readonly bottom?: readonly UnitName[]
  readonly circularAt?: Instant
  /** Of an account: whose heads are to sign, and who has. */
  readonly commitments?: readonly Commitment[]
  readonly signed: readonly { readonly unit: UnitName; readonly person: PersonId; readonly at: Instant }[]
}

export type RoundState = OpenedState & {
  readonly phase: RoundPhase
  readonly endedAt?: Instant
  readonly title: string
  readonly source: Source
  readonly feedbackDate?: PlainDate
  readonly planBy?: PlainDate
  readonly planChasedAt?: Instant
  readonly planMissedAt?: Instant
  readonly plan?: AdoptedPlan & { readonly adoptedAt: Instant }
  readonly periods: readonly PeriodState[]
  readonly paused: readonly Pausable[]
  /** Pauses of the returns, and the periods in them whose fate is decided; absent before the first. */
  readonly returnPauses?: readonly Pause[]
  readonly settledReturns?: readonly PlainDate[]
}
