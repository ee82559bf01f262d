import { type Asked, type Decision, done } from '../case/decision.js'
import { answersFor, authorOf } from '../people/chairs.js'
import { permitted } from '../permission/command.js'
import { isRefusal, refuse } from '../refusal.js'

/** 挂账督办 (JN-10): a case on the supervised list has a named watcher and a condition on which it comes off. */
export const putUnderSupervision = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'put-under-supervision'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (answersFor(rules, state, actor))
    return refuse('forbidden', 'GN-08', '责任单位不得决定本单位事项的挂账督办')
  if (!state.handover || state.phase === 'archived')
    return refuse('out-of-turn', 'JN-10', '只有已交办、尚未归档的事项可以挂账督办')
  if (state.supervised)
    return refuse('conflict', 'JN-10', `已挂账督办,盯办人${state.supervised.watcher.name}`)
  if (!command.reason.trim() || !command.release.trim())
    return refuse('invalid', 'JN-10', '请写明挂账的理由和销账的条件')
  return done(seat, actor, {
    type: 'supervision-listed',
    watcher: command.watcher,
    reason: command.reason,
    release: command.release,
  })
}

/** 跟踪问效 (JN-10): what the watcher found; nobody watches what is their own unit's. */
export const recordWatching = ({ rules, state, command, actor }: Asked<'record-watching'>): Decision => {
  if (state.supervised?.watcher.person !== actor.person)
    return refuse('forbidden', 'JN-10', '盯办情况由挂账时指定的盯办人记录')
  if (answersFor(rules, state, actor)) return refuse('forbidden', 'GN-08', '责任单位的人不得盯办本单位的事项')
  if (!command.findings.trim()) return refuse('invalid', 'JN-10', '请写明盯办情况')
  return {
    by: authorOf(actor, { post: actor.posts[0] ?? { role: 'observer' } }),
    events: [{ type: 'watched', findings: command.findings }],
  }
}

/** 销账 (JN-10): never by itself, not even when the case is closed; a signed decision with its reason. */
export const endSupervision = ({ rules, state, command, actor, at }: Asked<'end-supervision'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (answersFor(rules, state, actor)) return refuse('forbidden', 'GN-08', '责任单位不得决定本单位事项的销账')
  if (!state.supervised) return refuse('out-of-turn', 'JN-10', '本事项没有挂账督办')
  return command.reason.trim()
    ? done(seat, actor, {
        type: 'supervision-ended',
        watcher: state.supervised.watcher,
        reason: command.reason,
      })
    : refuse('invalid', 'JN-10', `请对照销账条件“${state.supervised.release}”写明理由`)
}
