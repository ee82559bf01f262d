import { endOfDay } from '../calendar/dates.js'
import type { Moment } from '../case/moment.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'

/** 签收 and 整改方案 each have their day; a day missed is recorded once. */
export const handoverMoments = ({ policy }: Rules, state: CaseState): readonly Moment[] => {
  const { handover, phase, plan } = state
  if (!handover || phase === 'registered' || phase === 'closed' || phase === 'archived') return []
  return [
    ...(handover.acknowledgedAt || handover.acknowledgementMissed
      ? []
      : [
          {
            at: endOfDay(handover.acknowledgeBy),
            clause: policy.handover.acknowledge.clause,
            rule: '到期未签收',
            events: [{ type: 'acknowledgement-missed' as const }],
          },
        ]),
    ...(plan || handover.planMissed
      ? []
      : [
          {
            at: endOfDay(handover.planBy),
            clause: policy.handover.casePlan.clause,
            rule: '到期未报整改方案',
            events: [{ type: 'case-plan-missed' as const }],
          },
        ]),
  ]
}
