import { isStranger } from '../case/commands.js'
import type { Rules } from '../context.js'
import { type Actor, type Author, OFFICE, type Post, type Role } from '../parties.js'
import { isRefusal, type Refusal, refuse } from '../refusal.js'
import { type CaseId, type Clause, type Instant, later, type UnitName } from '../words.js'
import {
  type Asked,
  type CommonState,
  type Happened,
  isMachine,
  type Pinned,
  type ShellEvent,
} from './kind.js'

/** A moment a case waits for: when it comes, `events` happen, by the engine, under `rule` of `clause`. */
export type LightMoment<Event> = {
  readonly at: Instant
  readonly clause: Clause
  readonly rule: string
  readonly events: readonly Event[]
}

/** Something the engine does because of an event, with the rule it follows. */
export type LightReaction<Event> = { readonly event: Event; readonly clause: Clause; readonly rule: string }

type Typed = { readonly type: string }

/** Whose post counts for a command: the roles that may give it, or `machine` where only the engine may; `anyone`: also a stranger. */
export type LightPermission = readonly Role[] | 'machine' | 'anyone'

/**
 * A kind of case with a life simpler than a problem's: who may give which command is a table, its clock a list of moments. Every
 * rule is a plain function of the rules, the state and the command; what they have in common is written once, here.
 */
export type LightRules<
  State extends CommonState,
  Opening extends Typed & Pinned,
  Command extends Typed,
  Event extends Typed,
> = {
  readonly clause: Clause
  readonly titles: Readonly<Record<Opening['type'] | Command['type'], string>>
  readonly permissions: Readonly<Record<Opening['type'] | Command['type'], LightPermission>>
  /** Units with a part in the case: the clerk or head of another unit gives no command in it. */
  readonly units: (state: State, type: Command['type']) => readonly UnitName[]
  /** As whom somebody acts under a recorded authority (GN-09); undefined: by their own posts. */
  readonly behalf?: (state: State, type: Command['type'], by: Actor, at: Instant) => Author | undefined
  readonly opening: Opening['type']
  readonly open: (rules: Rules, asked: Given<Opening>) => readonly Event[] | Refusal
  readonly answer: (rules: Rules, state: State, asked: Given<Command>) => readonly Event[] | Refusal
  readonly begin: (id: CaseId, happened: Happened<Event>) => State
  readonly apply: (state: State, happened: Happened<Event>) => State
  /** Everything it waits for, in any order. */
  readonly moments: (rules: Rules, state: State) => readonly LightMoment<Event>[]
  /** What follows inside the case from one event; `state` is the state after it. */
  readonly react?: (rules: Rules, state: State, event: Event) => readonly LightReaction<Event>[]
}

/** A command whose giver may give it: the author it will stand under, and every post of a person's. */
export type Given<Command> = {
  readonly command: Command
  readonly by: Author
  readonly posts: readonly Post[]
  readonly at: Instant
}

/** Somebody of no unit is not of every unit (GN-08). */
const OF_A_UNIT: ReadonlySet<Role> = new Set(['unit-clerk', 'unit-head'])

/** Nothing goes on for ever: so many moments are told in one go, the rest with the next. */
const MOST_AT_ONCE = 2_000

export const lightKind = <
  State extends CommonState,
  Opening extends Typed & Pinned,
  Command extends Typed,
  Event extends Typed,
>(
  kind: LightRules<State, Opening, Command, Event>,
) => {
  type Own = Event | ShellEvent
  const isShells = (event: Own): event is ShellEvent =>
    event.type === 'signal-refused' || event.type === 'paper-issued'

  const evolve = (id: CaseId, before: State | undefined, { at, by, event }: Happened<Own>): State => {
    if (!before) {
      if (isShells(event)) throw new TypeError(`${id}: ${event.type} before it began`)
      return kind.begin(id, { at, by, event })
    }
    const after = isShells(event) ? before : kind.apply(before, { at, by, event })
    return { ...after, at: later(before.at, at) }
  }

  const happen = (
    rules: Rules,
    id: CaseId,
    before: State | undefined,
    happened: Happened<Event>,
  ): { readonly state: State; readonly all: readonly Happened<Event>[] } => {
    let state = evolve(id, before, happened)
    const all: Happened<Event>[] = [happened]
    for (const { event, clause, rule } of kind.react?.(rules, state, happened.event) ?? []) {
      const next = happen(rules, id, state, { at: happened.at, by: { kind: 'engine', clause, rule }, event })
      state = next.state
      all.push(...next.all)
    }
    return { state, all }
  }

  const happenAll = (
    rules: Rules,
    id: CaseId,
    before: State | undefined,
    { at, by, events }: { readonly at: Instant; readonly by: Author; readonly events: readonly Event[] },
  ): { readonly state: State | undefined; readonly all: readonly Happened<Event>[] } => {
    let state = before
    const all: Happened<Event>[] = []
    for (const event of events) {
      const next = happen(rules, id, state, { at, by, event })
      state = next.state
      all.push(...next.all)
    }
    return { state, all }
  }

  /** The earliest first; of one instant, as in the list. What lies behind the case comes now, not in the past. */
  const waiting = (rules: Rules, state: State): readonly LightMoment<Event>[] =>
    kind
      .moments(rules, state)
      .map((moment) => ({ ...moment, at: later(moment.at, state.at) }))
      .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))

  const pending = (rules: Rules, state: State): LightMoment<Event> | undefined => waiting(rules, state)[0]

  const told = (rules: Rules, before: State, until: Instant) => {
    let state = before
    const all: Happened<Event>[] = []
    for (let count = 0; count < MOST_AT_ONCE; count += 1) {
      const moment = pending(rules, state)
      if (!moment || moment.at > until) break
      const { at, clause, rule, events } = moment
      const next = happenAll(rules, state.id, state, { at, by: { kind: 'engine', clause, rule }, events })
      state = next.state ?? state
      all.push(...next.all)
    }
    return { state, all }
  }

  const author = (
    before: State | undefined,
    { by, command, at }: Asked<Opening | Command>,
  ): Given<unknown>['by'] | Refusal => {
    const type = command.type as Opening['type'] | Command['type']
    const who: LightPermission = kind.permissions[type]
    const title = kind.titles[type]
    if (isMachine(by)) return { kind: 'engine', clause: by.machine, rule: by.rule }
    if (isStranger(by)) {
      return who === 'anyone'
        ? { kind: 'public', name: by.stranger }
        : refuse('forbidden', 'GN-08', `“${title}”须登录后办理`)
    }
    const deputy = before && kind.behalf?.(before, command.type as Command['type'], by, later(at, before.at))
    if (deputy) return deputy
    if (who === 'machine') return refuse('forbidden', 'GN-08', `“${title}”由系统办理`)
    const units = before && kind.units(before, command.type as Command['type'])
    const post =
      who === 'anyone'
        ? (by.posts.find(({ role }) => OFFICE.includes(role)) ?? by.posts[0])
        : by.posts.find(
            ({ role, unit }) =>
              who.includes(role) &&
              (unit === undefined ? !OF_A_UNIT.has(role) : !units || units.includes(unit)),
          )
    if (!post) return refuse('forbidden', kind.clause, `“${title}”不由您办理`)
    return { kind: 'person', person: by.person, name: by.name, ...post }
  }

  return {
    opening: kind.opening,
    commands: kind.titles,
    evolve,
    moments: waiting,
    nextMoment: (rules: Rules, state: State): Instant | undefined => pending(rules, state)?.at,
    due: (rules: Rules, state: State, until: Instant): readonly Happened<Own>[] =>
      told(rules, state, until).all,
    decide: (
      rules: Rules,
      before: State | undefined,
      asked: Asked<Opening | Command>,
    ): readonly Happened<Own>[] | Refusal => {
      const by = author(before, asked)
      if (isRefusal(by)) return by
      const posts = 'posts' in asked.by ? asked.by.posts : []
      const isOpening = (command: Opening | Command): command is Opening => command.type === kind.opening
      if (isOpening(asked.command)) {
        if (before) return refuse('conflict', kind.clause, '这件事项已经登记,不必重复')
        const given = { command: asked.command, by, posts, at: asked.at }
        const events = kind.open(rules, given)
        return isRefusal(events)
          ? events
          : happenAll(rules, given.command.caseId, undefined, { at: asked.at, by, events }).all
      }
      if (!before) return refuse('not-found', kind.clause, '没有这件事项')
      const at = later(asked.at, before.at)
      const { state, all } = told(rules, before, at)
      const events = kind.answer(rules, state, { command: asked.command as Command, by, posts, at })
      return isRefusal(events)
        ? events
        : [...all, ...happenAll(rules, state.id, state, { at, by, events }).all]
    },
  }
}
