import type { Db } from '../../db/connect.js'
import type { CaseInLedger } from '../../db/queries/cases.js'
import { rulesOf } from '../../db/rules.js'
import { decide } from '../../domain/decider.js'
import type { AnyCommand } from '../../domain/decider-types.js'
import { shutOutBy } from '../../domain/oversight/shut-out.js'
import { isRefusal } from '../../domain/refusal.js'
import { problem } from '../problems/problem.js'

/**
 * A restriction shuts out nobody who has to act next (GN-08). Asked at the door: a case that was restricted before must be replayed as
 * it was.
 * @throws Problem 409 with their names.
 */
export const mustLetAct = async (db: Db, { row, state }: CaseInLedger, asked: AnyCommand): Promise<void> => {
  const { command } = asked
  if (command.type !== 'restrict-case' || state.kind !== 'problem') return
  const rules = await rulesOf(db, row.policy, row.calendar)
  // Whoever may not restrict it hears that from the case itself.
  if (isRefusal(decide(rules, state, asked))) return
  const out = shutOutBy(rules, state.state, command)
  if (out.length === 0) return
  const named = out.map(({ chair, title }) => `${chair.unit ?? chair.person}(${title})`)
  throw problem(
    'conflict',
    `这样限定,正要办理本事项的就不在知悉范围了:${[...new Set(named)].join('、')};请把他们列入知悉范围,或待其办完再限定`,
    { clause: 'GN-08' },
  )
}
