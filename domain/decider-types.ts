import type { AdoptRules, RulesAdopted } from './adoption/types.js'
import type { Command, RoundDecision } from './case/commands.js'
import type { CaseEvent, Recorded } from './case/events.js'
import type { CaseState } from './case/state.js'
import type {
  ConsequenceCommand,
  ConsequenceEvent,
  ConsequenceOpening,
  ConsequenceState,
} from './consequence/types.js'
import type {
  InspectionCommand,
  InspectionEvent,
  InspectionOpening,
  InspectionState,
} from './inspection/types.js'
import type {
  InstructionCommand,
  InstructionEvent,
  InstructionOpening,
  InstructionState,
} from './instruction/types.js'
import type { Asked, Pinned } from './kinds/kind.js'
import type { OpinionCommand, OpinionEvent, OpinionOpening, OpinionState } from './opinion/types.js'
import type { PetitionCommand, PetitionEvent, PetitionOpening, PetitionState } from './petition/types.js'
import type { ReferralCommand, ReferralEvent, ReferralState } from './referral/types.js'
import type { RoundCommand, RoundEvent, RoundOpening, RoundState } from './round/types.js'

/** What the ledger holds, of every kind of case: one line a kind (`kinds/registry.ts` has what each does). */
export type Kinds = {
  readonly problem: { state: CaseState; command: Command; event: CaseEvent }
  readonly consequence: {
    state: ConsequenceState
    command: ConsequenceOpening | ConsequenceCommand
    event: ConsequenceEvent
  }
  readonly instruction: {
    state: InstructionState
    command: InstructionOpening | InstructionCommand
    event: InstructionEvent
  }
  readonly inspection: {
    state: InspectionState
    command: InspectionOpening | InspectionCommand
    event: InspectionEvent
  }
  readonly opinion: { state: OpinionState; command: OpinionOpening | OpinionCommand; event: OpinionEvent }
  readonly petition: {
    state: PetitionState
    command: PetitionOpening | PetitionCommand
    event: PetitionEvent
  }
  readonly round: { state: RoundState; command: RoundOpening | RoundCommand; event: RoundEvent }
  readonly referral: { state: ReferralState; command: ReferralCommand; event: ReferralEvent }
}

export type CaseKind = keyof Kinds

/** What somebody sends to a case that is there: every command but those that begin a life or bring a round's decision. */
export type Sent = Exclude<Kinds[CaseKind]['command'], Pinned | RoundDecision>

/** What a case opened one by one is opened with: its opening command without what the door pins it to. */
export type Opening = Unpinned<
  Exclude<Kinds[CaseKind]['command'], { readonly type: 'register' | 'open-referral' | 'open-round' }>
>
type Unpinned<C> = C extends Pinned ? Omit<C, keyof Pinned> : never

/** Of every kind beside its own: going over to other rules. */
export type LedgerEvent = Kinds[CaseKind]['event'] | RulesAdopted
export type LedgerRecord = Recorded<LedgerEvent>
export type LedgerState = {
  readonly [K in CaseKind]: { readonly kind: K; readonly state: Kinds[K]['state'] }
}[CaseKind]
export type AnyCommand =
  | { readonly [K in CaseKind]: Asked<Kinds[K]['command']> }[CaseKind]
  | Asked<AdoptRules>
export type AnyPhase = Kinds[CaseKind]['state']['phase']

/** Number and hash of the last event of a case; `GENESIS` before the first. */
export type Head = { readonly seq: number; readonly hash: Recorded['hash'] }
