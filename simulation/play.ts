import { addDays, atTime, dateOf, endOfDay } from '../domain/calendar/dates.js'
import { nextWorkingDay } from '../domain/calendar/working-days.js'
import { stepNow } from '../domain/closing/chain.js'
import type { Rules } from '../domain/context.js'
import { decide, due, evolve, nextMoment } from '../domain/decider.js'
import type { AnyCommand, LedgerEvent, LedgerRecord, LedgerState } from '../domain/decider-types.js'
import { caseIdOf } from '../domain/entry.js'
import type { Todo } from '../domain/kinds/kind.js'
import { kindOf, kindOfCommand } from '../domain/kinds/registry.js'
import {
  type Actor,
  type Author,
  type Chair,
  ROLE_OF_SEAT,
  type Role,
  SEAT_TITLES,
  type Seat,
} from '../domain/parties.js'
import { chairsFor } from '../domain/permission/command.js'
import { isRefusal, type Refusal } from '../domain/refusal.js'
import { todos } from '../domain/todo.js'
import {
  type CaseId,
  type CommandId,
  type Instant,
  instant,
  later,
  millis,
  type PersonId,
  type RoundId,
  type Sha256,
  type UnitName,
} from '../domain/words.js'
import { type Act, actOn, actOnReferral, readyOn, type Scene, unasked } from './acts.js'
import { imagined } from './files.js'
import type { Persona } from './personas.js'
import { actOnPetition } from './petitions.js'
import type { Scenario, ScenarioCase, ScriptedAct } from './scenario.js'

export type PlayedEvent = {
  readonly case: CaseId
  readonly at: Instant
  readonly by: Author
  readonly event: LedgerEvent
}
export type PlayedRefusal = {
  readonly case: CaseId
  readonly at: Instant
  readonly who: string
  readonly act: string
  readonly refusal: Refusal
}
/** Every command that was given, in order: the same script for the real engine. */
export type PlayedCommand = { readonly case: CaseId; readonly asked: AnyCommand }

export type Played = {
  readonly events: readonly PlayedEvent[]
  readonly refusals: readonly PlayedRefusal[]
  readonly commands: readonly PlayedCommand[]
  readonly states: readonly LedgerState[]
}

export type PlayRules = Rules & { readonly hash: Sha256 }

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
const HOUR = '10:00'

const RESPONSIBLE: ReadonlySet<Seat> = new Set(['responsible-unit', 'responsible-head'])

/** Whoever usually sits in a chair; of a unit, its clerk or its head. */
const sitting = ({ seat, unit, person }: Chair, role: Role = roleIn(seat, unit)): Actor => ({
  person: person ?? (`${role}${unit === undefined ? '' : `@${unit}`}` as PersonId),
  name: unit ?? SEAT_TITLES[seat],
  posts: [{ role, ...(unit !== undefined && { unit }) }],
})

const roleIn = (seat: Seat, unit: UnitName | undefined): Role => {
  if (unit !== undefined && seat === 'office') return 'unit-clerk'
  if (unit !== undefined && seat === 'office-head') return 'unit-head'
  return ROLE_OF_SEAT[seat]
}

/** Plays a whole scenario in the pure domain: nothing but the rules, the people's habits and the calendar. */
export const play = (rules: PlayRules, scenario: Scenario): Played => {
  const events: PlayedEvent[] = []
  const refusals: PlayedRefusal[] = []
  const commands: PlayedCommand[] = []
  const states: LedgerState[] = []
  scenario.cases.forEach((one, index) => {
    const life = live(rules, scenario, one, index + 1)
    events.push(...life.events)
    refusals.push(...life.refusals)
    commands.push(...life.commands)
    if (life.state) states.push(life.state)
  })
  const order = <T extends { readonly at: Instant; readonly case: CaseId }>(
    all: readonly T[],
  ): readonly T[] =>
    all.toSorted((a, b) =>
      a.at < b.at ? -1 : a.at > b.at ? 1 : a.case < b.case ? -1 : a.case > b.case ? 1 : 0,
    )
  return { events: order(events), refusals: order(refusals), commands, states }
}

type Life = {
  readonly events: PlayedEvent[]
  readonly refusals: PlayedRefusal[]
  readonly commands: PlayedCommand[]
  readonly state: LedgerState | undefined
}

/** Something somebody is going to do, when its time comes. */
type Plan = { readonly at: Instant; readonly key: string; readonly run: () => void }

const idOf = (scenario: Scenario, one: ScenarioCase, n: number): CaseId => {
  if (one.kind === 'problem') return caseIdOf(scenario.round, one.entry.n)
  const kind = kindOfCommand(one.opening.type)
  return `${scenario.round}/${kind ? kindOf(kind).prefix : 'x'}-${String(n).padStart(4, '0')}` as CaseId
}

const live = (rules: PlayRules, scenario: Scenario, one: ScenarioCase, n: number): Life => {
  const caseId = idOf(scenario, one, n)
  const end = endOfDay(scenario.until)
  const events: PlayedEvent[] = []
  const refusals: PlayedRefusal[] = []
  const commands: PlayedCommand[] = []
  let state: LedgerState | undefined
  let seq = 0
  let given = 0
  let returns = 0
  /** When a to-do was first seen, and since which event it was last refused. */
  const seen = new Map<string, Instant>()
  const tried = new Map<string, number>()
  let scripted = 0

  const keep = (happened: readonly Pick<PlayedEvent, 'at' | 'by' | 'event'>[]): void => {
    for (const { at, by, event } of happened) {
      seq += 1
      // Unchained: a dry run keeps no record, and hashing is half of its time.
      const record = { case: caseId, seq, at, by, event } as LedgerRecord
      state = evolve(state, record)
      events.push({ case: caseId, at, by, event })
    }
  }

  const give = (by: Actor, command: AnyCommand['command'], at: Instant): Refusal | undefined => {
    given += 1
    const asked = { id: `${caseId}/c${given}` as CommandId, at, by, command } as AnyCommand
    const answer = decide(rules, state, asked)
    commands.push({ case: caseId, asked })
    if (!isRefusal(answer)) {
      keep(answer)
      if (command.type === 'submit-return') returns += 1
      return undefined
    }
    refusals.push({ case: caseId, at, who: by.name, act: command.type, refusal: answer })
    return answer
  }

  const pass = (until: Instant): void => {
    if (state) keep(due(rules, state, until))
  }

  const sceneOf = (ledger: LedgerState, now: Instant, persona: Persona): Scene | undefined => {
    if (ledger.kind !== 'problem') return undefined
    const step = stepNow(rules, ledger.state)
    return {
      persona,
      state: ledger.state,
      step: step?.id ?? null,
      channels: step?.kind === 'notice' ? step.channels : [],
      findings: step?.kind === 'sign-off' ? step.findings : [],
      now,
      returns,
      isFirstReferral: false,
      checklist: rules.policy.closing.checklist.points,
      files: imagined,
    }
  }

  /** Somebody else of the unit signs where one person may sign only once (YZ-07). */
  const giveAs = (chair: Chair, act: Act, at: Instant): Refusal | undefined => {
    const first = give(sitting(chair), act, at)
    if (first?.clause !== 'YZ-07' || chair.unit === undefined) return first
    refusals.pop()
    return give(sitting(chair, 'unit-head'), act, at)
  }

  const plansOf = (ledger: LedgerState, now: Instant): readonly Plan[] => {
    const { persona } = one
    if (persona === 'none') return []
    const owed = todos(rules, ledger)
    const keys = new Set(owed.map(keyOf))
    for (const key of seen.keys()) if (!keys.has(key)) seen.delete(key)
    const plans = owed.flatMap((todo): readonly Plan[] => {
      const key = keyOf(todo)
      const since = seen.get(key) ?? now
      seen.set(key, since)
      if (tried.get(key) === seq) return []
      const at = whenOf(rules, todo, since, persona)
      const run = (): void => {
        const scene = state && sceneOf(state, at, persona)
        const act = state && actFor(todo, state, scene, at)
        if (act) giveAs(todo.chair, act, at)
        // What is left lying may be taken up again once something has changed.
        tried.set(key, seq)
      }
      return [{ at, key, run }]
    })
    const scene = sceneOf(ledger, now, persona)
    return scene ? [...plans, ...unaskedPlan(scene, now)] : plans
  }

  const unaskedPlan = (scene: Scene, now: Instant): readonly Plan[] => {
    const number = one.kind === 'problem' ? one.entry.n : n
    const ready =
      scene.state.phase === 'rectifying'
        ? atTime(nextWorkingDay(rules.calendar, readyOn(scene, number)), HOUR)
        : now
    const at = later(ready, nextHour(now))
    const found = unasked({ ...scene, now: at }, number)
    if (!found || tried.get('unasked') === seq) return []
    const { entry } = scene.state
    const chair: Chair =
      found.seat === 'case-leader'
        ? { seat: found.seat, ...(entry.leaders.municipal && { person: entry.leaders.municipal.person }) }
        : { seat: found.seat, ...(entry.units[0] !== undefined && { unit: entry.units[0] }) }
    const run = (): void => {
      const scene_ = state && sceneOf(state, at, scene.persona)
      const act = scene_ && unasked(scene_, number)?.act
      if (act) giveAs(chair, act, at)
      tried.set('unasked', seq)
    }
    return [{ at, key: 'unasked', run }]
  }

  const scriptedPlan = (ledger: LedgerState): readonly Plan[] => {
    const acts = sortedActs(one.acts)
    const next = acts[scripted]
    if (!next) return []
    const at = atTime(next.on, next.at)
    return [
      {
        at,
        key: 'script',
        run: () => {
          scripted += 1
          const chair = chairOf(rules, state ?? ledger, next)
          giveAs(chair, next.do as Act, at)
        },
      },
    ]
  }

  begin(rules, scenario, one, caseId, give, sitting)
  for (let steps = 0; state && steps < MOST_STEPS; steps += 1) {
    const now = state.state.at
    const plans = [...scriptedPlan(state), ...plansOf(state, now)].filter(({ at }) => at <= end)
    const next = plans.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))[0]
    const moment = nextMoment(rules, state)
    if (moment !== undefined && moment <= end && (next === undefined || moment <= next.at)) {
      pass(moment)
      continue
    }
    if (!next) break
    next.run()
  }
  return { events, refusals, commands, state }
}

/** No life is longer: a scenario that runs in a circle ends all the same. */
const MOST_STEPS = 20_000

const sortedActs = (acts: readonly ScriptedAct[]): readonly ScriptedAct[] =>
  acts.toSorted((a, b) => (`${a.on} ${a.at}` < `${b.on} ${b.at}` ? -1 : 1))

const keyOf = ({ act, title, chair, due: by }: Todo): string =>
  `${act}|${title}|${chair.seat}|${chair.unit ?? ''}|${chair.person ?? ''}|${by ?? ''}`

const HOUR_MILLIS = 3_600_000
const nextHour = (now: Instant): Instant => instant(millis(now) + HOUR_MILLIS)

/** When somebody with this habit does what they owe: at ten on a working day. */
const whenOf = ({ calendar }: Rules, todo: Todo, since: Instant, persona: Persona): Instant => {
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

const actFor = (todo: Todo, ledger: LedgerState, scene: Scene | undefined, now: Instant): Act | undefined => {
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

const chairOf = (rules: Rules, ledger: LedgerState, { by, unit, do: command }: ScriptedAct): Chair => {
  if (unit !== undefined) return { seat: by, unit }
  if (ledger.kind !== 'problem') return { seat: by }
  return chairsFor(rules, ledger.state, command.type as never, by)[0] ?? { seat: by }
}

const begin = (
  rules: PlayRules,
  scenario: Scenario,
  one: ScenarioCase,
  caseId: CaseId,
  give: (by: Actor, command: AnyCommand['command'], at: Instant) => Refusal | undefined,
  seated: (chair: Chair) => Actor,
): void => {
  const pins = {
    caseId,
    round: scenario.round as RoundId,
    policy: rules.hash,
    calendar: rules.calendar.version as Sha256,
  }
  if (one.kind === 'problem') {
    give(
      seated({ seat: 'office' }),
      { type: 'register', ...pins, entry: one.entry, source: one.source, planDate: scenario.start },
      atTime(one.handedOver ?? scenario.start, '09:00'),
    )
    return
  }
  give(seated({ seat: one.by }), { ...one.opening, ...pins } as AnyCommand['command'], atTime(one.on, one.at))
}
