import { evolve } from '../domain/decider.js'
import type { LedgerRecord, LedgerState } from '../domain/decider-types.js'
import type { Step } from './projections/change.js'

/** What a case is after each of these events. */
export const fold = (
  before: LedgerState | undefined,
  [first, ...others]: readonly [LedgerRecord, ...LedgerRecord[]],
): readonly [Step, ...Step[]] => {
  const start: Step = { record: first, before, after: evolve(before, first) }
  const steps: [Step, ...Step[]] = [start]
  let last = start
  for (const record of others) {
    last = { record, before: last.after, after: evolve(last.after, record) }
    steps.push(last)
  }
  return steps
}
