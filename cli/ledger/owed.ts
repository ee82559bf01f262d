import type { Step } from '../../db/projections/change.js'
import type { Rules } from '../../domain/context.js'
import { effectsOf } from '../../domain/decider.js'
import type { LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import type { Effect, EffectKey, SnapshotEffect } from '../../domain/effects/types.js'
import type { PaperKind } from '../../domain/policy.js'
import { never } from '../../domain/refusal.js'
import type { CaseId } from '../../domain/words.js'

/** What the tables know of a case's effects. */
export type Done = {
  /** The last event of which somebody was told; 0 when nobody was told of any. */
  readonly toldThrough: number
  /** Notices of which a mail still waits for its server. */
  readonly mailsWaiting: ReadonlySet<EffectKey>
  /** Referrals of this case that are on the record. */
  readonly referrals: ReadonlySet<CaseId>
  /** Orders of this case that are kept, given or not. */
  readonly orders: ReadonlySet<EffectKey>
}

/** Snapshots that came back to the round's record. */
const takenIn = (records: readonly LedgerRecord[]): ReadonlySet<string> =>
  new Set(records.flatMap(({ event }) => (event.type === 'snapshot-taken' ? [versionOf(event)] : [])))

const versionOf = ({
  thing,
  period,
  version,
}: Pick<SnapshotEffect, 'thing' | 'period' | 'version'>): string => `${thing} ${period} ${version}`

type Issued = (paper: PaperKind, cause: number) => boolean

const issuedIn = (records: readonly LedgerRecord[]): Issued => {
  const keys = new Set(
    records.flatMap(({ event }) => (event.type === 'paper-issued' ? [`${event.paper}#${event.cause}`] : [])),
  )
  return (paper, cause) => keys.has(`${paper}#${cause}`)
}

const isOwed = (effect: Effect, done: Done, issued: Issued, taken: ReadonlySet<string>): boolean => {
  switch (effect.kind) {
    case 'paper':
      // Written or not: the case has not recorded its number. Under its key it is written once.
      return !issued(effect.order.paper, effect.order.seq)
    case 'notice':
      return effect.seq > done.toldThrough || done.mailsWaiting.has(effect.key)
    case 'referral':
      return !done.referrals.has(effect.referral)
    case 'snapshot':
      // Frozen or not: the round has not recorded it. Under its key it is frozen once.
      return !taken.has(versionOf(effect))
    case 'order':
      return !done.orders.has(effect.key)
    default:
      return never(effect)
  }
}

/**
 * What followed from a case's events and was never done, as far as the record and the tables tell: a case that is started
 * again goes on with it. Nobody is told again of what lies before the last thing somebody was told of.
 */
export const owedEffects = (
  rulesFor: (ledger: LedgerState) => Rules,
  steps: readonly Step[],
  drill: 'drill' | 'real',
  done: Done,
): readonly Effect[] => {
  const issued = issuedIn(steps.map(({ record }) => record))
  const taken = takenIn(steps.map(({ record }) => record))
  return steps
    .flatMap(({ record, after }) => effectsOf(rulesFor(after), after, record, drill))
    .filter((effect) => isOwed(effect, done, issued, taken))
}
