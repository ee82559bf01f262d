import { addMonths, dateOf, endOfDay } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { type Moment, morningOf, workingDayAfter } from '../case/moment.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import type { PlainDate } from '../words.js'

/** Months after closure at which this case is looked back at; 立行立改 items have a rhythm of their own. */
export const lookBackMonths = ({ policy }: Rules, { deadline }: CaseState): readonly number[] =>
  deadline?.class === 'immediate' ? policy.lookBack.immediateMonths : policy.lookBack.months

/** The look-back that is next: the first month after those done; none is gone back to when the months change. */
export const nextLookBack = (rules: Rules, state: CaseState): number | undefined => {
  const last = Math.max(0, ...state.lookBacks.done)
  return lookBackMonths(rules, state).find((month) => month > last)
}

/** The working day on which the look-back of a month falls due. */
export const lookBackDay = ({ calendar }: Rules, closedAt: PlainDate, month: number): PlainDate =>
  workingDayAfter(calendar, addMonths(closedAt, month))

/** After closure: announced, late; archived when the last is done (JN-12). */
export const lookBackMoments = (rules: Rules, state: CaseState): readonly Moment[] => [
  ...ownMoments(rules, state),
  ...calledMoments(state),
]

/** A campaign's call runs out on its day, whatever the case's phase (YZ-16). */
const calledMoments = ({ calledLookBacks = [] }: CaseState): readonly Moment[] =>
  calledLookBacks.flatMap(({ campaign, by, state }) =>
    state === 'open'
      ? [
          {
            at: endOfDay(by),
            clause: 'YZ-16' as const,
            rule: '部署的回头看到期未开展',
            events: [{ type: 'look-back-call-late' as const, campaign }],
          },
        ]
      : [],
  )

const ownMoments = (rules: Rules, state: CaseState): readonly Moment[] => {
  const { closedAt, lookBacks, phase } = state
  const month = nextLookBack(rules, state)
  if (phase !== 'closed' || !closedAt || month === undefined) return []
  const { clause, within } = rules.policy.lookBack
  const day = lookBackDay(rules, dateOf(closedAt), month)
  if (!lookBacks.announced.includes(month)) {
    return [
      {
        at: morningOf(day),
        clause,
        rule: `销号满 ${month} 个月,开展回头看`,
        events: [{ type: 'look-back-due', month }],
      },
    ]
  }
  return lookBacks.late.includes(month)
    ? []
    : [
        {
          at: dueWithin(rules.calendar, day, within).at,
          clause,
          rule: '回头看到期未开展',
          events: [{ type: 'look-back-late', month }],
        },
      ]
}
