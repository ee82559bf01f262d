import { dateOf, laterDate } from '../calendar/dates.js'
import type { Target } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import type { PlainDate } from '../words.js'

export type OpenTarget = { readonly target: Target; readonly due: PlainDate; readonly title: string }

/**
 * The deadlines a case has open now. 长期坚持 has none as a whole, only its nodes (CD-04, domain rule 3); a case in the hands
 * of those who verify is not pressed for what it has handed in — until a refusal sends it back.
 */
export const openTargets = (state: CaseState): readonly OpenTarget[] => {
  if (!isPressed(state) || !state.deadline) return []
  const { due, immediateBy, immediateConfirmedAt } = state.deadline
  const nodes = state.nodes.flatMap((node, index): OpenTarget[] =>
    node.completedAt ? [] : [{ target: `node:${index}`, due: node.date, title: `节点“${node.text}”` }],
  )
  return [
    ...(due ? [{ target: 'case' as const, due, title: '整改时限' }] : []),
    ...(immediateBy && !immediateConfirmedAt
      ? [{ target: 'immediate' as const, due: immediateBy, title: '立行立改' }]
      : []),
    ...nodes,
  ]
}

/**
 * The day from which days after a deadline are counted. A rebound reopens a case whose day is long over: the ladder
 * starts afresh, and its days with the new round (GN-05, JN-12).
 */
export const countedFrom = ({ rectification: { round, since } }: CaseState, due: PlainDate): PlainDate =>
  round > 1 && since ? laterDate(due, dateOf(since)) : due

const isPressed = ({ phase }: CaseState): boolean =>
  phase === 'handed-over' || phase === 'acknowledged' || phase === 'rectifying'
