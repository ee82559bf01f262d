import type { Rules } from '../domain/context.js'
import type { AnyCommand, CaseKind, Head, LedgerRecord, LedgerState } from '../domain/decider-types.js'
import type { Effect } from '../domain/effects/types.js'
import type { Refusal } from '../domain/refusal.js'
import type { CaseId, RoundId, UnitName } from '../domain/words.js'
import type { Clock } from './clock.js'

export const TASK_QUEUE = 'bihuan'
/** Workflow types, as Temporal's UI shows them. */
export const CASE_WORKFLOW = 'caseWorkflow'
export const COMMAND_UPDATE = 'command'
export const COMMAND_SIGNAL = 'command-signal'
export const BACKLOG_QUERY = 'backlog'
export const STATE_QUERY = 'state'
/** `type` of the ApplicationFailure by which an Update is refused; its details are `[Refusal]`. */
export const REFUSED = 'refused'

/** Search attributes, set once at the start; registered by `runtime/temporal.ts`. */
export const SEARCH_ATTRIBUTES = { round: 'BihuanRound', unit: 'BihuanUnit', kind: 'BihuanKind' } as const

/** Kinds that only some may know of: search attributes lie in the clear, so theirs do not say whom a case concerns. */
const RESTRICTED_BY_NATURE: ReadonlySet<CaseKind> = new Set(['instruction', 'referral'])

/** The units by which an operator finds a case in Temporal's lists. */
export const unitsInTheClear = ({ kind, units }: Pick<CaseStart, 'kind' | 'units'>): readonly UnitName[] =>
  RESTRICTED_BY_NATURE.has(kind) ? [] : units

export type {
  AnyCommand,
  CaseKind,
  Head,
  LedgerRecord,
  LedgerState,
} from '../domain/decider-types.js'

/** Input of a case's workflow: its rules and its clock come in as data and are pinned (domain rule 12). */
export type CaseStart = {
  readonly caseId: CaseId
  readonly kind: CaseKind
  readonly round: RoundId
  readonly units: readonly UnitName[]
  /** One Chinese line for Temporal's UI. */
  readonly summary: string
  readonly rules: Rules
  readonly clock: Clock
  /** Present after continue-as-new, or when a case is started again from its events. */
  readonly resumed?: Resumed
  /** First command of a case that another workflow starts (a referral). */
  readonly first?: AnyCommand
}

export type Resumed = {
  readonly state: LedgerState
  readonly head: Head
  /** Events not yet known to be in the ledger. */
  readonly waiting: readonly LedgerRecord[]
  /** Effects decided and not yet done. */
  readonly effects: readonly Effect[]
}

/** Argument of the command Update and Signal. `ledger`: the last number the sender saw in the ledger for this case. */
export type CommandMessage = { readonly command: AnyCommand; readonly ledger: number }

/** Everything above `ledger`, to be appended by the caller before it answers; `from`..`to` are this command's own events. */
export type CommandAnswer = {
  readonly events: readonly LedgerRecord[]
  readonly from: number
  readonly to: number
}

export type RefusedDetails = readonly [Refusal]
