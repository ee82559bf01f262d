import { endOfDay } from '../calendar/dates.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import { openTargets } from '../deadline/targets.js'
import { hasEnded, lineOf, nextMoment } from '../decider.js'
import type { AnyPhase, CaseKind, LedgerState } from '../decider-types.js'
import type { CaseClass, Leaders } from '../entry.js'
import type { Line } from '../kinds/kind.js'
import { type PaceBucket, pace } from '../pace.js'
import { todos } from '../todo.js'
import type { Instant, Percent, PersonId, PlainDate, UnitName } from '../words.js'
import { pressedFrom } from './pressed-from.js'

/** Merged into another, closed, or open: each case is exactly one of them (CD-18). */
export type Standing = 'open' | 'closed' | 'merged'

/**
 * What figures need to know of a case from one event to the next. What time alone changes is kept as the day or moment of
 * the change, so that it holds at every moment until the next event.
 */
export type Facts = {
  readonly kind: CaseKind
  readonly phase: AnyPhase
  readonly standing: Standing
  /** As the ledger files it: null where the deadline is still a question, and for all but problems. */
  readonly class: CaseClass | null
  readonly units: readonly UnitName[]
  /** Who alone may read it; null: whoever reads cases of its kind. */
  readonly readers: readonly string[] | null
  readonly due: PlainDate | null
  /** The first moment at which it is overdue if nothing happens; null: never, or no longer. */
  readonly overdueFrom: Instant | null
  /** The bucket as the last event left it, and the day from which 达到序时进度 will have become 加紧整改. */
  readonly pace: PaceBucket | null
  readonly pressedFrom: PlainDate | null
  /** Verified completion: closed, or the share of its nodes completed. A claim counts for nothing (YZ-13). */
  readonly completed: Percent
  readonly openNodes: number
  /** Is there somebody who answers for it, and a day or moment that comes next? (HH-13) */
  readonly owner: 'somebody' | 'nobody'
  readonly awaits: 'something' | 'nothing'
  /** Where somebody outside is owed an answer: by when, and whether it was given. */
  readonly answerBy: Instant | null
  readonly answer: 'owed' | 'given' | null
  /** Who leads it, in each tier (YZ-03). */
  readonly leaders: readonly LeaderKey[]
}

/** 包案市级领导、牵头县级领导、部门负责领导 */
export const LEADER_TIERS = [
  'municipal',
  'county',
  'department',
] as const satisfies readonly (keyof Leaders)[]
export type LeaderTier = (typeof LEADER_TIERS)[number]
export type LeaderKey = `${LeaderTier}:${PersonId}`

const leadersOf = ({ entry: { leaders } }: CaseState): readonly LeaderKey[] =>
  LEADER_TIERS.flatMap((tier) => {
    const leader = leaders[tier]
    return leader ? [`${tier}:${leader.person}` as const] : []
  })

const standingOf = (ledger: LedgerState, closedAt: Instant | undefined): Standing => {
  if (ledger.state.phase === ('merged' as AnyPhase)) return 'merged'
  return closedAt !== undefined || hasEnded(ledger) ? 'closed' : 'open'
}

const earliest = <T extends string>(all: readonly T[]): T | null => all.toSorted()[0] ?? null

/** What fell overdue and is not made good, and what will by itself. */
const overdueFrom = (state: CaseState): Instant | null =>
  state.closedAt || !state.handover
    ? null
    : earliest([
        ...(state.deadline?.overdue ?? []).map(({ since }) => since),
        ...openTargets(state).map(({ due }) => endOfDay(due)),
      ])

const completed = ({ closedAt, nodes }: CaseState): Percent => {
  if (closedAt) return 100
  if (nodes.length === 0) return 0
  return Math.floor((100 * nodes.filter(({ completedAt }) => completedAt).length) / nodes.length)
}

const openNodes = ({ nodes }: CaseState): number => nodes.filter(({ completedAt }) => !completedAt).length

/** A problem's are its responsible units; of other kinds also whoever it waits for. */
const ownerOf = (rules: Rules, ledger: LedgerState, { units }: Line): Facts['owner'] =>
  units.length > 0 || (ledger.kind !== 'problem' && todos(rules, ledger).length > 0) ? 'somebody' : 'nobody'

const awaits = (rules: Rules, ledger: LedgerState): Facts['awaits'] =>
  nextMoment(rules, ledger) !== undefined || todos(rules, ledger).some(({ due }) => due !== undefined)
    ? 'something'
    : 'nothing'

export const factsOf = (rules: Rules, ledger: LedgerState): Facts => {
  const line = lineOf(rules, ledger)
  const common = {
    kind: ledger.kind,
    phase: ledger.state.phase,
    standing: standingOf(ledger, line.closedAt),
    units: line.units,
    readers: line.readers ?? null,
    due: line.due ?? null,
    owner: ownerOf(rules, ledger, line),
    awaits: awaits(rules, ledger),
    answerBy: line.answer?.by ?? null,
    answer: line.answer?.state ?? null,
  }
  if (ledger.kind !== 'problem')
    return {
      ...common,
      class: null,
      overdueFrom: line.overdueSince ?? null,
      pace: null,
      pressedFrom: null,
      completed: line.closedAt === undefined ? 0 : 100,
      openNodes: 0,
      leaders: [],
    }
  const { state } = ledger
  return {
    ...common,
    class:
      state.deadline?.class ?? (state.entry.deadline.kind === 'unknown' ? null : state.entry.deadline.kind),
    overdueFrom: overdueFrom(state),
    pace: pace(state, state.at).bucket,
    pressedFrom: pressedFrom(state),
    completed: completed(state),
    openNodes: openNodes(state),
    leaders: leadersOf(state),
  }
}
