import { expect } from 'vitest'
import { rulesBroughtBy } from '../../domain/adoption/decide.js'
import type { Rules } from '../../domain/context.js'
import {
  type AnyHappening,
  decide,
  due,
  effectsOf,
  evolve,
  nextMoment,
  paperIssued,
} from '../../domain/decider.js'
import type { LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import { GENESIS, headOf, record } from '../../domain/record/chain.js'
import { isRefusal } from '../../domain/refusal.js'
import { type CaseId, type CommandId, type Instant, later } from '../../domain/words.js'
import type { Told, WorkflowStage } from './stage.js'

/** What the world outside answered: the papers' numbers, and when the case heard of them. */
type Outside = readonly LedgerRecord[]

/**
 * The same story on the pure domain: the same commands at the same instants, every moment at its own; papers get the numbers the
 * world gave them. No workflow, no server.
 */
export const retold = (
  pinned: Rules,
  caseId: CaseId,
  script: readonly Told[],
  outside: Outside,
): readonly LedgerRecord[] => {
  let rules = pinned
  let state: LedgerState | undefined
  let records: readonly LedgerRecord[] = []
  const issued = outside.filter(({ event }) => event.type === 'paper-issued').values()

  const keep = (happened: readonly AnyHappening[], command?: CommandId): number => {
    const added = record(headOf(records, GENESIS), caseId, happened, command)
    records = [...records, ...added]
    let papers = 0
    for (const one of added) {
      state = evolve(state, one)
      papers += effectsOf(rules, state, one, 'drill').filter(({ kind }) => kind === 'paper').length
    }
    return papers
  }
  const hearOfPapers = (papers: number): void => {
    for (let paper = 0; paper < papers; paper += 1) {
      const { value } = issued.next()
      if (value?.event.type === 'paper-issued') keep([paperIssued(value.at, value.event)])
    }
  }
  const passTo = (until: Instant): void => {
    for (let next = pending(); next !== undefined && next <= until; next = pending()) {
      if (state) hearOfPapers(keep(due(rules, state, next)))
    }
  }
  const pending = (): Instant | undefined => state && nextMoment(rules, state)

  const give = ({ command, answer }: Extract<Told, { kind: 'given' }>): void => {
    const decided = decide(rules, state, command)
    expect(answer).toEqual(isRefusal(decided) ? decided : 'done')
    if (isRefusal(decided)) return
    const papers = state ? keep(due(rules, state, later(command.at, state.state.at))) : 0
    const own = decide(rules, state, command)
    if (isRefusal(own)) throw new Error(`refused once what was due had happened: ${own.why}`)
    rules = rulesBroughtBy(command.command) ?? rules
    hearOfPapers(papers + keep(own, command.id))
  }

  for (const told of script) {
    if (told.kind === 'passed') passTo(told.to)
    else give(told)
  }
  return records
}

/** The running workflow decided what the pure domain decides: every event, author, instant and hash. */
export const expectSameAsPure = async (stage: WorkflowStage): Promise<void> => {
  const running = await stage.record()
  const pure = retold(stage.start.rules, stage.caseId, stage.script, running)
  expect(running).toEqual(pure)
}
