import { addMonths, dateOf, endOfDay, laterDate } from '../calendar/dates.js'
import type { Moment } from '../case/moment.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import type { PlainDate } from '../words.js'

/** Visits of the case's leader, matters of weight, commitments of an interview, authorities of deputies: each with its day. */
export const watchingMoments = (rules: Rules, state: CaseState): readonly Moment[] => [
  ...visitMoments(rules, state),
  ...matterMoments(rules, state),
  ...commitmentMoments(state),
  ...delegationMoments(state),
]

/**
 * The last day of the visiting period now running (CD-12): counted from the last visit, from the period last missed, or
 * from the round's beginning. Periods that ended while others had the case in hand count as one.
 */
export const visitDueBy = ({ policy }: Rules, state: CaseState): PlainDate | undefined => {
  const { at, handover, phase, rectification, visits } = state
  if (!policy.visits || !handover || phase !== 'rectifying') return undefined
  const { everyMonths } = policy.visits
  const { round, since } = rectification
  const from = [
    dateOf(round > 1 && since ? since : handover.at),
    ...(visits.last ? [dateOf(visits.last)] : []),
    ...(visits.missedSince ? [visits.missedSince] : []),
  ].reduce(laterDate)
  let until = addMonths(from, everyMonths)
  while (endOfDay(addMonths(until, everyMonths)) <= at) until = addMonths(until, everyMonths)
  return until
}

/** A case not visited within the period is listed to the office, once a period (CD-12). */
const visitMoments = (rules: Rules, state: CaseState): readonly Moment[] => {
  const { visits } = rules.policy
  const until = visitDueBy(rules, state)
  if (!visits || until === undefined) return []
  return [
    {
      at: endOfDay(until),
      clause: visits.clause,
      rule: `包案领导 ${visits.everyMonths} 个月内未督导`,
      events: [{ type: 'visit-missed', since: until }],
    },
  ]
}

const matterMoments = ({ policy }: Rules, { matters }: CaseState): readonly Moment[] =>
  matters.flatMap((matter, index) =>
    matter.state === 'open'
      ? [
          {
            at: matter.acknowledgeBy,
            clause: policy.matters.clause,
            rule: '重大事项到期未签收',
            events: [{ type: 'matter-unacknowledged' as const, matter: index }],
          },
        ]
      : [],
  )

/** Somebody still owes the case something with a day of its own, whatever its phase (JN-08, YZ-11). */
export const isWatched = ({ matters, interview, calledLookBacks = [] }: CaseState): boolean =>
  calledLookBacks.some(({ state }) => state === 'open') ||
  matters.some(({ state }) => state === 'open') ||
  interview.commitments.some(({ state }) => state === 'open')

const commitmentMoments = ({ interview }: CaseState): readonly Moment[] =>
  interview.commitments.flatMap((commitment, index) =>
    commitment.state === 'open'
      ? [
          {
            at: endOfDay(commitment.by),
            clause: 'YZ-11' as const,
            rule: '约谈承诺到期未落实',
            events: [{ type: 'commitment-missed' as const, commitment: index }],
          },
        ]
      : [],
  )

const delegationMoments = ({ delegations, phase }: CaseState): readonly Moment[] =>
  phase === 'archived'
    ? []
    : delegations.map(({ to, authority, post }) => ({
        at: endOfDay(authority.until),
        clause: 'GN-09' as const,
        rule: '委托到期',
        events: [
          {
            type: 'delegation-ended' as const,
            to,
            why: 'expired' as const,
            // Of several seats each ends on its own day; a single one is told as it always was.
            ...(delegations.filter((one) => one.to === to).length > 1 && { post }),
          },
        ],
      }))
