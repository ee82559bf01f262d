import type { AnyPhase, CaseKind } from '../decider-types.js'
import type { CaseClass } from '../entry.js'
import type { PaceBucket } from '../pace.js'
import type { RungId } from '../policy.js'
import type { CaseId, Instant, PlainDate, RoundId, UnitName } from '../words.js'
import type { Ranking } from './ranking.js'

/** The days a figure is about, both included. */
export type Period = { readonly from: PlainDate; readonly to: PlainDate }

/** What figures are asked of: a round, a period, and the moment they are cut off at. What came later is not in them. */
export type Asked = Period & { readonly round: RoundId; readonly cutOff: Instant }

/** Received = open + closed + merged (CD-18); overdue are some of the open ones. */
export type Sums = {
  readonly received: number
  readonly open: number
  readonly closed: number
  readonly merged: number
  readonly overdue: number
}

export type OverdueCase = {
  readonly case: CaseId
  readonly units: readonly UnitName[]
  readonly due: PlainDate | null
  readonly since: Instant
  readonly days: number
}

/** A period no return came for, to the cut-off. Made up for later it is `late`, and was missing all the same (JN-07). */
export type MissingReturn = {
  readonly case: CaseId
  readonly units: readonly UnitName[]
  readonly period: PlainDate
}

export type RungMoved = {
  readonly case: CaseId
  readonly units: readonly UnitName[]
  readonly rung: RungId
  readonly at: Instant
  readonly cause: string
}

/** A refusal in the closing chain, or a rebound after closure. */
export type Setback = {
  readonly case: CaseId
  readonly units: readonly UnitName[]
  readonly at: Instant
  readonly reason: string
}

/**
 * A round's figures, cut off at a moment: plain JSON in one order, so that the same record always gives the same hash.
 * Cases closed to all but a few are in none of them.
 */
export type Figures = {
  readonly round: RoundId
  readonly period: Period
  readonly cutOff: Instant
  readonly totals: Sums
  readonly byPhase: readonly {
    readonly kind: CaseKind
    readonly phase: AnyPhase
    readonly count: number
    readonly overdue: number
  }[]
  /** Problems alone; `null` where the deadline is still a question. */
  readonly byClass: readonly ({ readonly class: CaseClass | null } & Sums)[]
  /** By the first responsible unit, so that they add up; `null` where there is none. */
  readonly byUnit: readonly ({ readonly unit: UnitName | null } & Sums)[]
  readonly pace: readonly { readonly bucket: PaceBucket; readonly count: number; readonly overdue: number }[]
  readonly returns: { readonly onTime: number; readonly late: number; readonly missing: number }
  readonly overdue: readonly OverdueCase[]
  readonly missing: readonly MissingReturn[]
  readonly rungs: { readonly raised: readonly RungMoved[]; readonly released: readonly RungMoved[] }
  readonly refusals: readonly Setback[]
  readonly rebounds: readonly Setback[]
  /** Absent where the round's rules have no ranking. */
  readonly ranking?: Ranking
}
