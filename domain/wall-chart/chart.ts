import { dateOf } from '../calendar/dates.js'
import type { CaseState } from '../case/state.js'
import { pace } from '../pace.js'
import { never } from '../refusal.js'
import type { CaseId, Instant, PlainDate, UnitName } from '../words.js'

/** What a bar's one colour says (CD-21). */
export type Standing = 'not-yet' | 'on-pace' | 'pressed' | 'overdue' | 'closing' | 'closed'

export const STANDING_TITLES: Readonly<Record<Standing, string>> = {
  'not-yet': '未交办',
  'on-pace': '达到序时进度',
  pressed: '加紧整改',
  overdue: '逾期',
  closing: '销号办理中',
  closed: '已销号',
}

/** One case on the chart: from the day it was handed over to its deadline, or the day it was closed. */
export type Bar = {
  readonly id: CaseId
  readonly n: number
  readonly text: string
  readonly unit: UnitName
  readonly from: PlainDate
  /** Absent: 长期坚持, it has no end. */
  readonly to?: PlainDate
  readonly standing: Standing
  /** Whole per cent, verified. */
  readonly progress: number
  readonly nodes: readonly { readonly date: PlainDate; readonly done: 'done' | 'open' }[]
}

export type Chart = {
  readonly from: PlainDate
  readonly to: PlainDate
  readonly today: PlainDate
  /** By responsible unit, the first of several, in the order of their first case. */
  readonly rows: readonly { readonly unit: UnitName; readonly bars: readonly Bar[] }[]
}

const standingOf = (state: CaseState, now: Instant): Standing => {
  const { bucket, overdue } = pace(state, now)
  switch (state.phase) {
    case 'registered':
      return 'not-yet'
    case 'closed':
    case 'archived':
      return 'closed'
    case 'closing':
    case 'on-notice':
    case 'filing':
      return overdue ? 'overdue' : 'closing'
    case 'handed-over':
    case 'acknowledged':
    case 'rectifying':
      return overdue ? 'overdue' : bucket === 'pressed' ? 'pressed' : 'on-pace'
    default:
      return never(state.phase)
  }
}

const barOf = (state: CaseState, now: Instant): Bar => {
  const { entry, deadline, handover, closedAt, registeredAt, nodes } = state
  const to = closedAt === undefined ? deadline?.due : dateOf(closedAt)
  return {
    id: state.id,
    n: entry.n,
    text: entry.text,
    unit: entry.units[0] ?? ('(未定)' as UnitName),
    from: dateOf(handover?.at ?? registeredAt),
    ...(to !== undefined && { to }),
    standing: standingOf(state, now),
    progress: pace(state, now).progress,
    nodes: nodes.map(({ date, completedAt }) => ({ date, done: completedAt ? 'done' : 'open' })),
  }
}

/** 挂图作战 (CD-21): every case of a round by unit and time, its state in one colour. */
export const chartOf = (states: readonly CaseState[], now: Instant): Chart => {
  const today = dateOf(now)
  const bars = states.toSorted((a, b) => a.entry.n - b.entry.n).map((state) => barOf(state, now))
  const rows = new Map<UnitName, Bar[]>()
  for (const bar of bars) rows.set(bar.unit, [...(rows.get(bar.unit) ?? []), bar])
  const days = [
    today,
    ...bars.flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])]),
  ].toSorted()
  return {
    from: days[0] ?? today,
    to: days.at(-1) ?? today,
    today,
    rows: [...rows].map(([unit, own]) => ({ unit, bars: own })),
  }
}
