import { addDays, atTime, dateOf, hoursAfter } from '../domain/calendar/dates.js'
import { nextWorkingDay } from '../domain/calendar/working-days.js'
import type { Rules } from '../domain/context.js'
import type { LedgerState } from '../domain/decider-types.js'
import type { Todo } from '../domain/kinds/kind.js'
import { type Actor, type Chair, ROLE_OF_SEAT, type Role, SEAT_TITLES, type Seat } from '../domain/parties.js'
import { chairsFor } from '../domain/permission/command.js'
import { type Instant, later, type PersonId, type UnitName } from '../domain/words.js'
import { type Act, actOn, actOnReferral, type Scene } from './acts.js'
import type { Persona } from './personas.js'
import { actOnPetition } from './petitions.js'
import type { ScriptedAct } from './scenario.js'

/** Days of thought before somebody does what they owe. */
const THINKING_DAYS: Readonly<Record<string, number>> = {
  'submit-case-plan': 3,
  'confirm-immediate': 5,
  'complete-node': 8,
  'decide-clue': 2,
  'decide-extension': 2,
}
/** A late unit is late by so many days. */
const LATE_DAYS = 3
export const HOUR = '10:00'

const RESPONSIBLE: ReadonlySet<Seat> = new Set(['responsible-unit', 'responsible-head'])

/** Whoever usually sits in a chair; of a unit, its clerk or its head. */
export const sitting = ({ seat, unit, person }: Chair, role: Role = roleIn(seat, unit)): Actor => ({
  person: person ?? (`${role}${unit === undefined ? '' : `@${unit}`}` as PersonId),
  name: unit ?? SEAT_TITLES[seat],
  posts: [{ role, ...(unit !== undefined && { unit }) }],
})

const roleIn = (seat: Seat, unit: UnitName | undefined): Role => {
  if (unit !== undefined && seat === 'office') return 'unit-clerk'
  if (unit !== undefined && seat === 'office-head') return 'unit-head'
  return ROLE_OF_SEAT[seat]
}

export const nextHour = (now: Instant): Instant => hoursAfter(now, 1)

/** When somebody with this habit does what they owe: at ten on a working day. */
export const whenOf = ({ calendar }: Rules, todo: Todo, since: Instant, persona: Persona): Instant => {
  const thinking = THINKING_DAYS[todo.act] ?? 1
  const late = persona === 'late' && RESPONSIBLE.has(todo.chair.seat)
  // A return is sent on its day; everything else once it has been thought over.
  const day =
    todo.due !== undefined && todo.act === 'submit-return' && !late
      ? todo.due
      : todo.due !== undefined && todo.act !== 'submit-return' && late
        ? addDays(todo.due, LATE_DAYS)
        : addDays(dateOf(since), late ? thinking + LATE_DAYS : thinking)
  return later(atTime(nextWorkingDay(calendar, day), HOUR), nextHour(since))
}

export const actFor = (
  todo: Todo,
  ledger: LedgerState,
  scene: Scene | undefined,
  now: Instant,
): Act | undefined => {
  const asked = {
    caseId: ledger.state.id,
    act: todo.act,
    title: todo.title,
    seat: todo.chair.seat,
    unit: todo.chair.unit ?? null,
    person: todo.chair.person ?? null,
    due: todo.due ?? null,
  }
  switch (ledger.kind) {
    case 'problem':
      return todo.act === 'hand-over' ? { type: 'hand-over' } : scene && belated(actOn(asked, scene), scene)
    case 'referral':
      return actOnReferral(asked, now)
    case 'petition':
      return actOnPetition(todo, now)
    default:
      return undefined
  }
}

/** A late unit makes up the return it missed, and never sends the one that is due. */
const belated = (act: Act | undefined, { persona, state }: Scene): Act | undefined => {
  if (act?.type !== 'submit-return' || persona !== 'late') return act
  const { lastMissed } = state.returns
  return lastMissed === undefined ? undefined : { ...act, period: lastMissed }
}

export const chairOf = (rules: Rules, ledger: LedgerState, { by, unit, do: command }: ScriptedAct): Chair => {
  if (unit !== undefined) return { seat: by, unit }
  if (ledger.kind !== 'problem') return { seat: by }
  return chairsFor(rules, ledger.state, command.type as never, by)[0] ?? { seat: by }
}
