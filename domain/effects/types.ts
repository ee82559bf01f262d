import type { RoundDecision } from '../case/commands.js'
import type { MarkGroundGone } from '../consequence/types.js'
import type { AnyCommand, Opening } from '../decider-types.js'
import type { Giver } from '../kinds/kind.js'
import type { AreaTier, Seat } from '../parties.js'
import type { PaperKind } from '../policy.js'
import type { ReferralCaseCommand } from '../referral/types.js'
import type { Periodic } from '../round/types.js'
import type { CaseId, Instant, PersonId, PlainDate, RoundId, UnitName } from '../words.js'

/** What follows from an event, outside the case. Done once under its key, whatever crashes. */
export type Effect = PaperEffect | NoticeEffect | ReferralEffect | OrderEffect | SnapshotEffect

/** `case#seq/kind`: the same event never makes a second paper, a second number or a second mail. */
export type EffectKey = `${string}#${number}/${string}`

export type PaperEffect = { readonly kind: 'paper'; readonly key: EffectKey; readonly order: PaperOrder }

/** Everything a paper says, as it was at the event; the number is given when it is written. */
export type PaperOrder = {
  readonly paper: PaperKind
  readonly caseId: CaseId
  readonly round: RoundId
  readonly seq: number
  readonly at: Instant
  readonly drill: 'drill' | 'real'
  /** 发文机关标志 and the organ's code in the document number (常督改办). */
  readonly letterhead: string
  readonly documentCode: string
  /** 主送 and 抄送. */
  readonly to: readonly string[]
  readonly copies: readonly string[]
  readonly subject: string
  /** Label and value, in the order they are printed: 问题来源, 问题表述, 责任单位, … */
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** Body paragraphs of a letter or a notice, in order. */
  readonly body: readonly string[]
  readonly replyBy?: PlainDate
}

/** One batch of notices for one event: who is told, and what. */
export type NoticeEffect = {
  readonly kind: 'notice'
  readonly key: EffectKey
  readonly caseId: CaseId
  readonly round: RoundId
  readonly seq: number
  readonly at: Instant
  readonly drill: 'drill' | 'real'
  readonly audience: readonly Audience[]
  /** Of a restricted case: who alone may be told (`permission/readers.ts`). */
  readonly readers?: readonly string[]
  readonly subject: string
  readonly text: string
}

/** Resolved against the register by the activity: a named person, everybody of a unit, or the holders of a seat of the office. */
export type Audience =
  | { readonly person: PersonId }
  | { readonly unit: UnitName; readonly who: 'head' | 'everybody' }
  /** Leaders of an area by tier (HH-15). */
  | { readonly area: string; readonly tiers: readonly AreaTier[] }
  | {
      readonly seat: Extract<
        Seat,
        'office' | 'office-head' | 'secretary' | 'mayor' | 'deputy-secretaries-general' | 'discipline'
      >
    }

/** A referral lives on its own (CD-14): the shell starts it as a child workflow, with its first command. */
export type ReferralEffect = {
  readonly kind: 'referral'
  readonly key: EffectKey
  readonly referral: CaseId
  readonly first: ReferralCaseCommand
}

/**
 * What a case asks of another, or of one still to be opened (the round of a campaign's look-backs, a ranking of a penalty): kept
 * under its key, and given by the door like any command, once. `by` is whoever's act it is, or the machine.
 */
export type OrderEffect = {
  readonly kind: 'order'
  readonly key: EffectKey
  readonly round: RoundId
  readonly at: Instant
  readonly by: Giver
  readonly order: Order
}

export type Order =
  /** For every measure of the round's plan, each under a key of its own: those not registered yet get it when they are. */
  | { readonly kind: 'to-the-round'; readonly command: RoundDecision }
  | { readonly kind: 'command'; readonly to: CaseId; readonly command: AnyCommand['command'] }
  | { readonly kind: 'opening'; readonly opening: Opening }
  /** To the proposal an issued ranking brought, whatever number it got. */
  | {
      readonly kind: 'to-a-proposal'
      readonly command: MarkGroundGone
    }

/** A round's figures are frozen as of a cut-off, and told back to the round (HH-03). The same key is the same snapshot for good. */
export type SnapshotEffect = {
  readonly kind: 'snapshot'
  readonly key: EffectKey
  readonly round: RoundId
  readonly thing: Periodic
  readonly period: string
  readonly version: number
  readonly from: PlainDate
  readonly to: PlainDate
  readonly cutOff: Instant
}
