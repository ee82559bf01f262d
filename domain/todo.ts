import type { Rules } from './context.js'
import type { LedgerState } from './decider-types.js'
import type { Todo } from './kinds/kind.js'
import { kindOf } from './kinds/registry.js'

export type { Todo } from './kinds/kind.js'

/** Everything somebody owes this case now, of whatever kind; derived from its state like its clocks (HH-13). */
export const todos = (rules: Rules, { kind, state }: LedgerState): readonly Todo[] =>
  kindOf(kind).todos(rules, state)
