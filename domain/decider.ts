import { adopted, decideAdoption, isAdoption, tellAdoption } from './adoption/decide.js'
import type { RulesAdopted } from './adoption/types.js'
import type { CaseEvent } from './case/events.js'
import type { DoneCommand } from './case/state.js'
import type { Rules } from './context.js'
import type { AnyCommand, CaseKind, LedgerEvent, LedgerRecord, LedgerState } from './decider-types.js'
import type { Effect, OrderEffect, ReferralEffect } from './effects/types.js'
import { noticeOf } from './kinds/effects.js'
import type { CommonState, Line } from './kinds/kind.js'
import { kindBegunBy, kindOf, kindOfCommand } from './kinds/registry.js'
import type { Author } from './parties.js'
import { type Refusal, refuse } from './refusal.js'
import { PERIODIC_CLAUSES } from './round/rules.js'
import type { RoundEvent } from './round/types.js'
import { type CommandId, type Instant, later } from './words.js'

/** An event of any kind of case, before it is numbered. */
export type AnyHappening = { readonly at: Instant; readonly by: Author; readonly event: LedgerEvent }

/** What a command does: first what fell due before it, then its own events and what follows; or a refusal, and nothing happens. */
export const decide = (
  rules: Rules,
  before: LedgerState | undefined,
  asked: AnyCommand,
): readonly AnyHappening[] | Refusal => {
  if (isAdoption(asked)) {
    return before
      ? (decideAdoption(before.kind, rules, before.state, asked) as readonly AnyHappening[] | Refusal)
      : refuse('not-found', 'GN-07', '台账上没有这件事项')
  }
  const kind = kindOfCommand(asked.command.type)
  if (!kind) return refuse('invalid', 'GN-07', `没有“${asked.command.type}”这项命令`)
  if (before && before.kind !== kind)
    return refuse('conflict', 'CD-20', `这是${kindOf(before.kind).title},不按${kindOf(kind).title}办理`)
  return kindOf(kind).decide(rules, before?.state, asked)
}

/** What a case is after one more recorded event; remembers which commands made which events. */
export const evolve = (before: LedgerState | undefined, record: LedgerRecord): LedgerState => {
  const { event, command } = record
  const kind = before?.kind ?? kindBegunBy(event.type)
  if (!kind) throw new TypeError(`${record.case}: no case begins with ${event.type}`)
  const state = after(kind, before, record)
  if (command === undefined) return { kind, state } as LedgerState
  return { kind, state: { ...state, recent: remember(state.recent, command, record.seq) } } as LedgerState
}

const after = (kind: CaseKind, before: LedgerState | undefined, record: LedgerRecord): CommonState => {
  const { at, event } = record
  if (event.type !== 'rules-adopted' || !before)
    return kindOf(kind).evolve(record.case, before?.state, record)
  return { ...adopted(kind, before.state, { at, event }), at: later(before.state.at, at) }
}

/** So many commands are remembered for de-duplication; Temporal itself remembers those of the current run. */
const REMEMBERED = 100

const remember = (recent: readonly DoneCommand[], id: CommandId, seq: number): readonly DoneCommand[] => {
  const last = recent.at(-1)
  return last?.id === id
    ? [...recent.slice(0, -1), { ...last, to: seq }]
    : [...recent, { id, from: seq, to: seq }].slice(-REMEMBERED)
}

/** The only source of timers: the earliest pending moment, in the round's time. */
export const nextMoment = (rules: Rules, { kind, state }: LedgerState): Instant | undefined =>
  kindOf(kind).nextMoment(rules, state)

/** Everything that falls due up to and including `until`, each at its own instant. */
export const due = (rules: Rules, { kind, state }: LedgerState, until: Instant): readonly AnyHappening[] =>
  kindOf(kind).due(rules, state, until)

/** Nothing can happen to it any more by itself, and its workflow may end: `nextMoment` has nothing to say about it. */
export const hasEnded = ({ kind, state }: LedgerState): boolean => kindOf(kind).hasEnded(state)

/** What follows from one event outside the case. `after` is the state after the record. */
export const effectsOf = (
  rules: Rules,
  { kind, state }: LedgerState,
  record: LedgerRecord,
  drill: 'drill' | 'real',
): readonly Effect[] =>
  record.event.type === 'rules-adopted'
    ? adoptionTold(rules, { kind, state } as LedgerState, record, record.event, drill)
    : [
        ...kindOf(kind).effects(rules, state, record, drill),
        ...ordersOf(rules, { kind, state } as LedgerState, record),
      ]

/** Of that, what it asks of other cases; a dry run follows it alone. */
export const ordersOf = (
  rules: Rules,
  { kind, state }: LedgerState,
  record: LedgerRecord,
): readonly (OrderEffect | ReferralEffect)[] => kindOf(kind).orders?.(rules, state, record) ?? []

/** Whose days moved is told the new ones (GN-02). */
const adoptionTold = (
  rules: Rules,
  ledger: LedgerState,
  record: LedgerRecord,
  event: RulesAdopted,
  drill: 'drill' | 'real',
): readonly Effect[] => {
  if (event.moved.length === 0) return []
  const { units, text } = lineOf(rules, ledger)
  const audience = units.map((unit) => ({ unit, who: 'everybody' as const }))
  return noticeOf(ledger.state, record, drill, audience, { about: text, said: tellAdoption(event) })
}

/** A case as the ledger lists it. */
export const lineOf = (rules: Rules, { kind, state }: LedgerState): Line => kindOf(kind).line(rules, state)

/** A paper that followed from event `cause` has its number: the case records it (GN-07). */
export const paperIssued = (
  at: Instant,
  issued: Omit<Extract<CaseEvent, { type: 'paper-issued' }>, 'type'>,
): AnyHappening => ({
  at,
  by: { kind: 'engine', clause: 'GN-07', rule: '公文已编号印发' },
  event: { type: 'paper-issued', ...issued },
})

/** The figures are frozen, and what they say is drafted (HH-03). */
export const snapshotTaken = (
  at: Instant,
  taken: Omit<Extract<RoundEvent, { type: 'snapshot-taken' }>, 'type'>,
): AnyHappening => ({
  at,
  by: { kind: 'engine', clause: PERIODIC_CLAUSES[taken.thing], rule: '按截数之日定格数据,据以起草' },
  event: { type: 'snapshot-taken', ...taken },
})

/** What a Signal asked and was refused stands on the record. */
export const signalRefused = (asked: AnyCommand, refusal: Refusal, at: Instant): AnyHappening => ({
  at,
  by: { kind: 'engine', clause: refusal.clause, rule: '不符合规定,未予办理' },
  event: {
    type: 'signal-refused',
    command: asked.command.type,
    commandId: asked.id,
    clause: refusal.clause,
    why: refusal.why,
  },
})
