import type { CaseCommand } from './case/commands.js'
import type { CaseEvent, Recorded } from './case/events.js'
import type { CaseState } from './case/state.js'
import type { ReferralCaseCommand, ReferralEvent, ReferralState } from './referral/types.js'

/** What the ledger holds, of every kind of case. */
export type CaseKind = 'problem' | 'referral'
export type LedgerEvent = CaseEvent | ReferralEvent
export type LedgerRecord = Recorded<LedgerEvent>
export type LedgerState =
  | { readonly kind: 'problem'; readonly state: CaseState }
  | { readonly kind: 'referral'; readonly state: ReferralState }
export type AnyCommand = CaseCommand | ReferralCaseCommand

/** Number and hash of the last event of a case; `GENESIS` before the first. */
export type Head = { readonly seq: number; readonly hash: Recorded['hash'] }
