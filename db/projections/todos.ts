import type { Selectable } from 'kysely'
import type { Rules } from '../../domain/context.js'
import type { LedgerState } from '../../domain/decider-types.js'
import type { Chair } from '../../domain/parties.js'
import { chairKey } from '../../domain/people/chairs.js'
import { todos } from '../../domain/todo.js'
import type { CaseId, PersonId } from '../../domain/words.js'
import { json } from '../json.js'
import type { TodosTable } from '../tables.js'
import { type Change, sameRules, stateAfter, stateBefore } from './change.js'
import { replaced, type Statement } from './statements.js'

type TodoRow = Selectable<TodosTable>

const deputiesOf = ({ kind, state }: LedgerState, chair: Chair): readonly PersonId[] => {
  if (kind === 'problem')
    return state.delegations.filter(({ post }) => chairKey(post) === chairKey(chair)).map(({ to }) => to)
  return kind === 'instruction' && state.deputy && chair.person === state.deputy.authority.principal
    ? [state.deputy.to]
    : []
}

export const todoRows = (caseId: CaseId, rules: Rules, ledger: LedgerState): readonly TodoRow[] =>
  todos(rules, ledger).map(({ act, title, chair, due }, ordinal) => ({
    caseId,
    ordinal,
    round: ledger.state.round,
    act,
    title,
    seat: chair.seat,
    unit: chair.unit ?? null,
    person: chair.person ?? null,
    area: ledger.kind === 'problem' ? (ledger.state.entry.area ?? null) : null,
    deputies: deputiesOf(ledger, chair),
    due: due ?? null,
  }))

/** Cases whose to-dos stay as they were are left alone: most events change none. */
export const todosWritten = (changes: readonly Change[]): readonly Statement[] => {
  const moved = changes.flatMap((change) => {
    const { caseId, rules } = change
    const before = stateBefore(change)
    const after = stateAfter(change)
    const rows = todoRows(caseId, rules, after)
    return before && sameRules(before, after) && json(todoRows(caseId, rules, before)) === json(rows)
      ? []
      : [{ caseId, rows }]
  })
  if (moved.length === 0) return []
  return replaced(
    'todos',
    moved.map(({ caseId }) => caseId),
    moved.flatMap(({ rows }) => rows),
  )
}
