import type { Rules } from '../context.js'
import type { RungId } from '../policy.js'
import type { Refusal } from '../refusal.js'
import type { Clause, Instant, PlainDate, Sha256 } from '../words.js'

/** A running case goes over to another version of its rules. They travel with the message as data; the record keeps their hashes. */
export type AdoptRules = {
  readonly type: 'adopt-rules'
  readonly rules: Rules
  readonly policy: Sha256
  readonly reason: string
  /** Decided for this case by itself; absent: its round goes over, and the case with it. */
  readonly scope?: 'case'
}

export const ADOPTION_TITLE = '改用新的规则和日历'

/** A day somebody was given, that was counted over a year whose notice was not out (GN-02). */
export type MovedDate = {
  /** What the state calls it: `planBy`, `objection:0`. */
  readonly key: string
  readonly title: string
  readonly from: PlainDate
  readonly to: PlainDate
}

/** Something the case waits for by itself, before and after; absent where only the other rules have it. */
export type MovedMoment = {
  readonly clause: Clause
  readonly rule: string
  readonly from?: Instant
  readonly to?: Instant
}

/** What is kept of a life begun under other rules, so that nothing done is done again. */
export type Adjusted = {
  /** Highest rung called for, counted in the new ladder; rungs of it below that were never there are passed over. */
  readonly ladder?: { readonly claimed: number; readonly passedOver: readonly RungId[] }
  /** Returns are asked for anew from now on: another rhythm makes nobody late for a period that was none. */
  readonly returns?: 'anew'
}

export type RulesAdopted = {
  readonly type: 'rules-adopted'
  readonly policy: Sha256
  readonly calendar: Sha256
  readonly before: { readonly policy: Sha256; readonly calendar: Sha256 }
  readonly reason: string
  readonly scope?: 'case'
  readonly moved: readonly MovedDate[]
  readonly moments: readonly MovedMoment[]
  readonly adjusted: Adjusted
}

/** A date that stands in a state, with the day its working days are counted from. */
export type GivenDate = {
  readonly key: string
  readonly title: string
  readonly date: PlainDate
  /** Working days are counted from the day after this one. */
  readonly countedFrom: PlainDate
  /** A public notice is never shortened (GN-04). */
  readonly moves: 'either-way' | 'later-only'
}

/** How a kind of case goes over to other rules; a kind without dates or steps of its own has nothing to say. */
export type Adoption<State> = {
  /** Dates given in working days and still to come. */
  readonly dates: (rules: Rules, state: State) => readonly GivenDate[]
  readonly redated: (state: State, moved: MovedDate) => State
  /** Why the case cannot go over now; undefined when it can. */
  readonly obstacle?: (rules: Rules, next: Rules, state: State) => Refusal | undefined
  readonly adjusted?: (rules: Rules, next: Rules, state: State, at: Instant) => Adjusted
  readonly adjust?: (state: State, adjusted: Adjusted, at: Instant) => State
}
