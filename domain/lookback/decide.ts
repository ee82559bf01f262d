import { FALSEHOOD_TITLES } from '../case/commands.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import { answersFor } from '../people/chairs.js'
import { permitted } from '../permission/command.js'
import { isRefusal, refuse } from '../refusal.js'
import { nextLookBack } from './moments.js'

/** 回头看 (JN-12, YZ-16): by others than those who answer for the item, against the first acceptance's criteria (JN-13). */
export const lookBack = ({ rules, state, command, actor, at }: Asked<'look-back'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const month = nextLookBack(rules, state)
  if (state.phase !== 'closed' || month === undefined) {
    return refuse('out-of-turn', 'JN-12', '已销号、尚未归档的事项才能开展回头看')
  }
  if (!state.lookBacks.announced.includes(month)) {
    return refuse('out-of-turn', 'JN-12', `销号满 ${month} 个月的回头看还没有到期;发现反弹可直接报告`, {
      act: 'report-rebound',
      title: '报告反弹',
    })
  }
  if (answersFor(rules, state, actor))
    return refuse('forbidden', 'GN-08', '责任单位不得对本单位的事项开展回头看')
  if (!command.findings.trim()) return refuse('invalid', 'JN-12', '请写明回头看的情况')
  if (command.result === 'holds' && command.code) {
    return refuse('invalid', 'CD-16', `未反弹的回头看不能认定${FALSEHOOD_TITLES[command.code]}`)
  }
  if (command.site.photos.length === 0) return refuse('invalid', 'YZ-09', '回头看须附现场照片')
  return done(seat, actor, {
    type: 'looked-back',
    month,
    result: command.result,
    findings: command.findings,
    site: command.site,
    ...(command.code && { code: command.code }),
  })
}

/** A rebound found outside a look-back reopens the case as a new round, with its whole history (JN-12). */
export const reportRebound = ({ rules, state, command, actor, at }: Asked<'report-rebound'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (state.phase !== 'closed' && state.phase !== 'archived') {
    return refuse('out-of-turn', 'JN-12', '事项尚未销号,谈不上反弹')
  }
  if (!command.findings.trim()) return refuse('invalid', 'JN-12', '请写明反弹情况')
  return done(seat, actor, {
    type: 'rebounded',
    round: state.rectification.round + 1,
    findings: command.findings,
    ...(command.code && { code: command.code }),
  })
}
