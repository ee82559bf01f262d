import type { Db } from '../../db/connect.js'
import type { CaseInLedger } from '../../db/queries/cases.js'
import { actorOn } from '../../db/register.js'
import { rulesOf } from '../../db/rules.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { AnyCommand } from '../../domain/decider-types.js'
import { answersFor } from '../../domain/people/chairs.js'
import { problem } from '../problems/problem.js'

/**
 * Nobody watches what is their own unit's (GN-08, JN-10). Asked at the door when a watcher is named: the register of people knows
 * their posts, the case only their name; and what they recorded later would be refused.
 * @throws Problem 409.
 */
export const mustWatchAnothers = async (
  db: Db,
  { row, state }: CaseInLedger,
  { command, at }: AnyCommand,
): Promise<void> => {
  if (command.type !== 'put-under-supervision' || state.kind !== 'problem') return
  const watcher = await actorOn(db, command.watcher.person, dateOf(at))
  if (!watcher) return
  const rules = await rulesOf(db, row.policy, row.calendar)
  if (answersFor(rules, state.state, watcher))
    throw problem('conflict', `${watcher.name}是责任单位的人,不得盯办本单位的事项;请另指定盯办人`, {
      clause: 'GN-08',
    })
}
