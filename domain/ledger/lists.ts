import type { CaseState } from '../case/state.js'
import { PHASE_TITLES } from '../case/state.js'
import type { Leaders } from '../entry.js'
import type { CaseId, Instant, PlainDate, UnitName } from '../words.js'

/**
 * 清单制、责任制、销号制 (HH-01): the ledger, the responsible persons and the closures, each a list of its own, drawn from
 * different places, and reconciled.
 */
export type LedgerItem = {
  readonly case: CaseId
  readonly n: number
  readonly text: string
  readonly target?: string
  readonly measures?: string
  readonly due?: PlainDate
  readonly phaseTitle: string
}
export type ResponsibilityItem = {
  readonly case: CaseId
  readonly units: readonly UnitName[]
  readonly persons: readonly string[]
  readonly leaders: Leaders
  readonly leadUnits: readonly UnitName[]
  readonly supervisingUnit?: UnitName
}
/** A closure as the record has it: an event, and the signatures of its closing round. */
export type ClosureItem = {
  readonly case: CaseId
  readonly closing: number
  readonly at: Instant
  readonly signedBy: readonly string[]
}

export type Discrepancy = {
  readonly case: CaseId
  readonly why: 'nobody-responsible' | 'closed-without-closure' | 'closure-without-case' | 'closure-unsigned'
}

export const DISCREPANCY_TITLES: Readonly<Record<Discrepancy['why'], string>> = {
  'nobody-responsible': '清单上有,责任清单上没有责任单位和责任人',
  'closed-without-closure': '清单上已销号,销号清单上没有销号记录',
  'closure-without-case': '销号清单上有,清单上没有或未销号',
  'closure-unsigned': '销号没有有效的签署',
}

export const ledgerItem = (state: CaseState): LedgerItem => {
  const { entry, deadline } = state
  return {
    case: state.id,
    n: entry.n,
    text: entry.text,
    ...(entry.target !== undefined && { target: entry.target }),
    ...(entry.measures !== undefined && { measures: entry.measures }),
    ...(deadline?.due !== undefined && { due: deadline.due }),
    phaseTitle: PHASE_TITLES[state.phase],
  }
}

export const responsibilityItem = ({ id, entry }: CaseState): ResponsibilityItem => ({
  case: id,
  units: entry.units,
  persons: entry.persons,
  leaders: entry.leaders,
  leadUnits: entry.leadUnits,
  ...(entry.supervisingUnit !== undefined && { supervisingUnit: entry.supervisingUnit }),
})

const isClosed = ({ phase }: CaseState): boolean => phase === 'closed' || phase === 'archived'

/** What stands on one of the lists and not on the other it belongs on. A case reopened after a rebound has a closure that no longer holds. */
export const discrepancies = (
  cases: readonly CaseState[],
  closures: readonly ClosureItem[],
): readonly Discrepancy[] => {
  const known = new Map(cases.map((state) => [state.id, state]))
  const closed = new Set(closures.map((closure) => closure.case))
  return [
    ...cases.flatMap((state): readonly Discrepancy[] => [
      ...(state.entry.units.length === 0 && state.entry.persons.length === 0
        ? [{ case: state.id, why: 'nobody-responsible' as const }]
        : []),
      ...(isClosed(state) && !closed.has(state.id)
        ? [{ case: state.id, why: 'closed-without-closure' as const }]
        : []),
    ]),
    ...closures.flatMap((closure): readonly Discrepancy[] => {
      const state = known.get(closure.case)
      const reopened = state !== undefined && !isClosed(state) && state.rectification.round > 1
      if (!state || (!isClosed(state) && !reopened))
        return [{ case: closure.case, why: 'closure-without-case' }]
      return closure.signedBy.length === 0 ? [{ case: closure.case, why: 'closure-unsigned' }] : []
    }),
  ]
}
