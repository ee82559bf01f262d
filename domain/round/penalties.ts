import type { Rules } from '../context.js'
import type { LedgerRecord } from '../decider-types.js'
import type { Order, OrderEffect } from '../effects/types.js'
import { effectKey } from '../kinds/effects.js'
import type { UnitName } from '../words.js'
import { titleOf } from './cadence.js'
import type { RoundEvent, RoundState, Version } from './types.js'

type PeriodIssued = Extract<RoundEvent, { type: 'period-issued' }>

const ON_A_RANKING = { machine: 'HH-08' as const, rule: '排名靠后,按标准建议处罚' }
const ON_A_CORRECTION = { machine: 'HH-08' as const, rule: '排名已更正,不再点名的,处罚的理由不存在' }

const versionsOf = ({ periods }: RoundState, { thing, period }: PeriodIssued): readonly Version[] =>
  periods.find((one) => one.thing === thing && one.period === period)?.versions ?? []

/** Whom the version before this one named, nobody before the first; undefined where it was issued before that was kept. */
const namedBefore = (state: RoundState, event: PeriodIssued): readonly UnitName[] | undefined =>
  event.version === 1
    ? []
    : versionsOf(state, event).findLast(
        ({ version, issuedAt }) => version < event.version && issuedAt !== undefined,
      )?.named

const reasonOf = (state: RoundState, event: PeriodIssued): string =>
  versionsOf(state, event).find(({ version }) => version === event.version)?.reason ?? ''

/** A unit and its place in the list that names it, by which its order has its key. */
type Named = { readonly unit: UnitName; readonly place: number }

const notIn = (others: readonly UnitName[], units: readonly UnitName[]): readonly Named[] =>
  units.map((unit, index) => ({ unit, place: index + 1 })).filter(({ unit }) => !others.includes(unit))

const proposalFor = (event: PeriodIssued, cause: string, unit: UnitName): Order => {
  const { period, version, snapshot } = event
  const edition = version === 1 ? '' : `(更正后的第 ${version} 版)`
  return {
    kind: 'opening',
    opening: {
      ...{ type: 'propose-consequence', sort: 'penalty', cause, unit, evidence: [] },
      facts: `${titleOf(event)}${edition}排名靠后(定格数据 ${snapshot.slice(0, 12)})`,
      ground: { period, version },
    },
  }
}

/**
 * The bottom of an issued ranking: the penalties the table has for it are proposed, and decided by a person (HH-08, HH-09). Of a
 * correction: whom it newly names; and to what was proposed for those it names no more, that the ground is gone.
 */
export const penaltyOrders = (
  { policy }: Rules,
  state: RoundState,
  record: LedgerRecord,
): readonly OrderEffect[] => {
  const event = record.event as RoundEvent
  if (event.type !== 'period-issued' || event.thing !== 'bulletin') return []
  const before = namedBefore(state, event)
  if (!before) return []
  const { period, version } = event
  const reason = reasonOf(state, event)
  const common = { kind: 'order', round: state.round, at: record.at } as const
  const table = (policy.consequences?.penalties ?? []).filter(({ when }) => when === 'bottom-of-ranking')
  return table.flatMap(({ cause }, nth): readonly OrderEffect[] => [
    ...notIn(before, event.named).map(({ unit, place }) => ({
      ...common,
      key: effectKey(record, `penalty-${nth + 1}-${place}`),
      by: ON_A_RANKING,
      order: proposalFor(event, cause, unit),
    })),
    ...notIn(event.named, before).map(({ unit, place }) => ({
      ...common,
      key: effectKey(record, `ground-gone-${nth + 1}-${place}`),
      by: ON_A_CORRECTION,
      order: {
        kind: 'to-a-proposal' as const,
        command: { type: 'mark-ground-gone' as const, unit, cause, period, version, reason },
      },
    })),
  ])
}
