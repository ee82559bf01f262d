import { atTime } from '../domain/calendar/dates.js'
import { nextWorkingDay } from '../domain/calendar/working-days.js'
import { stepNow } from '../domain/closing/chain.js'
import type { Rules } from '../domain/context.js'
import { decide, due, evolve, nextMoment, ordersOf } from '../domain/decider.js'
import type { AnyCommand, LedgerRecord, LedgerState } from '../domain/decider-types.js'
import type { OrderEffect, ReferralEffect } from '../domain/effects/types.js'
import type { Giver, Todo } from '../domain/kinds/kind.js'
import type { Chair } from '../domain/parties.js'
import { isRefusal, never, type Refusal } from '../domain/refusal.js'
import { todos } from '../domain/todo.js'
import { type CaseId, type CommandId, type Instant, later } from '../domain/words.js'
import { type Act, actOfWish, readyOn, type Scene, WISHES_OF, wishIn } from './acts.js'
import { imagined } from './files.js'
import { actFor, chairOf, HOUR, nextHour, sitting, whenOf } from './habits.js'
import type { Persona } from './personas.js'
import type { Played, PlayedEvent } from './played.js'
import type { ScriptedAct } from './scenario.js'

/** Whose life it is, how its people behave, and how it begins. */
export type Part = {
  readonly caseId: CaseId
  /** Its place among all: of one instant, the first goes first. */
  readonly place: number
  readonly persona: Persona | 'none'
  /** What its leader makes of a clue. */
  readonly clue: 'refer' | 'dismiss'
  readonly acts: readonly ScriptedAct[]
  readonly opening: { readonly by: Giver; readonly at: Instant; readonly command: AnyCommand['command'] }
}

/** What a life has told so far. */
export type Told = {
  readonly events: PlayedEvent[]
  readonly refusals: Played['refusals'][number][]
  readonly commands: Played['commands'][number][]
  /** What it asks of other cases: taken from here by whoever gives it to them. */
  readonly orders: (OrderEffect | ReferralEffect)[]
}

/** One case of a dry run, step by step. */
export type Life = {
  readonly part: Part
  readonly told: Told
  readonly state: () => LedgerState | undefined
  /** When it goes on by itself; undefined once nothing more happens. */
  readonly next: () => Instant | undefined
  readonly step: () => void
  /** What another case asked of it. */
  readonly take: (asked: AnyCommand) => void
}

/** Something that is going to happen, when its time comes. */
type Plan =
  | { readonly does: 'begin'; readonly at: Instant }
  | { readonly does: 'moment'; readonly at: Instant }
  | { readonly does: 'script'; readonly at: Instant; readonly act: ScriptedAct }
  | { readonly does: 'todo'; readonly at: Instant; readonly todo: Todo; readonly key: string }
  | { readonly does: 'unasked'; readonly at: Instant; readonly chair: Chair }

/** A to-do since it was first seen, and when it will be done. */
type Seen = { readonly since: Instant; readonly at: Instant }

/** No life is longer: a scenario that runs in a circle ends all the same. */
const MOST_STEPS = 20_000

/** What somebody does unasked is tried again, like a to-do, once something has changed. */
const UNASKED = 'unasked'

export const makeLife = (rules: Rules, end: Instant, part: Part): Life => {
  const { caseId, place, persona, opening } = part
  const acts = sortedActs(part.acts)
  let state: LedgerState | undefined
  let begun = false
  let steps = 0
  let seq = 0
  let given = 0
  let returns = 0
  const told: Told = { events: [], refusals: [], commands: [], orders: [] }
  const seen = new Map<string, Seen>()
  /** Since which event what is owed was last tried. */
  const tried = new Map<string, number>()
  let scripted = 0

  const keep = (happened: readonly Pick<PlayedEvent, 'at' | 'by' | 'event'>[]): void => {
    for (const { at, by, event } of happened) {
      seq += 1
      // Unchained: a dry run keeps no record, and hashing is half of its time.
      const record = { case: caseId, seq, at, by, event } as LedgerRecord
      state = evolve(state, record)
      told.events.push({ case: caseId, at, by, event })
      told.orders.push(...ordersOf(rules, state, record))
    }
  }

  const answer = (asked: AnyCommand): Refusal | undefined => {
    const answered = decide(rules, state, asked)
    if (!isRefusal(answered)) {
      keep(answered)
      return undefined
    }
    const { at, by, command } = asked
    const who = 'name' in by ? by.name : 'machine' in by ? '系统' : by.stranger
    told.refusals.push({ case: caseId, at, who, act: command.type, refusal: answered })
    return answered
  }

  const give = (by: Giver, command: AnyCommand['command'], at: Instant): Refusal | undefined => {
    given += 1
    const asked = { id: `${caseId}/c${given}` as CommandId, at, by, command } as AnyCommand
    told.commands.push({ case: caseId, asked })
    const refused = answer(asked)
    if (!refused && command.type === 'submit-return') returns += 1
    return refused
  }

  const sceneOf = (ledger: LedgerState, now: Instant, habit: Persona): Scene | undefined => {
    if (ledger.kind !== 'problem') return undefined
    const step = stepNow(rules, ledger.state)
    return {
      persona: habit,
      state: ledger.state,
      step: step?.id ?? null,
      channels: step?.kind === 'notice' ? step.channels : [],
      findings: step?.kind === 'sign-off' ? step.findings : [],
      now,
      returns,
      clue: part.clue,
      checklist: rules.policy.closing.checklist.points,
      files: imagined,
    }
  }

  /** Somebody else of the unit signs where one person may sign only once (YZ-07). */
  const giveAs = (chair: Chair, act: Act, at: Instant): Refusal | undefined => {
    const first = give(sitting(chair), act, at)
    if (first?.clause !== 'YZ-07' || chair.unit === undefined) return first
    told.refusals.pop()
    return give(sitting(chair, 'unit-head'), act, at)
  }

  const todoPlans = (ledger: LedgerState, habit: Persona): readonly Plan[] => {
    const owed = todos(rules, ledger)
    const keys = owed.map(keyOf)
    for (const key of seen.keys()) if (!keys.includes(key)) seen.delete(key)
    return owed.flatMap((todo, index): readonly Plan[] => {
      const key = keys[index] ?? ''
      const known = seen.get(key) ?? firstSeen(rules, todo, ledger.state.at, habit)
      seen.set(key, known)
      return tried.get(key) === seq ? [] : [{ does: 'todo', at: known.at, todo, key }]
    })
  }

  const unaskedPlan = (ledger: LedgerState, habit: Persona): readonly Plan[] => {
    if (ledger.kind !== 'problem' || tried.get(UNASKED) === seq) return []
    const scene = sceneOf(ledger, ledger.state.at, habit)
    if (!scene) return []
    const { entry, phase } = scene.state
    const ready =
      phase === 'rectifying'
        ? atTime(nextWorkingDay(rules.calendar, readyOn(scene, place + 1)), HOUR)
        : scene.now
    const at = later(ready, nextHour(scene.now))
    const wish = wishIn({ ...scene, now: at }, place + 1)
    if (!wish) return []
    const seat = WISHES_OF[wish]
    const chair: Chair =
      seat === 'case-leader'
        ? { seat, ...(entry.leaders.municipal && { person: entry.leaders.municipal.person }) }
        : { seat, ...(entry.units[0] !== undefined && { unit: entry.units[0] }) }
    return [{ does: 'unasked', at, chair }]
  }

  const scriptedPlan = (): readonly Plan[] => {
    const act = acts[scripted]
    return act ? [{ does: 'script', at: atTime(act.on, act.at), act }] : []
  }

  /** The nearest thing that happens: by its clock, or by somebody's hands. */
  const plan = (): Plan | undefined => {
    if (!begun) return { does: 'begin', at: opening.at }
    if (!state || steps >= MOST_STEPS) return undefined
    const next = earliest([
      ...scriptedPlan(),
      ...(persona === 'none' ? [] : [...todoPlans(state, persona), ...unaskedPlan(state, persona)]),
    ])
    const moment = nextMoment(rules, state)
    const own: Plan | undefined =
      moment !== undefined && (next === undefined || moment <= next.at)
        ? { does: 'moment', at: moment }
        : next
    return own && own.at <= end ? own : undefined
  }

  const carryOut = (planned: Plan): void => {
    if (planned.does === 'begin') {
      begun = true
      give(opening.by, opening.command, opening.at)
      return
    }
    if (!state) return
    const { at } = planned
    switch (planned.does) {
      case 'moment':
        keep(due(rules, state, at))
        return
      case 'script': {
        scripted += 1
        giveAs(chairOf(rules, state, planned.act), planned.act.do as Act, at)
        return
      }
      case 'todo': {
        const { todo, key } = planned
        const scene = persona === 'none' ? undefined : sceneOf(state, at, persona)
        const act = actFor(todo, state, scene, at)
        if (act) giveAs(todo.chair, act, at)
        // What is left lying may be taken up again once something has changed.
        tried.set(key, seq)
        return
      }
      case 'unasked': {
        const scene = persona === 'none' ? undefined : sceneOf(state, at, persona)
        const wish = scene && wishIn(scene, place + 1)
        if (wish) giveAs(planned.chair, actOfWish(wish, scene), at)
        tried.set(UNASKED, seq)
        return
      }
      default:
        never(planned)
    }
  }

  let planned: Plan | undefined
  return {
    part,
    told,
    state: () => state,
    next: () => {
      planned = plan()
      return planned?.at
    },
    step: () => {
      steps += 1
      if (planned) carryOut(planned)
    },
    take: (asked) => {
      begun = true
      answer(asked)
    },
  }
}

const firstSeen = (rules: Rules, todo: Todo, since: Instant, habit: Persona): Seen => ({
  since,
  at: whenOf(rules, todo, since, habit),
})

const earliest = (plans: readonly Plan[]): Plan | undefined =>
  plans.reduce<Plan | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined)

const sortedActs = (acts: readonly ScriptedAct[]): readonly ScriptedAct[] =>
  acts.toSorted((a, b) => (`${a.on} ${a.at}` < `${b.on} ${b.at}` ? -1 : 1))

const keyOf = ({ act, title, chair, due: by }: Todo): string =>
  `${act}|${title}|${chair.seat}|${chair.unit ?? ''}|${chair.person ?? ''}|${by ?? ''}`
