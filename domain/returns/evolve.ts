import type { CaseEvent } from '../case/events.js'
import type { NodeState, ReturnsState } from '../case/state.js'
import type { Instant } from '../words.js'

type Submitted = Extract<CaseEvent, { type: 'return-submitted' }>

/** What was made up for late says nothing newer than what came in on time after it. */
export const isNewest = ({ last }: ReturnsState, { period }: Submitted): boolean =>
  last === undefined || period >= last.period

/** A period made up for is no longer the one to make up; that it was missing stays counted (JN-07). */
export const afterReturn = (before: ReturnsState, event: Submitted, at: Instant): ReturnsState => {
  const { period, timeliness, content } = event
  const { progress, done, hinders, help } = content
  const { lastMissed, ...kept } = before
  return {
    ...kept,
    ...(lastMissed !== undefined && lastMissed !== period && { lastMissed }),
    submitted: before.submitted + 1,
    ...(timeliness === 'on-time' ? { settled: period, missedInARow: 0 } : { late: before.late + 1 }),
    ...(isNewest(before, event) && { last: { period, at, progress, done, hinders, help } }),
  }
}

/** What the unit says of its nodes; one that was completed with evidence stays completed (JN-05). */
export const afterReport = (nodes: readonly NodeState[], { content }: Submitted): readonly NodeState[] =>
  nodes.map((node, index) => {
    const report = content.nodes.find((told) => told.node === index)
    return report && !node.completedAt ? { ...node, reported: report.state } : node
  })
