import { SEAT_TITLES, type Seat } from '../../domain/parties.js'
import type { Policy, Quorum, Rhythm, Rung, SignOffStep, Span, Step, Trigger } from '../../domain/policy.js'
import { RUNG_TITLES, SLIP_TITLES } from '../../domain/policy.js'
import { never } from '../../domain/refusal.js'

export const span = ({ days, of }: Span): string => `${days} 个${of === 'working' ? '工作日' : '自然日'}`

export const seats = (list: readonly Seat[]): string => list.map((seat) => SEAT_TITLES[seat]).join('、')

const WEEKDAYS = '一二三四五六日'

export const rhythm = (written: Rhythm): string => {
  switch (written.every) {
    case 'week':
      return `每周${WEEKDAYS[written.weekday - 1] ?? ''} ${written.time}`
    case 'month':
      return `每月${written.day === 'last-working-day' ? '最后一个工作日' : `${written.day}日`} ${written.time}`
    case 'day':
      return `每个工作日 ${written.time}`
    case 'ten-days':
      return `每月${written.days.join('、')}日 ${written.time}`
    default:
      return never(written)
  }
}

export const trigger = (written: Trigger): string => {
  switch (written.on) {
    case 'before-deadline':
      return `到期前 ${written.days} 天${written.slip ? `(${SLIP_TITLES[written.slip]})` : ''}`
    case 'after-deadline':
      return `逾期 ${written.days} 天`
    case 'missing-returns':
      return written.inARow === 1 ? '缺报 1 期' : `连续缺报 ${written.inARow} 期`
    case 'refusals':
      return `销号第 ${written.count} 次被退回`
    case 'rebound':
      return '问题反弹'
    case 'falsehood':
      return '查实弄虚作假'
    default:
      return never(written)
  }
}

const quorum = (written: Quorum): string => {
  switch (written.mode) {
    case 'one':
      return ''
    case 'all':
      return written.order === 'sequential' ? '全体依次' : '全体同时'
    case 'ratio':
      return `${written.of} 份中 ${written.needed} 份同意${written.veto === 'veto' ? '、一票否决' : ''}`
    default:
      return never(written)
  }
}

const demands = (step: SignOffStep): string =>
  [
    step.form === 'signature' ? '签字' : '审核',
    quorum(step.quorum),
    step.where === 'on-site' ? '到现场' : '',
    step.evidence === 'required' ? '附材料' : '',
    step.deputy === 'in-person' ? '本人办理' : '',
    step.findings.length > 0 ? `逐项认定${step.findings.join('、')}` : '',
    span(step.within),
  ]
    .filter((part) => part !== '')
    .join(',')

/** One step of closing: who, how, within what time. */
export const stepLine = (step: Step): string => {
  switch (step.kind) {
    case 'sign-off':
      return `${step.title}:${SEAT_TITLES[step.by]}(${demands(step)})`
    case 'notice':
      return `${step.title}:公示 ${span(step.period)},${
        step.counting === 'from-first-day' ? '发布当日计入' : '次日起算'
      };异议 ${span(step.objection.answer)}内答复;发布于${step.channels.join('、')}`
    case 'filing':
      return `${step.title}:报${step.to}(${span(step.within)}内,${step.receipt === 'required' ? '须有回执' : '不要回执'})`
    default:
      return never(step)
  }
}

/** The whole chain in one line. */
export const chainLine = ({ closing }: Policy): string => closing.chain.map(({ title }) => title).join(' → ')

const firstTrigger = ({ triggers }: Rung): string => {
  const [first] = triggers
  return first ? trigger(first) : ''
}

/** The whole ladder in one line, each rung with what first calls for it. */
export const ladderLine = ({ ladder }: Policy): string =>
  ladder.map((rung) => `${RUNG_TITLES[rung.id]}(${firstTrigger(rung)})`).join(' → ')
