import { rulesBroughtBy } from '../../domain/adoption/decide.js'
import type { Rules } from '../../domain/context.js'
import { decide, due, evolve } from '../../domain/decider.js'
import type { AnyCommand, LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import type { Giver } from '../../domain/kinds/kind.js'
import { GENESIS, headOf, record } from '../../domain/record/chain.js'
import { isRefusal, type Refusal } from '../../domain/refusal.js'
import { type CaseId, type CommandId, type Instant, later } from '../../domain/words.js'

/** Where a story is played: the pure domain, a workflow under skipped time, or the API. Only this changes between them. */
export type Stage = {
  readonly rules: Rules
  readonly caseId: CaseId
  readonly now: () => Instant
  /** Time passes, in the round's own time; everything due on the way happens. */
  readonly passTo: (moment: Instant) => Promise<void>
  readonly give: (
    command: AnyCommand['command'],
    by: Giver,
    id: CommandId,
  ) => Promise<readonly LedgerRecord[] | Refusal>
  readonly state: () => Promise<LedgerState>
  readonly record: () => Promise<readonly LedgerRecord[]>
}

/** The pure domain: no server, no clock, milliseconds. */
export const pureStage = (pinned: Rules, caseId: CaseId, start: Instant): Stage => {
  let rules = pinned
  let now = start
  let state: LedgerState | undefined
  let records: readonly LedgerRecord[] = []

  const keep = (happened: Parameters<typeof record>[2], command?: CommandId): readonly LedgerRecord[] => {
    const added = record(headOf(records, GENESIS), caseId, happened, command)
    for (const one of added) state = evolve(state, one)
    records = [...records, ...added]
    return added
  }

  return {
    get rules() {
      return rules
    },
    caseId,
    now: () => now,
    passTo: async (moment) => {
      now = later(now, moment)
      for (let told = true; state && told; ) {
        const happened = due(rules, state, now)
        keep(happened)
        told = happened.length > 0
      }
    },
    give: async (command, by, id) => {
      const answer = decide(rules, state, { id, at: now, by, command } as AnyCommand)
      if (isRefusal(answer)) return answer
      rules = rulesBroughtBy(command) ?? rules
      return keep(answer, id)
    },
    state: async () => {
      if (!state) throw new Error('the case has not been registered')
      return state
    },
    record: async () => records,
  }
}
