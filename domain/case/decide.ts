import { isPeriod } from '../calendar/periods.js'
import { addSigner, refuseStep, sign, submitClosing, withdrawClosing } from '../closing/decide.js'
import { recordReceipt, sendFiling } from '../closing/filing.js'
import { answerObjection, object, postNotice, takeDownNotice } from '../closing/notice.js'
import type { Rules } from '../context.js'
import { completeNode, confirmImmediate, dischargeDuty } from '../deadline/decide.js'
import { decideExtension, requestExtension } from '../extension/decide.js'
import {
  acknowledge,
  amendEntry,
  handOver,
  returnHandover,
  submitCasePlan,
  transfer,
  withdrawHandover,
} from '../handover/decide.js'
import { isMachine } from '../kinds/kind.js'
import { decideClue, decideRung, recordInterview, releaseRung, settleCommitment } from '../ladder/decide.js'
import { callLookBack, lookBack, reportRebound } from '../lookback/decide.js'
import { inspectKey, markKey, unmarkKey } from '../oversight/key.js'
import { inviteObservers, recordObservation } from '../oversight/observers.js'
import { closedTo, restrictCase, unrestrictCase } from '../oversight/restricted.js'
import { endSupervision, putUnderSupervision, recordWatching } from '../oversight/supervised.js'
import { delegate, endDelegation, handOverOffice } from '../people/decide.js'
import { isRefusal, never, type Refusal, refuse } from '../refusal.js'
import { submitReturn } from '../returns/decide.js'
import { followRound, isRoundDecision } from '../returns/pause.js'
import {
  acknowledgeMatter,
  addEvidence,
  answerNote,
  attachNote,
  chase,
  recordVisit,
  reportMatter,
} from '../watching/decide.js'
import { type Instant, later } from '../words.js'
import { type CaseCommand, COMMAND_TITLES, type Command, isStranger } from './commands.js'
import type { Decision } from './decision.js'
import type { Happening } from './events.js'
import { due, happenAll, type Told } from './play.js'
import type { CaseState } from './state.js'

/**
 * What a command does to a case: first everything that fell due before it, then its own events and what follows from them; or a
 * refusal, and then nothing happens at all. A command never comes earlier than the case's last event (clocks may differ).
 */
export const decide = (
  rules: Rules,
  before: CaseState | undefined,
  asked: CaseCommand,
): readonly Happening[] | Refusal => {
  if (asked.command.type === 'register') return register(rules, before, asked)
  if (!before) return refuse('not-found', 'GN-07', '台账上没有这件事项')
  const at = later(asked.at, before.at)
  const told = settled(rules, before, at)
  const answer = answerTo(rules, told.state, { ...asked, at })
  if (isRefusal(answer)) return answer
  return [...told.happenings, ...happenAll(rules, before.id, told.state, { at, ...answer }).happenings]
}

/** Everything due, also after an absence so long that it takes several tellings. */
const settled = (rules: Rules, before: CaseState, at: Instant): Told => {
  const told = due(rules, before, at)
  if (told.happenings.length === 0) return told
  const more = settled(rules, told.state, at)
  return { state: more.state, happenings: [...told.happenings, ...more.happenings] }
}

const register = (
  rules: Rules,
  before: CaseState | undefined,
  { command, by, at }: CaseCommand,
): readonly Happening[] | Refusal => {
  if (command.type !== 'register') throw new TypeError(command.type)
  if (before) return refuse('conflict', 'CD-18', '这件事项已经登记')
  if (isStranger(by) || isMachine(by)) return refuse('forbidden', 'GN-08', '立项登记由整改办办理')
  const post = by.posts.find(({ role }) => role === 'coordinator' || role === 'office-head')
  if (!post) return refuse('forbidden', 'GN-08', '立项登记由整改办办理')
  const { caseId, round, entry, source, policy, calendar, planDate } = command
  if (entry.duties.some(({ period }) => !isPeriod(period))) {
    return refuse('invalid', 'JN-06', '定期义务的周期写法不对,应如 P6M(每半年)')
  }
  return happenAll(rules, caseId, undefined, {
    at,
    by: { kind: 'person', person: by.person, name: by.name, role: post.role },
    events: [{ type: 'registered', round, entry, source, policy, calendar, planDate }],
  }).happenings
}

const answerTo = (rules: Rules, state: CaseState, { command, by, at }: CaseCommand): Decision => {
  if (isMachine(by) || isRoundDecision(command)) return followRound({ state, command, by, at })
  if (command.type === 'object') return object(rules, state, command, by, at)
  if (isStranger(by)) return refuse('forbidden', 'GN-08', `“${COMMAND_TITLES[command.type]}”须登录后办理`)
  const closed = closedTo(rules, state, by)
  if (closed) return closed
  const asked = <C extends Command>(own: C) => ({ rules, state, command: own, actor: by, at })
  switch (command.type) {
    case 'register':
      return refuse('conflict', 'CD-18', '这件事项已经登记')
    case 'amend-entry':
      return amendEntry(asked(command))
    case 'hand-over':
      return handOver(asked(command))
    case 'acknowledge':
      return acknowledge(asked(command))
    case 'submit-case-plan':
      return submitCasePlan(asked(command))
    case 'submit-return':
      return submitReturn(asked(command))
    case 'confirm-immediate':
      return confirmImmediate(asked(command))
    case 'complete-node':
      return completeNode(asked(command))
    case 'discharge-duty':
      return dischargeDuty(asked(command))
    case 'report-matter':
      return reportMatter(asked(command))
    case 'acknowledge-matter':
      return acknowledgeMatter(asked(command))
    case 'add-evidence':
      return addEvidence(asked(command))
    case 'request-extension':
      return requestExtension(asked(command))
    case 'decide-extension':
      return decideExtension(asked(command))
    case 'record-visit':
      return recordVisit(asked(command))
    case 'attach-supervision-note':
      return attachNote(asked(command))
    case 'answer-supervision-note':
      return answerNote(asked(command))
    case 'chase':
      return chase(asked(command))
    case 'submit-closing':
      return submitClosing(asked(command))
    case 'withdraw-closing':
      return withdrawClosing(asked(command))
    case 'sign':
      return sign(asked(command))
    case 'refuse-step':
      return refuseStep(asked(command))
    case 'add-signer':
      return addSigner(asked(command))
    case 'post-notice':
      return postNotice(asked(command))
    case 'take-down-notice':
      return takeDownNotice(asked(command))
    case 'answer-objection':
      return answerObjection(asked(command))
    case 'send-filing':
      return sendFiling(asked(command))
    case 'record-filing-receipt':
      return recordReceipt(asked(command))
    case 'call-look-back':
      return callLookBack(asked(command))
    case 'look-back':
      return lookBack(asked(command))
    case 'report-rebound':
      return reportRebound(asked(command))
    case 'decide-rung':
      return decideRung(asked(command))
    case 'release-rung':
      return releaseRung(asked(command))
    case 'record-interview':
      return recordInterview(asked(command))
    case 'settle-commitment':
      return settleCommitment(asked(command))
    case 'decide-clue':
      return decideClue(asked(command))
    case 'transfer':
      return transfer(asked(command))
    case 'delegate':
      return delegate(asked(command))
    case 'end-delegation':
      return endDelegation(asked(command))
    case 'hand-over-office':
      return handOverOffice(asked(command))
    case 'withdraw-handover':
      return withdrawHandover(asked(command))
    case 'return-handover':
      return returnHandover(asked(command))
    case 'put-under-supervision':
      return putUnderSupervision(asked(command))
    case 'record-watching':
      return recordWatching(asked(command))
    case 'end-supervision':
      return endSupervision(asked(command))
    case 'mark-key':
      return markKey(asked(command))
    case 'unmark-key':
      return unmarkKey(asked(command))
    case 'inspect-key':
      return inspectKey(asked(command))
    case 'invite-observers':
      return inviteObservers(asked(command))
    case 'record-observation':
      return recordObservation(asked(command))
    case 'restrict-case':
      return restrictCase(asked(command))
    case 'unrestrict-case':
      return unrestrictCase(asked(command))
    default:
      return never(command)
  }
}
