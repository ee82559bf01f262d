import { laterDate } from '../calendar/dates.js'
import type { CaseEvent } from '../case/events.js'
import type { NodeState, ReturnsState } from '../case/state.js'
import { never } from '../refusal.js'
import type { Instant, PlainDate } from '../words.js'

type Of<T extends CaseEvent['type']> = Extract<CaseEvent, { readonly type: T }>
type Submitted = Of<'return-submitted'>

/** What was made up for late says nothing newer than what came in on time after it. */
export const isNewest = ({ last }: ReturnsState, { period }: Submitted): boolean =>
  last === undefined || period >= last.period

/** A period made up for after a pause lies behind those settled since. */
const settledBy = ({ settled }: ReturnsState, period: PlainDate): PlainDate =>
  settled === undefined ? period : laterDate(settled, period)

/** What was called in is no longer owed, or only as every missing return is. */
const withoutCall = ({ calledIn, ...returns }: ReturnsState, period: PlainDate): ReturnsState => {
  const left = (calledIn ?? []).filter((one) => one.period !== period)
  return { ...returns, ...(left.length > 0 && { calledIn: left }) }
}

/** A period made up for is no longer the one to make up; that it was missing stays counted (JN-07). */
export const afterReturn = (before: ReturnsState, event: Submitted, at: Instant): ReturnsState => {
  const { period, timeliness, content } = event
  const { progress, done, hinders, help } = content
  const { lastMissed, ...kept } = withoutCall(before, period)
  const newest = period > (before.settled ?? '')
  return {
    ...kept,
    ...(lastMissed !== undefined && lastMissed !== period && { lastMissed }),
    submitted: before.submitted + 1,
    ...(timeliness === 'on-time'
      ? { settled: settledBy(before, period), ...(newest && { missedInARow: 0 }) }
      : { late: before.late + 1 }),
    ...(isNewest(before, event) && { last: { period, at, progress, done, hinders, help } }),
  }
}

export const afterMissing = (
  before: ReturnsState,
  { period, inARow }: Of<'return-missed'>,
): ReturnsState => ({
  ...withoutCall(before, period),
  settled: settledBy(before, period),
  missed: before.missed + 1,
  missedInARow: inARow,
  lastMissed: period,
})

/** What the round's decision makes of the case's returns (CD-17); a period passed over counts neither as missing nor as sent. */
export const afterDecision = (
  before: ReturnsState,
  event: Of<
    'returns-paused' | 'return-passed-over' | 'returns-resumed' | 'returns-waived' | 'returns-called-in'
  >,
  at: Instant,
): ReturnsState => {
  switch (event.type) {
    case 'returns-paused':
      return { ...before, pausedSince: at }
    case 'return-passed-over':
      return {
        ...before,
        settled: event.period,
        passedOver: [...(before.passedOver ?? []), event.period],
      }
    case 'returns-resumed': {
      const { pausedSince: _pausedSince, ...resumed } = before
      return resumed
    }
    case 'returns-waived':
      return without(before, event.periods)
    case 'returns-called-in':
      return {
        ...without(before, event.periods),
        calledIn: [...(before.calledIn ?? []), ...event.periods.map((period) => ({ period, by: event.by }))],
      }
    default:
      return never(event)
  }
}

const without = ({ passedOver, ...returns }: ReturnsState, periods: readonly PlainDate[]): ReturnsState => {
  const left = (passedOver ?? []).filter((period) => !periods.includes(period))
  return { ...returns, ...(left.length > 0 && { passedOver: left }) }
}

/** What the unit says of its nodes; one that was completed with evidence stays completed (JN-05). */
export const afterReport = (nodes: readonly NodeState[], { content }: Submitted): readonly NodeState[] =>
  nodes.map((node, index) => {
    const report = content.nodes.find((told) => told.node === index)
    return report && !node.completedAt ? { ...node, reported: report.state } : node
  })
