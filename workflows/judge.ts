import { log } from '@temporalio/workflow'
import type { CommandMessage, LedgerState } from '../contracts/case.js'
import type { Rules } from '../domain/context.js'
import { type AnyHappening, decide, due } from '../domain/decider.js'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.js'
import { type Instant, instant, later } from '../domain/words.js'

/** What becomes of a command: it was done before, it is refused, or `fell` falls due before it and then `own` happens. */
export type Verdict =
  | { readonly kind: 'done'; readonly from: number; readonly to: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'happens'
      readonly fell: readonly AnyHappening[]
      readonly own: readonly AnyHappening[]
    }

/** The record is never edited: a wrong time would stand on it for good, and wake moments that have not come. */
const mistimed = (at: Instant, latest: Instant): boolean => instant(at) !== at || at > latest

/** Pure: the validator and the handler of one Update ask it on the same state and get the same verdict. */
export const judge = (
  rules: Rules,
  ledger: LedgerState | undefined,
  { command }: Pick<CommandMessage, 'command'>,
  latest: Instant,
): Verdict => {
  const before = ledger?.state.recent.find(({ id }) => id === command.id)
  if (before) return { kind: 'done', from: before.from, to: before.to }
  if (mistimed(command.at, latest)) {
    return { kind: 'refused', refusal: refuse('invalid', 'GN-07', '指令所记的时间晚于现在,请核对时钟后再办') }
  }
  const answer = decide(rules, ledger, command)
  if (isRefusal(answer)) return { kind: 'refused', refusal: answer }
  // What fell due by itself answers no command: only the command's own events carry its id.
  const fell = ledger ? due(rules, ledger, later(command.at, ledger.state.at)).length : 0
  return { kind: 'happens', fell: answer.slice(0, fell), own: answer.slice(fell) }
}

/** For a signal. One that makes no sense must not stop its case for ever: nobody waits for an answer, an operator reads of it. */
export const judgeUnheard = (...asked: Parameters<typeof judge>): Verdict | undefined => {
  try {
    return judge(...asked)
  } catch (error) {
    log.error('信号无法识别,未予办理', { error })
    return undefined
  }
}
