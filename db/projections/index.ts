import type { Executor } from '../connect.js'
import { caseEvidence } from './case-evidence.js'
import { textsWritten } from './case-texts.js'
import { versionsWritten } from './case-versions.js'
import { casesWritten, statesWritten } from './cases.js'
import type { Change } from './change.js'
import { gathered } from './gathered.js'
import { papersAwaitedWritten } from './papers-awaited.js'
import { returns } from './returns.js'
import { rungs } from './rungs.js'
import { signOffs } from './sign-offs.js'
import type { Statement } from './statements.js'
import { todosWritten } from './todos.js'

/** What brings every projection up to these changes, each of another case. Reads what it needs; writes nothing yet. */
export const projected = async (
  db: Executor,
  changes: readonly [Change, ...Change[]],
): Promise<readonly Statement[]> => [
  casesWritten(changes),
  statesWritten(changes),
  ...textsWritten(changes),
  ...todosWritten(changes),
  ...versionsWritten(changes),
  ...papersAwaitedWritten(changes),
  ...(await gathered(db, returns, changes)),
  ...(await gathered(db, signOffs, changes)),
  ...(await gathered(db, rungs, changes)),
  ...(await gathered(db, caseEvidence, changes)),
]
