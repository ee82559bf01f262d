import { dateOf } from '../calendar/dates.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import type { RungState } from '../case/state.js'
import { answersFor } from '../people/chairs.js'
import { permitted, seated } from '../permission/command.js'
import { RUNG_TITLES } from '../policy.js'
import { isRefusal, never, refuse } from '../refusal.js'
import type { CaseId } from '../words.js'
import { raised } from './react.js'
import { rungOf } from './rungs.js'

/** From 通报 up the engine drafts and a person decides: issue, not this time, or pass over — each signed and with its reason (CD-11). */
export const decideRung = ({ rules, state, command, actor, at }: Asked<'decide-rung'>): Decision => {
  const rung = rungOf(rules.policy, state, command.rung)
  if (!rung || rung.by === 'engine') {
    return refuse('invalid', 'CD-11', `“${RUNG_TITLES[command.rung]}”不需要人工决定`)
  }
  const seat = seated(rules, state, actor, command.type, [rung.by], at)
  if (isRefusal(seat)) return seat
  if (answersFor(rules, state, actor))
    return refuse('forbidden', 'GN-08', '责任单位不得决定对本单位的督办措施')
  const draft = state.ladder.rungs.find((item) => item.rung === rung.id && item.state === 'drafted')
  if (!draft) return refuse('out-of-turn', 'CD-11', `没有待决定的“${RUNG_TITLES[rung.id]}”`)
  const common = { rung: rung.id, round: state.ladder.round }
  if (command.decision !== 'issue' && !command.reason.trim()) {
    return refuse('invalid', 'CD-11', '不发或越过一级须写明理由')
  }
  switch (command.decision) {
    case 'issue':
      return done(seat, actor, raised(rung, { ...common, cause: draft.cause }))
    case 'dismiss':
      return done(seat, actor, { type: 'rung-dismissed', ...common, reason: command.reason })
    case 'skip':
      return done(seat, actor, { type: 'rung-skipped', ...common, reason: command.reason })
    default:
      return never(command.decision)
  }
}

/** Late work does not cancel a rung; release is a decision, when the cause is gone (GN-05). */
export const releaseRung = ({ rules, state, command, actor, at }: Asked<'release-rung'>): Decision => {
  const rung = rungOf(rules.policy, state, command.rung)
  if (!rung) return refuse('invalid', 'GN-05', `本市没有“${RUNG_TITLES[command.rung]}”这一级`)
  const seat = seated(rules, state, actor, command.type, [rung.release.by], at)
  if (isRefusal(seat)) return seat
  if (answersFor(rules, state, actor))
    return refuse('forbidden', 'GN-08', '责任单位不得解除对本单位的督办措施')
  if (!isUp(state.ladder.rungs, rung.id)) {
    return refuse('out-of-turn', 'GN-05', `没有生效的“${RUNG_TITLES[rung.id]}”可以解除`)
  }
  return command.reason.trim()
    ? done(seat, actor, {
        type: 'rung-released',
        rung: rung.id,
        round: state.ladder.round,
        reason: command.reason,
      })
    : refuse('invalid', 'GN-05', '解除须写明理由')
}

/** Interview (YZ-11): minutes, and commitments with dates, each tracked. */
export const recordInterview = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'record-interview'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (answersFor(rules, state, actor)) return refuse('forbidden', 'GN-08', '责任单位不得记录对本单位的约谈')
  if (!isUp(state.ladder.rungs, 'interview')) return refuse('out-of-turn', 'YZ-11', '没有已发出的约谈')
  if (!command.minutes.trim() || command.present.length === 0) {
    return refuse('invalid', 'YZ-11', '约谈纪要须写明内容和到场人员')
  }
  const today = dateOf(at)
  if (command.commitments.some(({ text, by }) => !text.trim() || by < today)) {
    return refuse('invalid', 'YZ-11', '每项承诺须写明内容和今天以后的期限')
  }
  return done(seat, actor, {
    type: 'interview-recorded',
    minutes: command.minutes,
    present: command.present,
    commitments: command.commitments,
  })
}

/** What was promised in an interview is done; also late, which stays on the record (YZ-11). */
export const settleCommitment = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'settle-commitment'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (answersFor(rules, state, actor)) return refuse('forbidden', 'GN-08', '责任单位不得核定本单位的约谈承诺')
  const commitment = state.interview.commitments[command.commitment]
  if (!commitment) return refuse('invalid', 'YZ-11', '没有这条约谈承诺')
  if (commitment.state === 'settled') return refuse('conflict', 'YZ-11', '这条承诺已经落实')
  return !command.result.trim()
    ? refuse('invalid', 'YZ-11', '请写明落实情况')
    : done(seat, actor, {
        type: 'commitment-settled',
        commitment: command.commitment,
        result: command.result,
      })
}

/** The leading group decides on a clue (JN-15); referred, it becomes a case that lives on its own (CD-14). */
export const decideClue = ({ rules, state, command, actor, at }: Asked<'decide-clue'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const clue = state.clues[command.clue]
  if (!clue) return refuse('invalid', 'JN-15', '没有这条线索')
  if (clue.state !== 'drafted') return refuse('conflict', 'JN-15', '这条线索已经决定')
  if (answersFor(rules, state, actor)) return refuse('forbidden', 'GN-08', '责任单位不得决定本单位的线索')
  const { reason } = command
  if (!reason.trim()) return refuse('invalid', 'JN-15', '请写明移交或不移交的理由')
  return command.decision === 'refer'
    ? done(seat, actor, {
        type: 'clue-referred',
        clue: command.clue,
        referral: `${state.id}-R${command.clue + 1}` as CaseId,
        reason,
      })
    : done(seat, actor, { type: 'clue-dismissed', clue: command.clue, reason })
}

const isUp = (rungs: readonly RungState[], id: RungState['rung']): boolean =>
  rungs.some(({ rung, state }) => rung === id && state === 'raised')
