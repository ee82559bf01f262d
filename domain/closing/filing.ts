import { dateOf } from '../calendar/dates.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import { permitted } from '../permission/command.js'
import type { FilingStep } from '../policy.js'
import { isRefusal, type Refusal, refuse } from '../refusal.js'
import { stepNow } from './chain.js'

/** 备案 (CD-10): the report goes to the higher office. */
export const sendFiling = ({ rules, state, command, actor, at }: Asked<'send-filing'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const step = filingStep(rules, state)
  if (isRefusal(step)) return step
  if (state.closing?.filing) return refuse('conflict', step.clause, '备案报告已经报出,请登记回执')
  return done(seat, actor, {
    type: 'filing-sent',
    closing: state.closings.begun,
    step: step.id,
    to: command.to,
    noticeResult: command.noticeResult,
  })
}

/** The receipt is recorded; only then 销号, where the policy asks for one (CD-10). */
export const recordReceipt = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'record-filing-receipt'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const step = filingStep(rules, state)
  if (isRefusal(step)) return step
  if (!state.closing?.filing) {
    return refuse('out-of-turn', step.clause, '备案报告尚未报出', { act: 'send-filing', title: '报送备案' })
  }
  if (!command.receipt.trim()) return refuse('invalid', step.clause, '请填写回执文号')
  if (command.receivedOn > dateOf(at) || command.receivedOn < dateOf(state.closing.filing.sentAt)) {
    return refuse('invalid', step.clause, '回执日期应在报出之后、今天之前')
  }
  return done(seat, actor, {
    type: 'filing-received',
    closing: state.closings.begun,
    step: step.id,
    receipt: command.receipt,
    receivedOn: command.receivedOn,
  })
}

const filingStep = (rules: Rules, state: CaseState): FilingStep | Refusal => {
  const step = stepNow(rules, state)
  return step?.kind === 'filing'
    ? step
    : refuse(
        'out-of-turn',
        step?.clause ?? 'CD-10',
        step ? `还没有轮到备案,现在轮到“${step.title}”` : '没有待备案的事项',
      )
}
