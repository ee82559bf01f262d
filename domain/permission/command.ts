import type { Command, CommandType } from '../case/commands.js'
import { COMMAND_TITLES } from '../case/commands.js'
import type { CaseState } from '../case/state.js'
import type { Rules } from '../context.js'
import { type Actor, type Chair, SEAT_TITLES, type Seat } from '../parties.js'
import { chairsOf, type Sitting, sitting } from '../people/chairs.js'
import { type Refusal, refuse } from '../refusal.js'
import type { Instant } from '../words.js'

/**
 * Which seats of a case may give which command. `step`, `rung`, `extension`: the policy names the seat for the step, rung or
 * extension in question. `named`: whoever the case itself names for it. `machine`: it brings what was decided for the whole round. `anyone`: also somebody without an account. The one place where this is written.
 */
export type Permission =
  | readonly Seat[]
  | 'step'
  | 'rung'
  | 'extension'
  | 'anyone'
  | 'any-seat'
  | 'named'
  | 'machine'

/** Every command and its seats (GN-08). */
export const PERMISSIONS: Readonly<Record<CommandType, Permission>> = {
  register: ['office'],
  'amend-entry': ['office'],
  'hand-over': ['office'],
  'withdraw-handover': ['office'],
  'return-handover': ['responsible-unit'],
  acknowledge: ['responsible-unit'],
  'submit-case-plan': ['responsible-unit'],
  'submit-return': ['responsible-unit'],
  'pause-returns': 'machine',
  'resume-returns': 'machine',
  'waive-returns': 'machine',
  'call-in-returns': 'machine',
  'confirm-immediate': ['responsible-unit'],
  'complete-node': ['responsible-unit'],
  'discharge-duty': ['responsible-unit', 'office'],
  'report-matter': [
    'responsible-unit',
    'lead-unit',
    'cooperating-units',
    'supervising-unit',
    'case-leader',
    'office',
  ],
  'acknowledge-matter': ['office', 'case-leader', 'deputy-secretaries-general'],
  'add-evidence': ['responsible-unit'],
  'request-extension': ['responsible-unit'],
  'decide-extension': 'extension',
  'record-visit': ['case-leader', 'county-leader', 'department-leader', 'secretary', 'mayor'],
  'attach-supervision-note': ['discipline'],
  'answer-supervision-note': ['responsible-unit', 'office'],
  chase: ['office', 'case-leader', 'deputy-secretaries-general', 'supervising-unit', 'lead-unit'],
  'submit-closing': ['responsible-unit'],
  'withdraw-closing': ['responsible-unit'],
  sign: 'step',
  'refuse-step': 'step',
  'add-signer': ['office', 'case-leader'],
  'post-notice': ['office', 'responsible-unit', 'supervising-unit'],
  'take-down-notice': ['office'],
  object: 'anyone',
  'answer-objection': ['office', 'lead-unit', 'supervising-unit'],
  'send-filing': ['office', 'supervising-unit'],
  'record-filing-receipt': ['office', 'supervising-unit'],
  'call-look-back': ['office', 'case-leader', 'secretary', 'mayor'],
  'look-back': ['office', 'lead-unit', 'supervising-unit', 'case-leader'],
  'report-rebound': ['office', 'lead-unit', 'supervising-unit', 'case-leader', 'discipline'],
  'decide-rung': 'rung',
  'release-rung': 'rung',
  'record-interview': ['office', 'case-leader'],
  'settle-commitment': ['office'],
  'decide-clue': ['case-leader', 'secretary', 'mayor'],
  transfer: ['office'],
  delegate: 'any-seat',
  'end-delegation': 'any-seat',
  'hand-over-office': ['office'],
  'put-under-supervision': ['office-head', 'case-leader', 'secretary', 'mayor'],
  'record-watching': 'named',
  'end-supervision': ['office-head', 'case-leader', 'secretary', 'mayor'],
  'mark-key': ['office', 'case-leader', 'secretary', 'mayor'],
  'unmark-key': ['office', 'case-leader', 'secretary', 'mayor'],
  'inspect-key': ['office', 'lead-unit', 'supervising-unit', 'case-leader'],
  'invite-observers': ['office', 'lead-unit', 'supervising-unit', 'case-leader'],
  'record-observation': 'named',
  'restrict-case': ['office-head', 'secretary', 'mayor'],
  'unrestrict-case': ['office-head', 'secretary', 'mayor'],
}

/**
 * Acts by which the office judges a case. On the office's own measure another body judges in its place; to hand over,
 * chase, post and file stays the office's (JN-17, GN-08).
 */
const JUDGING: ReadonlySet<CommandType> = new Set([
  'sign',
  'refuse-step',
  'answer-objection',
  'look-back',
  'report-rebound',
  'decide-extension',
  'decide-rung',
  'release-rung',
  'record-interview',
  'settle-commitment',
  'put-under-supervision',
  'end-supervision',
  'inspect-key',
])

/** The chairs of a seat from which a command is given in this case. */
export const chairsFor = (rules: Rules, state: CaseState, type: CommandType, seat: Seat): readonly Chair[] =>
  (seat === 'office' || seat === 'office-head') && !JUDGING.has(type)
    ? [{ seat }]
    : chairsOf(rules, state, seat)

/** The seat in which this person may give this command now, or why not. */
export const seated = (
  rules: Rules,
  state: CaseState,
  actor: Actor,
  type: CommandType,
  seats: readonly Seat[],
  at: Instant,
): Sitting | Refusal => {
  const found = sitting(
    state,
    actor,
    seats.flatMap((seat) => chairsFor(rules, state, type, seat)),
    at,
  )
  if (found) return found
  const who = seats.map((seat) => SEAT_TITLES[seat]).join('、')
  return refuse('forbidden', 'GN-08', `“${COMMAND_TITLES[type]}”由${who}办理,您不在其列`)
}

/** As `seated`, with the seats the table gives; commands whose seat the policy names are asked in their own rooms. */
export const permitted = (
  rules: Rules,
  state: CaseState,
  actor: Actor,
  command: Command,
  at: Instant,
): Sitting | Refusal => {
  const seats = PERMISSIONS[command.type]
  if (typeof seats === 'string') throw new TypeError(`${command.type}: its seat is named by the policy`)
  return seated(rules, state, actor, command.type, seats, at)
}
