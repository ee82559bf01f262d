import { phaseOfStep, standing, stepNow } from '../closing/chain.js'
import { lapsedSignOffs } from '../closing/lapse.js'
import type { Rules } from '../context.js'
import { clueOfTriggers } from '../ladder/clues.js'
import { callFor, climb, clueFrom, rungRule } from '../ladder/react.js'
import { criteriaOf } from '../lookback/criteria.js'
import { nextLookBack } from '../lookback/moments.js'
import type { Author } from '../parties.js'
import type { Clause } from '../words.js'
import type { FalsehoodCode } from './commands.js'
import type { CaseEvent } from './events.js'
import type { CaseState, ClosingState } from './state.js'

/** Something the engine does because of an event, with the rule it follows. */
export type Reaction = { readonly event: CaseEvent; readonly clause: Clause; readonly rule: string }

/** The engine as the author, with the rule it followed: never shown as a person (domain rule 16). */
export const engine = ({ clause, rule }: Omit<Reaction, 'event'>): Author => ({
  kind: 'engine',
  clause,
  rule,
})

/**
 * What follows inside the case from one event: at most the first thing; what follows from that is asked again. `state` is the state
 * after the event.
 */
export const react = (rules: Rules, state: CaseState, event: CaseEvent): readonly Reaction[] => [
  ...called(rules, state, event),
  ...climbed(rules, state, event),
  ...clue(rules, state, event),
  ...stepEnded(rules, state, event),
  ...phaseEnded(rules, state, event),
]

const called = (rules: Rules, state: CaseState, event: CaseEvent): readonly Reaction[] =>
  callFor(rules, state, event).map((call) => ({ event: call, clause: 'GN-05', rule: '按阶梯逐级升级' }))

const CLIMBING: ReadonlySet<CaseEvent['type']> = new Set([
  'rung-called',
  'rung-raised',
  'rung-skipped',
  'rung-dismissed',
])

const climbed = (rules: Rules, state: CaseState, event: CaseEvent): readonly Reaction[] => {
  if (!CLIMBING.has(event.type)) return []
  const next = climb(rules, state)
  return next
    ? [{ event: next.event, clause: next.rung.clause, rule: rungRule(next.rung, state.ladder.cause) }]
    : []
}

const clue = (rules: Rules, state: CaseState, event: CaseEvent): readonly Reaction[] => {
  const found = clueOfTriggers(rules, state, event, clueFrom(event))
  return found
    ? [
        {
          event: { type: 'clue-drafted', clue: state.clues.length, ...found },
          clause: found.clause,
          rule: '符合追责情形,起草线索',
        },
      ]
    : []
}

/** A step is done when enough have signed, the notice has run out, the filing is received; or lost when too few can still agree. */
const stepEnded = (rules: Rules, state: CaseState, event: CaseEvent): readonly Reaction[] => {
  const step = stepNow(rules, state)
  if (!step || !state.closing) return []
  const { number: closing, step: index } = state.closing
  const next = rules.policy.closing.chain[index + 1]
  const completed: Reaction = {
    event: {
      type: 'step-completed',
      closing,
      step: step.id,
      title: step.title,
      next: phaseOfStep(next ?? step),
    },
    clause: step.clause,
    rule: `“${step.title}”办结,转下一关`,
  }
  switch (event.type) {
    case 'signed':
      return step.kind === 'sign-off' && standing(rules, state, step) === 'passed' ? [completed] : []
    case 'step-voted-against':
      return step.kind === 'sign-off' && standing(rules, state, step) === 'failed'
        ? [
            {
              event: {
                type: 'step-refused',
                closing,
                step: step.id,
                title: step.title,
                reasons: event.reasons,
                ...codeOf(state.closing),
                lapsed: lapsedSignOffs(state.closing),
              },
              clause: step.clause,
              rule: '同意的席位已不可能达到规定比例,退回整改',
            },
          ]
        : []
    case 'notice-ended':
    case 'filing-received':
      return [completed]
    case 'filing-sent':
      return step.kind === 'filing' && step.receipt === 'not-required' ? [completed] : []
    default:
      return []
  }
}

/** The falsehood that those who voted against the step have found, if any (CD-16). */
const codeOf = ({ votes }: ClosingState): { readonly code?: FalsehoodCode } => {
  const code = votes.find((vote) => vote.code !== undefined)?.code
  return code ? { code } : {}
}

/**
 * A plan is in: rectification starts (YZ-02). The chain is done: closed (CD-10). The last look-back holds: archived (JN-12). A
 * look-back finds a rebound: a new round.
 */
const phaseEnded = (rules: Rules, state: CaseState, event: CaseEvent): readonly Reaction[] => {
  if (event.type === 'case-plan-submitted') {
    return [
      {
        event: { type: 'rectification-started', round: state.rectification.round },
        clause: 'YZ-02',
        rule: '方案、领导、班子、台账齐备,开始整改',
      },
    ]
  }
  if (event.type === 'step-completed' && stepNow(rules, state) === undefined) {
    const criteria = criteriaOf(rules, state)
    const closed = {
      type: 'closed',
      closing: event.closing,
      ...(criteria.length > 0 && { criteria }),
    } as const
    return [{ event: closed, clause: 'GN-08', rule: '各关办结,予以销号' }]
  }
  if (event.type === 'rebounded') {
    return (state.calledLookBacks ?? []).map(({ campaign }) => ({
      event: { type: 'called-look-back-done', campaign, result: 'rebound', findings: event.findings },
      clause: 'YZ-16',
      rule: '事项已经反弹,部署的回头看有了结果',
    }))
  }
  if (event.type === 'called-look-back-done' && event.result === 'rebound' && isClosed(state)) {
    return [rebound(state, event)]
  }
  if (event.type === 'looked-back' && event.result === 'rebound') {
    return [rebound(state, event)]
  }
  if (event.type === 'looked-back' && nextLookBack(rules, state) === undefined) {
    return [{ event: { type: 'archived' }, clause: 'JN-12', rule: '回头看全部完成,归档' }]
  }
  return []
}

const isClosed = ({ phase }: CaseState): boolean => phase === 'closed' || phase === 'archived'

const rebound = (
  state: CaseState,
  { findings, code }: { readonly findings: string; readonly code?: FalsehoodCode },
): Reaction => ({
  event: {
    type: 'rebounded',
    round: state.rectification.round + 1,
    findings,
    ...(code && { code }),
  },
  clause: 'JN-12',
  rule: '回头看发现反弹,重新整改',
})
