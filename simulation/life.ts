import { atTime } from '../domain/calendar/dates.js'
import { nextWorkingDay } from '../domain/calendar/working-days.js'
import { stepNow } from '../domain/closing/chain.js'
import { decide, due, evolve, nextMoment, ordersOf } from '../domain/decider.js'
import type { AnyCommand, LedgerRecord, LedgerState } from '../domain/decider-types.js'
import type { OrderEffect, ReferralEffect } from '../domain/effects/types.js'
import type { Giver, Todo } from '../domain/kinds/kind.js'
import type { Chair } from '../domain/parties.js'
import { isRefusal, type Refusal } from '../domain/refusal.js'
import { todos } from '../domain/todo.js'
import { type CaseId, type CommandId, type Instant, later } from '../domain/words.js'
import { type Act, readyOn, type Scene, unasked } from './acts.js'
import { imagined } from './files.js'
import { actFor, chairOf, HOUR, nextHour, sitting, whenOf } from './habits.js'
import type { Persona } from './personas.js'
import type { Played, PlayedEvent, PlayRules } from './played.js'
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

/** What a life tells the world it is played in. */
export type Heard = {
  readonly events: PlayedEvent[]
  readonly refusals: Played['refusals'][number][]
  readonly commands: Played['commands'][number][]
  /** What it asks of other cases, to be given to them next. */
  readonly orders: (OrderEffect | ReferralEffect)[]
}

/** One case of a dry run, step by step. */
export type Life = {
  readonly place: number
  readonly state: () => LedgerState | undefined
  /** When it goes on by itself; undefined once nothing more happens. */
  readonly next: () => Instant | undefined
  readonly step: () => void
  /** What another case asked of it. */
  readonly take: (asked: AnyCommand) => void
}

/** Something that is going to be done, when its time comes. */
type Plan = { readonly at: Instant; readonly key: string; readonly run: () => void }

/** No life is longer: a scenario that runs in a circle ends all the same. */
const MOST_STEPS = 20_000

export const makeLife = (rules: PlayRules, end: Instant, part: Part, heard: Heard): Life => {
  const { caseId, place, persona, opening } = part
  const acts = sortedActs(part.acts)
  let state: LedgerState | undefined
  let begun = false
  let steps = 0
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
      heard.events.push({ case: caseId, at, by, event })
      heard.orders.push(...ordersOf(rules, state, record))
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
    heard.refusals.push({ case: caseId, at, who, act: command.type, refusal: answered })
    return answered
  }

  const give = (by: Giver, command: AnyCommand['command'], at: Instant): Refusal | undefined => {
    given += 1
    const asked = { id: `${caseId}/c${given}` as CommandId, at, by, command } as AnyCommand
    heard.commands.push({ case: caseId, asked })
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
    heard.refusals.pop()
    return give(sitting(chair, 'unit-head'), act, at)
  }

  const plansOf = (ledger: LedgerState, now: Instant): readonly Plan[] => {
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
    const number = place + 1
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

  const begin = (): void => {
    begun = true
    give(opening.by, opening.command, opening.at)
  }

  /** The nearest thing that happens: by its clock, or by somebody's hands. */
  const plan = (): Plan | undefined => {
    if (!begun) return { at: opening.at, key: 'begin', run: begin }
    if (!state || steps >= MOST_STEPS) return undefined
    const next = earliest([...scriptedPlan(state), ...plansOf(state, state.state.at)])
    const moment = nextMoment(rules, state)
    const own: Plan | undefined =
      moment !== undefined && (next === undefined || moment <= next.at)
        ? { at: moment, key: 'moment', run: () => state && keep(due(rules, state, moment)) }
        : next
    return own && own.at <= end ? own : undefined
  }

  let planned: Plan | undefined
  return {
    place,
    state: () => state,
    next: () => {
      planned = plan()
      return planned?.at
    },
    step: () => {
      steps += 1
      planned?.run()
    },
    take: (asked) => {
      begun = true
      answer(asked)
    },
  }
}

const earliest = (plans: readonly Plan[]): Plan | undefined =>
  plans.reduce<Plan | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined)

const sortedActs = (acts: readonly ScriptedAct[]): readonly ScriptedAct[] =>
  acts.toSorted((a, b) => (`${a.on} ${a.at}` < `${b.on} ${b.at}` ? -1 : 1))

const keyOf = ({ act, title, chair, due: by }: Todo): string =>
  `${act}|${title}|${chair.seat}|${chair.unit ?? ''}|${chair.person ?? ''}|${by ?? ''}`
