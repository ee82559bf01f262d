import type { CaseId } from '../domain/words.js'
import type { Executor } from './connect.js'
import type { Change, Step } from './projections/change.js'
import { rulesAlong } from './rules.js'

/** What projections follow of a case's next events, under the rules in force after each of them. @throws UnknownRules */
export const changeOf = async (
  db: Executor,
  caseId: CaseId,
  steps: readonly [Step, ...Step[]],
): Promise<Change> => {
  const [{ before }] = steps
  const rulesThen = await rulesAlong(db, [...(before ? [{ after: before }] : []), ...steps])
  return { caseId, steps, rulesThen, rules: rulesThen((steps.at(-1) ?? steps[0]).after) }
}
