import type { Command } from '../case/commands.js'
import type { CaseState } from '../case/state.js'
import { caseTodos } from '../case/todos.js'
import type { Rules } from '../context.js'
import type { Todo } from '../kinds/kind.js'
import type { Role } from '../parties.js'

type Restriction = Extract<Command, { readonly type: 'restrict-case' }>

const OF_UNITS: readonly Role[] = ['unit-clerk', 'unit-head']

const isAdmitted = ({ persons, roles, units }: Restriction, { chair }: Todo): boolean => {
  const { unit, person } = chair
  if (unit !== undefined) return units.includes(unit) || OF_UNITS.some((role) => roles.includes(role))
  if (person !== undefined)
    return (
      persons.some((one) => one.person === person) ||
      (chair.seat === 'case-leader' && roles.includes('leader'))
    )
  // A seat of the leading group or the office: whoever restricts the case holds one of them, and may lift it again.
  return true
}

/** What is owed now by units and persons such a restriction would shut out: nobody could do it any more (GN-08). */
export const shutOutBy = (rules: Rules, state: CaseState, command: Restriction): readonly Todo[] =>
  caseTodos(rules, state).filter((todo) => !isAdmitted(command, todo))
