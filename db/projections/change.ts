import type { Rules } from '../../domain/context.js'
import type { LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import type { CaseId } from '../../domain/words.js'

/** One event, with what the case was before it and what it is after. */
export type Step = {
  readonly record: LedgerRecord
  readonly before: LedgerState | undefined
  readonly after: LedgerState
}

/** What projections follow: the events that came to one case, in order, at least one. */
export type Change = {
  readonly caseId: CaseId
  /** In force after the last of them. */
  readonly rules: Rules
  /** In force when the case was so: what was under other rules stays as those had it. */
  readonly rulesThen: (ledger: LedgerState) => Rules
  readonly steps: readonly [Step, ...Step[]]
}

export const lastStep = ({ steps }: Change): Step => steps.at(-1) ?? steps[0]
export const stateBefore = ({ steps }: Change): LedgerState | undefined => steps[0].before
export const stateAfter = (change: Change): LedgerState => lastStep(change).after

/** True while the case stayed under the same rules: what followed from the state before can be told by them, too. */
export const sameRules = (before: LedgerState, { state }: LedgerState): boolean =>
  before.state.policy === state.policy && before.state.calendar === state.calendar
