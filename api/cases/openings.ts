import type { CaseStart } from '../../contracts/case.js'
import { summaryOf } from '../../contracts/engine.js'
import type { Db } from '../../db/connect.js'
import { caseIdFor, caseIdOf } from '../../db/openings.js'
import { type Round, roundById } from '../../db/rounds.js'
import { rulesOf } from '../../db/rules.js'
import { type AnyHappening, decide, evolve, lineOf } from '../../domain/decider.js'
import type { AnyCommand, LedgerState, Opening } from '../../domain/decider-types.js'
import { type Giver, sampleCase } from '../../domain/kinds/kind.js'
import { kindOf, kindOfCommand } from '../../domain/kinds/registry.js'
import { GENESIS, record } from '../../domain/record/chain.js'
import { isRefusal, refuse } from '../../domain/refusal.js'
import type { CaseId, CommandId, Instant, RoundId } from '../../domain/words.js'
import type { Commander, Outcome } from './commander.js'

type Asked = {
  readonly round: RoundId
  readonly id: CommandId
  readonly at: Instant
  readonly by: Giver
  readonly opening: Opening
}

/** What opens a case under this number, pinned to its round's rules. */
export const openingIn = (
  { id: round, policyHash: policy, calendarHash: calendar }: Round,
  caseId: CaseId,
  opening: Opening,
) => ({ ...opening, caseId, round, policy, calendar })

/**
 * Opens a case of a kind that is opened one by one: a petition, an instruction, an inspection. Its number is drawn when nothing
 * stands against it, and is the same for the same command, so that a command sent twice opens one case.
 */
export const openCase = async (
  { db, commander }: { readonly db: Db; readonly commander: Commander },
  { round: roundId, id, at, by, opening }: Asked,
): Promise<Outcome> => {
  const round = await roundById(db, roundId)
  if (!round) return { kind: 'refused', refusal: refuse('not-found', 'CD-20', `没有轮次 ${roundId}`) }
  const kind = kindOfCommand(opening.type)
  if (!kind) throw new TypeError(`no kind is opened by ${opening.type}`)
  const rules = await rulesOf(db, round.policyHash, round.calendarHash)
  const asked = (caseId: CaseId) =>
    ({ id, at, by, command: openingIn(round, caseId, opening) }) as unknown as AnyCommand
  const { prefix, title } = kindOf(kind)
  const before = await caseIdOf(db, id)
  const tried = decide(rules, undefined, asked(before ?? sampleCase(roundId, prefix)))
  if (isRefusal(tried) && before === undefined) return { kind: 'refused', refusal: tried }
  const caseId = before ?? (await caseIdFor(db, id, roundId, prefix))
  // Sent again when its day has passed: what the case answered the first time is the answer, so it is asked.
  const { text, units } = isRefusal(tried)
    ? { text: title, units: [] }
    : lineOf(rules, openedBy(caseId, tried))
  const start: CaseStart = {
    caseId,
    kind,
    round: roundId,
    units,
    summary: summaryOf(round, `${title} · ${text}`),
    rules,
    clock: round.clock,
  }
  return commander.register(start, asked(caseId), text)
}

const openedBy = (caseId: CaseId, happenings: readonly AnyHappening[]): LedgerState => {
  const opened = record(GENESIS, caseId, happenings).reduce<LedgerState | undefined>(evolve, undefined)
  if (!opened) throw new TypeError(`${caseId}: opened by nothing`)
  return opened
}
