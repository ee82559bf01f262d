import type { Adoption } from '../adoption/types.js'
import type { Source, Stranger } from '../case/commands.js'
import type { CaseEvent } from '../case/events.js'
import type { DoneCommand } from '../case/state.js'
import type { Rules } from '../context.js'
import type { LedgerRecord } from '../decider-types.js'
import type { Effect, OrderEffect, ReferralEffect } from '../effects/types.js'
import type { Actor, Author, Chair } from '../parties.js'
import type { Reading } from '../permission/read.js'
import type { Refusal } from '../refusal.js'
import type {
  CaseId,
  Clause,
  CommandId,
  Instant,
  PersonId,
  PlainDate,
  RoundId,
  Sha256,
  UnitName,
} from '../words.js'

/** An order of the machine's own, under the rule it follows: what it did is never shown as a person's act (domain rule 16). */
export type Machine = { readonly machine: Clause; readonly rule: string }

/** Whoever gives a command: somebody signed in, somebody without an account, or the machine. */
export type Giver = Actor | Stranger | Machine

export const isMachine = (by: Giver): by is Machine => 'machine' in by

/** What someone asks of a case. `at` is the round's own time, stamped at the door. */
export type Asked<Command> = {
  readonly id: CommandId
  readonly at: Instant
  readonly by: Giver
  readonly command: Command
}

export type Happened<Event> = { readonly at: Instant; readonly by: Author; readonly event: Event }

/** What every case has, of whatever kind: its round, the rules it is pinned to, and the commands it has done. */
export type CommonState = {
  readonly id: CaseId
  readonly round: RoundId
  readonly policy: Sha256
  readonly calendar: Sha256
  /** Moment of the last event; no later event is earlier. */
  readonly at: Instant
  readonly phase: string
  readonly recent: readonly DoneCommand[]
}

/** A case opened by one command, on its own day. */
export type OpenedState = CommonState & { readonly openedAt: Instant }

/** The number in a case's id: 1 of `jinan-2018/xf-0001`. */
export const numberOf = (id: CaseId): number => Number(/\d+$/.exec(id)?.[0] ?? 0)

/** Stands for what somebody would write, in commands that are only tried. */
export const SAMPLE_WORDS = '(预演)'

/** Stands for another case, in commands that are only tried: the number no case gets. */
export const sampleCase = (round: RoundId, prefix: string): CaseId => `${round}/${prefix}-0000` as CaseId
export const isSampleCase = (id: unknown): boolean =>
  typeof id === 'string' && /^[^/]+\/[a-z]+-0000$/.test(id)

/** Something a case waits for by itself: when it comes, this rule of this clause is followed. */
export type Waiting = { readonly at: Instant; readonly clause: Clause; readonly rule: string }

/** What somebody owes a case now, until when. One line for each chair that may do it. */
export type Todo = {
  readonly act: string
  readonly title: string
  readonly chair: Chair
  readonly due?: PlainDate
}

/** A case as the ledger lists it, with the words it is found by. */
export type Line = {
  readonly n: number
  readonly text: string
  readonly words: readonly string[]
  readonly units: readonly UnitName[]
  /** Every unit with a part in the case, the responsible ones among them. */
  readonly parties: readonly UnitName[]
  /** The case it came from. */
  readonly origin?: CaseId
  readonly source?: Source
  readonly area?: string
  readonly caseLeader?: PersonId
  /** Persons the case itself names: they find it in their lists. */
  readonly people?: readonly PersonId[]
  readonly due?: PlainDate
  readonly originalDue?: PlainDate
  readonly overdueSince?: Instant
  /** Who is expected to act, in words. */
  readonly turn?: string
  /** Where somebody outside is owed an answer: by when, and whether it was given (HH-13). */
  readonly answer?: { readonly by: Instant; readonly state: 'owed' | 'given' }
  readonly openedAt: Instant
  readonly closedAt?: Instant
  /** Who alone may read it (`permission/readers.ts`); absent: whoever reads cases of its kind. */
  readonly readers?: readonly string[]
}

/** Each of a kind's own events as one Chinese sentence without its author. */
export type Tellings<Event> = {
  readonly [T in Exclude<TypeOf<Event>, ShellEvent['type']>]: (
    event: Extract<Event, { readonly type: T }>,
  ) => string
}
type TypeOf<Event> = Event extends { readonly type: infer T extends string } ? T : never

/** One of a kind's own events in words; the shell's have no words here. */
export const sayer =
  <Event extends { readonly type: string }>(tellings: Tellings<Event>) =>
  (event: Event): string =>
    (tellings as unknown as Readonly<Record<string, (event: Event) => string>>)[event.type]?.(event) ?? ''

/**
 * One kind of case, as the shell, the ledger and the door need it. `registry.ts` lists them all; nothing outside asks which
 * kind a case is of when it can ask the kind instead.
 */
export type Kind<State extends CommonState, Command extends { readonly type: string }, Event> = {
  /** 督察整改事项, 信访件, … */
  readonly title: string
  /** Of the numbers of cases opened one by one: `xf` makes `jinan-2018/xf-0001`. Empty: such cases get their number otherwise. */
  readonly prefix: string
  readonly phases: Readonly<Record<State['phase'], string>>
  /** Every command and its Chinese name. */
  readonly commands: Readonly<Record<Command['type'], string>>
  /** The command that begins a life of this kind. */
  readonly opening: Command['type']
  /** The event that every life of this kind begins with. */
  readonly begins: string
  readonly decide: (
    rules: Rules,
    before: State | undefined,
    asked: Asked<Command>,
  ) => readonly Happened<Event>[] | Refusal
  readonly evolve: (id: CaseId, before: State | undefined, happened: Happened<Event>) => State
  /** The only source of timers: the earliest pending moment, in the round's time. */
  readonly nextMoment: (rules: Rules, state: State) => Instant | undefined
  /** Everything that falls due up to and including `until`, each at its own instant. */
  readonly due: (rules: Rules, state: State, until: Instant) => readonly Happened<Event>[]
  /** Everything it waits for by itself, the earliest first. */
  readonly moments: (rules: Rules, state: State) => readonly Waiting[]
  readonly hasEnded: (state: State) => boolean
  /** How a running case goes over to other rules and another calendar (GN-02). */
  readonly adoption?: Adoption<State>
  readonly effects: (
    rules: Rules,
    after: State,
    record: LedgerRecord,
    drill: 'drill' | 'real',
  ) => readonly Effect[]
  /** What it asks of other cases: done after everything else that follows from the event. */
  readonly orders?: (
    rules: Rules,
    after: State,
    record: LedgerRecord,
  ) => readonly (OrderEffect | ReferralEffect)[]
  readonly todos: (rules: Rules, state: State) => readonly Todo[]
  readonly tellings: Tellings<Event>
  readonly reading: (viewer: Actor, state: State) => Reading
  readonly line: (rules: Rules, state: State) => Line
  /** For each command of an open case one that could be given now: tried on the domain to say what is open to somebody. */
  readonly samples: (rules: Rules, state: State, at: Instant) => readonly Command[]
}

/** What the opening command of a kind carries beside its own: where the case belongs and which rules it is pinned to. */
export type Pinned = {
  readonly caseId: CaseId
  readonly round: RoundId
  readonly policy: Sha256
  readonly calendar: Sha256
}

/** Events any kind of case may have: the shell makes them. */
export type ShellEvent = Extract<CaseEvent, { readonly type: 'signal-refused' | 'paper-issued' }>

/** A kind's events without the shell's: those its rules make and answer for. */
export type OwnEvent<Event> = Exclude<Event, { readonly type: ShellEvent['type'] }>
