import type { CaseEvent } from '../case/events.js'
import type { LedgerEvent, LedgerState } from '../decider-types.js'
import { rungOf } from '../ladder/rungs.js'
import type { Policy, RungId, Sourced } from '../policy.js'
import type { Clause } from '../words.js'

/** The source of the rule of a city's policy that an event follows; where none is written, the clause's own rule. */
export const ruleBehind = (
  policy: Policy,
  before: LedgerState | undefined,
  event: LedgerEvent,
  clause: Clause,
): string => (sectionOf(policy, before, event as CaseEvent) ?? ruleCiting(policy, clause))?.source ?? NATIONAL

const NATIONAL = '通用规则'

const sectionOf = (
  policy: Policy,
  before: LedgerState | undefined,
  event: CaseEvent,
): Sourced | undefined => {
  const rung = (id: RungId) => (before?.kind === 'problem' ? rungOf(policy, before.state, id) : undefined)
  const step = (id: string) => policy.closing.chain.find((one) => one.id === id)
  switch (event.type) {
    case 'return-missed':
    case 'return-chased':
    case 'return-passed-over':
      return policy.returns
    case 'acknowledgement-missed':
      return policy.handover.acknowledge
    case 'case-plan-missed':
      return policy.handover.casePlan
    case 'rung-called':
    case 'rung-raised':
    case 'rung-drafted':
      return rung(event.rung)
    case 'step-chased':
    case 'step-late':
    case 'step-completed':
    case 'step-refused':
      return step(event.step)
    case 'look-back-due':
    case 'look-back-late':
      return policy.lookBack
    case 'visit-missed':
      return policy.visits
    case 'matter-unacknowledged':
      return policy.matters
    default:
      return undefined
  }
}

const isSourced = (value: object): value is Sourced => 'clause' in value && 'source' in value

/** The first rule of the policy that cites a clause. */
const ruleCiting = (rules: unknown, clause: Clause): Sourced | undefined => {
  if (typeof rules !== 'object' || rules === null) return undefined
  if (isSourced(rules) && rules.clause === clause) return rules
  for (const part of Object.values(rules)) {
    const found = ruleCiting(part, clause)
    if (found) return found
  }
  return undefined
}
