import { fullDay } from '../calendar/chinese.js'
import { FALSEHOOD_TITLES, type FalsehoodCode } from '../case/commands.js'
import type { CaseEvent } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import { RUNG_TITLES } from '../policy.js'
import type { Clause, Sha256 } from '../words.js'

/** 整改不力、进展缓慢、敷衍塞责、弄虚作假、拒不整改 (JN-15) */
export type ClueTrigger = 'ineffective' | 'slow' | 'perfunctory' | 'dishonest' | 'refusing'

export const CLUE_TRIGGER_TITLES: Readonly<Record<ClueTrigger, string>> = {
  ineffective: '整改不力',
  slow: '进展缓慢',
  perfunctory: '敷衍塞责',
  dishonest: '弄虚作假',
  refusing: '拒不整改',
}

export type ClueEvidence = {
  readonly trigger: ClueTrigger
  /** What the engine saw, in sentences. */
  readonly facts: readonly string[]
  /** The materials on file when the clue was drafted. */
  readonly evidence: readonly Sha256[]
}

export type ClueFound = { readonly cause: string; readonly clause: Clause } & Partial<ClueEvidence>

/** The figures of a case that speak for or against the unit, as they stand. */
const factsOf = ({ deadline, returns, closings, rectification, ladder }: CaseState): readonly string[] => [
  ...(deadline?.due === undefined ? [] : [`整改时限 ${fullDay(deadline.due)}`]),
  ...(deadline?.overdue.length ? [`逾期未完成 ${deadline.overdue.length} 项`] : []),
  ...(returns.missed > 0 ? [`缺报调度 ${returns.missed} 期,其中连续 ${returns.missedInARow} 期`] : []),
  ...(closings.refusals > 0 ? [`本轮销号被退回 ${closings.refusals} 次`] : []),
  ...(rectification.round > 1 ? [`反弹 ${rectification.round - 1} 次`] : []),
  ...(ladder.rungs.length > 0
    ? [`已采取或拟采取:${ladder.rungs.map(({ rung }) => RUNG_TITLES[rung]).join('、')}`]
    : []),
]

/** A clue of its own trigger, or one that falsehood found has drafted (CD-16), with what speaks for it. */
const withEvidence = (
  state: CaseState,
  trigger: ClueTrigger,
  said: string,
  found?: ClueFound,
): ClueFound => ({
  ...(found ?? { cause: `${CLUE_TRIGGER_TITLES[trigger]}:${said}`, clause: 'JN-15' }),
  trigger,
  facts: [said, ...factsOf(state)],
  evidence: state.evidence.map(({ sha256 }) => sha256),
})

const falsehoodTrigger = (code: FalsehoodCode): ClueTrigger =>
  code === 'perfunctory' ? 'perfunctory' : 'dishonest'

/** The clue an event drafts under a policy that writes down the five triggers; `found` is what it drafts anyway. */
export const clueOfTriggers = (
  { policy }: Rules,
  state: CaseState,
  event: CaseEvent,
  found: ClueFound | undefined,
): ClueFound | undefined => {
  const { accountability } = policy
  if (!accountability) return found
  switch (event.type) {
    case 'step-refused':
      if (event.code)
        return withEvidence(
          state,
          falsehoodTrigger(event.code),
          `${FALSEHOOD_TITLES[event.code]},${event.reasons}`,
          found,
        )
      return state.closings.refusals === accountability.refusals
        ? withEvidence(state, 'ineffective', `销号第 ${state.closings.refusals} 次被退回,${event.reasons}`)
        : undefined
    case 'rebounded':
      if (event.code)
        return withEvidence(
          state,
          falsehoodTrigger(event.code),
          `${FALSEHOOD_TITLES[event.code]},${event.findings}`,
          found,
        )
      return event.round - 1 === accountability.rebounds
        ? withEvidence(state, 'ineffective', `第 ${event.round - 1} 次反弹,${event.findings}`)
        : undefined
    case 'return-missed':
      return event.inARow === accountability.missingReturns
        ? withEvidence(state, 'refusing', `连续 ${event.inARow} 期缺报调度,催而不报`)
        : undefined
    case 'commitment-missed':
      return withEvidence(
        state,
        'refusing',
        `约谈承诺到期未落实:${state.interview.commitments[event.commitment]?.text ?? ''}`,
      )
    default:
      return found && withEvidence(state, 'slow', found.cause.replace(/^进展缓慢:/, ''))
  }
}
