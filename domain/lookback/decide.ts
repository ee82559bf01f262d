import { dateOf } from '../calendar/dates.js'
import { FALSEHOOD_TITLES } from '../case/commands.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import { unaccounted } from '../oversight/observers.js'
import { answersFor, type Sitting } from '../people/chairs.js'
import { permitted } from '../permission/command.js'
import { firstRefusal, isRefusal, type Refusal, refuse } from '../refusal.js'
import type { CaseId } from '../words.js'
import { lowered } from './criteria.js'
import { nextLookBack } from './moments.js'

/** 回头看 (JN-12, YZ-16): by others than those who answer for the item, against the first acceptance's criteria (JN-13). */
export const lookBack = (asked: Asked<'look-back'>): Decision => {
  const { rules, state, command, actor, at } = asked
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (command.campaign !== undefined) return answerCall(asked, command.campaign, seat)
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
  const fault = faultOf(asked)
  if (fault) return fault
  return done(seat, actor, {
    type: 'looked-back',
    month,
    ...whatWasFound(command),
  })
}

const whatWasFound = ({ result, findings, site, code, checks }: Asked<'look-back'>['command']) => ({
  result,
  findings,
  site,
  ...(code && { code }),
  ...(checks && { checks }),
})

const faultOf = ({ rules, state, command, actor }: Asked<'look-back'>): Refusal | undefined => {
  if (answersFor(rules, state, actor))
    return refuse('forbidden', 'GN-08', '责任单位不得对本单位的事项开展回头看')
  if (!command.findings.trim()) return refuse('invalid', 'JN-12', '请写明回头看的情况')
  if (command.result === 'holds' && command.code) {
    return refuse('invalid', 'CD-16', `未反弹的回头看不能认定${FALSEHOOD_TITLES[command.code]}`)
  }
  return firstRefusal(
    command.site.photos.length === 0 ? refuse('invalid', 'YZ-09', '回头看须附现场照片') : undefined,
    unaccounted(state, 'look-back', command.site),
    lowered(rules, state, command.checks ?? [], command.result === 'holds' ? 'passes' : 'fails'),
  )
}

/** A campaign over a round has called for it (YZ-16): whatever month the case's own rhythm is at, archived or not. */
const answerCall = (asked: Asked<'look-back'>, campaign: CaseId, seat: Sitting): Decision => {
  const { state, command, actor } = asked
  if (!state.calledLookBacks?.some((call) => call.campaign === campaign))
    return refuse('out-of-turn', 'YZ-16', `这件事项没有待办的回头看部署(${campaign})`)
  const fault = faultOf(asked)
  if (fault) return fault
  return done(seat, actor, {
    type: 'called-look-back-done',
    campaign,
    ...whatWasFound(command),
  })
}

/** 部署回头看 (YZ-16): of a closed case, once a campaign. */
export const callLookBack = ({ rules, state, command, actor, at }: Asked<'call-look-back'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (state.phase !== 'closed' && state.phase !== 'archived')
    return refuse('out-of-turn', 'YZ-16', '回头看的对象是已销号的事项')
  if (state.calledLookBacks?.some(({ campaign }) => campaign === command.campaign))
    return refuse('conflict', 'YZ-16', '这次行动已经部署过')
  if (command.by < dateOf(at)) return refuse('invalid', 'YZ-16', '完成期限已经过去')
  const { campaign, by, words } = command
  return done(seat, actor, { type: 'look-back-called', campaign, by, words })
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
