import { fullDay, fullMoment } from '../calendar/chinese.js'
import { dateOf } from '../calendar/dates.js'
import type { CaseEvent } from '../case/events.js'
import type { CaseState } from '../case/state.js'
import { stepNow } from '../closing/chain.js'
import type { Rules } from '../context.js'
import { lineOf } from '../decider.js'
import type { LedgerEvent, LedgerRecord, LedgerState } from '../decider-types.js'
import { kindOf } from '../kinds/registry.js'
import { RUNG_TITLES } from '../policy.js'
import { tell } from '../tell.js'
import type { Clause, Instant, PlainDate } from '../words.js'
import { ruleBehind } from './source.js'

/** Why the machine did something: the rule, where it comes from, what it saw, and the moment it was computed for. */
export type Why = {
  readonly seq: number
  /** The moment it was computed for: its own, also when it was told later. */
  readonly at: Instant
  readonly told: string
  readonly rule: string
  readonly clause: Clause
  /** The policy's own words for where the rule comes from. */
  readonly source: string
  /** What the case was at that moment, in sentences. */
  readonly facts: readonly string[]
}

/**
 * Explains an automatic act from the record alone: `before` is the case as it was just before the event. Undefined for what a
 * person did.
 */
export const whyOf = (
  rules: Rules,
  before: LedgerState | undefined,
  { seq, at, by, event }: LedgerRecord,
): Why | undefined =>
  by.kind === 'engine'
    ? {
        seq,
        at,
        told: tell(event),
        rule: by.rule,
        clause: by.clause,
        source: ruleBehind(rules.policy, before, event, by.clause),
        facts: before ? factsOf(rules, before, event, at) : [],
      }
    : undefined

/** What was seen: where the case stood, its days, and what the event itself says it counted. */
export const factsOf = (
  rules: Rules,
  ledger: LedgerState,
  event: LedgerEvent | undefined,
  at: Instant,
): readonly string[] => {
  const { kind, state } = ledger
  const phase = (kindOf(kind).phases as Readonly<Record<string, string>>)[state.phase] ?? state.phase
  const line = lineOf(rules, ledger)
  return [
    `按 ${fullMoment(at)} 的情况`,
    `当时“${phase}”`,
    ...(line.due === undefined ? [] : [`现行期限 ${fullDay(line.due)}`]),
    ...(line.originalDue !== undefined && line.originalDue !== line.due
      ? [`原定期限 ${fullDay(line.originalDue)}`]
      : []),
    ...(ledger.kind === 'problem' ? problemFacts(rules, ledger.state) : []),
    ...(event ? eventFacts(event as CaseEvent) : []),
  ]
}

const day = (title: string, date: PlainDate | undefined): readonly string[] =>
  date === undefined ? [] : [`${title} ${fullDay(date)}`]

const problemFacts = (rules: Rules, state: CaseState): readonly string[] => {
  const { handover, returns, closing, closings, ladder } = state
  const step = stepNow(rules, state)
  return [
    ...(handover && !handover.acknowledgedAt ? day('应签收', handover.acknowledgeBy) : []),
    ...(handover && !state.plan ? day('应报整改方案', handover.planBy) : []),
    ...(handover
      ? [
          `已报调度 ${returns.submitted} 期,缺报 ${returns.missed} 期(连续 ${returns.missedInARow} 期)`,
          ...day('上一期调度', returns.settled),
        ]
      : []),
    ...(returns.last ? [`最近自报进度 ${returns.last.progress}%`] : []),
    ...(step && closing
      ? [`第 ${closing.number} 轮销号,轮到“${step.title}”,自 ${fullDay(dateOf(closing.turnSince))} 起`]
      : []),
    ...(closings.refusals > 0 ? [`本轮整改已被退回 ${closings.refusals} 次`] : []),
    ...(ladder.rungs.length > 0
      ? [
          `督办措施:${ladder.rungs.map(({ rung, state: now }) => `${RUNG_TITLES[rung]}(${RUNG_STATES[now]})`).join('、')}`,
        ]
      : []),
  ]
}

const RUNG_STATES = {
  drafted: '拟办',
  raised: '已采取',
  dismissed: '未采取',
  skipped: '已越过',
  released: '已解除',
} as const

const eventFacts = (event: CaseEvent): readonly string[] => {
  switch (event.type) {
    case 'return-missed':
    case 'return-chased':
    case 'return-passed-over':
      return day('这一期应报', event.period)
    case 'overdue':
    case 'deadline-near':
    case 'overdue-further':
      return day('期限', event.due)
    case 'duty-missed':
      return day('这一期至', event.period)
    case 'rung-called':
    case 'rung-raised':
    case 'rung-drafted':
    case 'clue-drafted':
      return [`起因:${event.cause}`]
    default:
      return []
  }
}
