import { dateOf, endOfDay } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { type Moment, morningOf, workingDayAfter } from '../case/moment.js'
import type { CaseState, ClosingState } from '../case/state.js'
import type { Rules } from '../context.js'
import { never } from '../refusal.js'
import { stepNow } from './chain.js'

/** The step whose turn it is: chased, late, or — a public notice — run out. Only its clock is armed (domain rule 11). */
export const closingMoments = (rules: Rules, state: CaseState): readonly Moment[] => {
  const { closing } = state
  const step = stepNow(rules, state)
  if (!closing || !step) return []
  switch (step.kind) {
    case 'sign-off':
      return [...chase(rules, closing), ...late(rules, closing)]
    case 'notice':
      return closing.notice ? noticeMoments(rules, closing) : late(rules, closing)
    case 'filing':
      return late(rules, closing)
    default:
      return never(step)
  }
}

const chase = (rules: Rules, closing: ClosingState): readonly Moment[] => {
  const step = rules.policy.closing.chain[closing.step]
  if (step?.kind !== 'sign-off' || closing.chased) return []
  const { date } = dueWithin(rules.calendar, dateOf(closing.turnSince), step.chaseAfter)
  return [
    {
      at: morningOf(workingDayAfter(rules.calendar, date)),
      clause: step.clause,
      rule: `“${step.title}”已到第 ${step.chaseAfter.days} 天,催办`,
      events: [{ type: 'step-chased', closing: closing.number, step: step.id, title: step.title }],
    },
  ]
}

const late = (rules: Rules, closing: ClosingState): readonly Moment[] => {
  const step = rules.policy.closing.chain[closing.step]
  if (!step || closing.late) return []
  return [
    {
      at: dueWithin(rules.calendar, dateOf(closing.turnSince), step.within).at,
      clause: step.clause,
      rule: `“${step.title}”超过办理期限`,
      events: [{ type: 'step-late', closing: closing.number, step: step.id, title: step.title }],
    },
  ]
}

const noticeMoments = (rules: Rules, closing: ClosingState): readonly Moment[] => {
  const { notice } = closing
  const step = rules.policy.closing.chain[closing.step]
  if (!notice || !step) return []
  const open = notice.objections.flatMap((objection, index) =>
    objection.decision ? [] : [{ ...objection, index }],
  )
  if (open.length > 0) {
    return open
      .filter((objection) => !objection.late)
      .map(({ answerBy, index }) => ({
        at: endOfDay(answerBy),
        clause: step.clause,
        rule: '异议到期未答复',
        events: [{ type: 'objection-unanswered', objection: index }],
      }))
  }
  return [
    {
      at: endOfDay(notice.until),
      clause: step.clause,
      rule: '公示期满',
      events: [
        {
          type: 'notice-ended',
          closing: closing.number,
          step: step.id,
          until: notice.until,
          objections: notice.objections.length,
        },
      ],
    },
  ]
}
