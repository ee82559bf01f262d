import { addDays, dateOf, endOfDay } from '../calendar/dates.js'
import type { Rules } from '../context.js'
import type { LedgerEvent, LedgerState } from '../decider-types.js'
import type { CommonState, Happened, Todo } from '../kinds/kind.js'
import { kindOf } from '../kinds/registry.js'
import { tell } from '../tell.js'
import { todos } from '../todo.js'
import type { Clause, Instant } from '../words.js'
import { UNDONE } from './undone.js'

/** What will happen by itself if nobody does anything. */
export type Coming = {
  readonly at: Instant
  readonly type: string
  readonly told: string
  readonly rule: string
  readonly clause: Clause
}

/** What somebody owes, by when, and what happens otherwise. */
export type Owed = Todo & { readonly otherwise: readonly Coming[] }

export type Next = { readonly owed: readonly Owed[]; readonly coming: readonly Coming[] }

const HORIZON_DAYS = 180
const MOST_COMING = 60

/** The pure domain played forward from now with everybody's hands in their laps. */
const comingOf = (rules: Rules, { kind, state }: LedgerState, from: Instant): readonly Coming[] => {
  const { nextMoment, due, evolve } = kindOf(kind)
  const until = endOfDay(addDays(dateOf(from), HORIZON_DAYS))
  const coming: Coming[] = []
  let now: CommonState = state
  for (;;) {
    const moment = nextMoment(rules, now)
    if (moment === undefined || moment > until || coming.length >= MOST_COMING) return coming
    const happened = due(rules, now, moment) as readonly Happened<LedgerEvent>[]
    for (const fact of happened) {
      now = evolve(now.id, now, fact)
      if (fact.by.kind === 'engine')
        coming.push({
          at: fact.at,
          type: fact.event.type,
          told: tell(fact.event),
          rule: fact.by.rule,
          clause: fact.by.clause,
        })
    }
    if (happened.length === 0) return coming
  }
}

/** What a to-do left undone brings: the event that says so, on its day or after it, and what follows from that at once. */
const otherwise = ({ act, due }: Todo, coming: readonly Coming[]): readonly Coming[] => {
  const types: readonly string[] = UNDONE.get(act) ?? []
  const first = coming.findIndex(
    ({ at, type }) => types.includes(type) && (due === undefined || dateOf(at) >= due),
  )
  const said = coming[first]
  return said ? coming.slice(first).filter(({ at }) => at === said.at) : []
}

/** What each owes, by when, and what happens otherwise; and all that comes by itself. */
export const nextOf = (rules: Rules, ledger: LedgerState, now: Instant): Next => {
  const coming = comingOf(rules, ledger, now)
  return {
    owed: todos(rules, ledger).map((todo) => ({ ...todo, otherwise: otherwise(todo, coming) })),
    coming,
  }
}
