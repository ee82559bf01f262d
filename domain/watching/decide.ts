import { dateOf } from '../calendar/dates.js'
import { dueWithin } from '../calendar/deadlines.js'
import { type Asked, type Decision, done } from '../case/decision.js'
import { lapsedSignOffs } from '../closing/lapse.js'
import { sealOf, withEvidence } from '../closing/seal.js'
import { unaccounted } from '../oversight/observers.js'
import { permitted } from '../permission/command.js'
import { isRefusal, refuse } from '../refusal.js'

/** 遇到重大事项及时报告 (JN-08): outside the cadence, to the leading group at once. */
export const reportMatter = ({ rules, state, command, actor, at }: Asked<'report-matter'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.handover) return refuse('out-of-turn', 'JN-08', '尚未交办')
  if (!command.what.trim()) return refuse('invalid', 'JN-08', '请写明发生了什么')
  const { what, where, since, done: doneAtOnce } = command
  return done(seat, actor, {
    type: 'matter-reported',
    matter: state.matters.length,
    what,
    where,
    since,
    done: doneAtOnce,
    acknowledgeBy: dueWithin(rules.calendar, dateOf(at), rules.policy.matters.acknowledgeWithin).at,
  })
}

/** A matter of weight is acknowledged by one it reaches, once; late is still possible (JN-08). */
export const acknowledgeMatter = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'acknowledge-matter'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const matter = state.matters[command.matter]
  if (!matter) return refuse('invalid', 'JN-08', '没有这件重大事项')
  return matter.state === 'acknowledged'
    ? refuse('conflict', 'JN-08', '这件重大事项已经签收')
    : done(seat, actor, { type: 'matter-acknowledged', matter: command.matter })
}

/** 包案督导 (CD-12) */
export const recordVisit = ({ rules, state, command, actor, at }: Asked<'record-visit'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.handover) return refuse('out-of-turn', 'CD-12', '尚未交办,无从督导')
  const missing = unaccounted(state, 'visit', command.visit)
  if (missing) return missing
  if (!command.visit.place.trim()) return refuse('invalid', 'CD-12', '请写明督导地点')
  return done(seat, actor, { type: 'visited', visit: command.visit, opinion: command.opinion })
}

/** 纪检监察机关全程监督 (CD-15): a note the owner must answer. */
export const attachNote = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'attach-supervision-note'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.handover) return refuse('out-of-turn', 'CD-15', '交办之后方可提出监督意见')
  return command.text.trim()
    ? done(seat, actor, { type: 'supervision-note-attached', note: state.notes.length, text: command.text })
    : refuse('invalid', 'CD-15', '请写明监督意见')
}

/** The owner answers a note of the discipline organ, once (CD-15). */
export const answerNote = ({
  rules,
  state,
  command,
  actor,
  at,
}: Asked<'answer-supervision-note'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  const note = state.notes[command.note]
  if (!note) return refuse('invalid', 'CD-15', '没有这条监督意见')
  if (!command.answer.trim()) return refuse('invalid', 'CD-15', '请写明答复内容')
  return note.answer === undefined
    ? done(seat, actor, { type: 'supervision-note-answered', note: command.note, answer: command.answer })
    : refuse('conflict', 'CD-15', '这条监督意见已经答复')
}

/** 催办: a person's reminder; it moves no clock and uses up no rung. */
export const chase = ({ rules, state, command, actor, at }: Asked<'chase'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  return state.handover && state.phase !== 'archived'
    ? done(seat, actor, { type: 'chased', whom: command.whom, words: command.words })
    : refuse('out-of-turn', 'GN-10', '没有在办事项可催')
}

/** Evidence added while signatures are being given changes what was seen: those given so far are void (YZ-09). */
export const addEvidence = ({ rules, state, command, actor, at }: Asked<'add-evidence'>): Decision => {
  const seat = permitted(rules, state, actor, command, at)
  if (isRefusal(seat)) return seat
  if (!state.handover || state.phase === 'archived') return refuse('out-of-turn', 'YZ-09', '现在不能补充材料')
  const evidence = withEvidence(state.evidence, command.evidence)
  if (evidence.length === state.evidence.length) return refuse('conflict', 'YZ-09', '这些材料已经在案')
  const added = { type: 'evidence-added' as const, evidence: command.evidence, seal: sealOf(evidence) }
  const { closing } = state
  return closing && closing.signOffs.length + closing.votes.length > 0
    ? done(seat, actor, added, {
        type: 'sign-offs-voided',
        closing: closing.number,
        lapsed: lapsedSignOffs(closing),
      })
    : done(seat, actor, added)
}
