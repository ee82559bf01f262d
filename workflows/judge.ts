import type { AnyCommand, LedgerState } from '../contracts/case.js'
import type { Rules } from '../domain/context.js'
import { type AnyHappening, decide, due } from '../domain/decider.js'
import { isRefusal, type Refusal } from '../domain/refusal.js'
import { later } from '../domain/words.js'

/** What becomes of a command: it was done before, it is refused, or `fell` falls due before it and then `own` happens. */
export type Verdict =
  | { readonly kind: 'done'; readonly from: number; readonly to: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'happens'
      readonly fell: readonly AnyHappening[]
      readonly own: readonly AnyHappening[]
    }

/** Pure: the validator and the handler of one Update ask it on the same state and get the same verdict. */
export const judge = (rules: Rules, ledger: LedgerState | undefined, command: AnyCommand): Verdict => {
  const before = ledger?.state.recent.find(({ id }) => id === command.id)
  if (before) return { kind: 'done', from: before.from, to: before.to }
  const answer = decide(rules, ledger, command)
  if (isRefusal(answer)) return { kind: 'refused', refusal: answer }
  // What fell due by itself answers no command: only the command's own events carry its id.
  const fell = ledger ? due(rules, ledger, later(command.at, ledger.state.at)).length : 0
  return { kind: 'happens', fell: answer.slice(0, fell), own: answer.slice(fell) }
}
