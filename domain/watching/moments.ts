import { addMonths, dateOf, endOfDay } from '../calendar/dates.js'
import type { Moment } from '../case/moment.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'

/** Visits of the case's leader, matters of weight, commitments of an interview, authorities of deputies: each with its day. */
export const watchingMoments = (rules: Rules, state: CaseState): readonly Moment[] => [
  ...visitMoments(rules, state),
  ...matterMoments(rules, state),
  ...commitmentMoments(state),
  ...delegationMoments(state),
]

/** A case not visited within the period is listed to the office, once a period (CD-12). */
const visitMoments = ({ policy }: Rules, { handover, phase, visits }: CaseState): readonly Moment[] => {
  if (!policy.visits || !handover || phase !== 'rectifying') return []
  const last = visits.last ? dateOf(visits.last) : dateOf(handover.at)
  const since = visits.missedSince && visits.missedSince > last ? visits.missedSince : last
  const until = addMonths(since, policy.visits.everyMonths)
  return [
    {
      at: endOfDay(until),
      clause: policy.visits.clause,
      rule: `包案领导 ${policy.visits.everyMonths} 个月内未督导`,
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
    : delegations.map(({ to, authority }) => ({
        at: endOfDay(authority.until),
        clause: 'GN-09' as const,
        rule: '委托到期',
        events: [{ type: 'delegation-ended' as const, to, why: 'expired' as const }],
      }))
