import type { LedgerEvent } from '../decider-types.js'

type Types = readonly LedgerEvent['type'][]

const STEP: Types = ['step-late']
const INSTRUCTION: Types = ['instruction-late']
const OPINION: Types = ['opinion-late']
const PETITION: Types = ['petition-late']
const PERIOD: Types = ['period-late']

/** What comes by itself of something owed and not done: the event that says it was not. An act that is not here brings nothing. */
export const UNDONE: ReadonlyMap<string, Types> = new Map<string, Types>([
  ['acknowledge', ['acknowledgement-missed']],
  ['submit-case-plan', ['case-plan-missed']],
  ['submit-return', ['return-missed']],
  ['confirm-immediate', ['overdue']],
  ['complete-node', ['overdue']],
  ['decide-extension', ['overdue']],
  ['discharge-duty', ['duty-missed']],
  ['record-visit', ['visit-missed']],
  ['acknowledge-matter', ['matter-unacknowledged']],
  ['sign', STEP],
  ['post-notice', STEP],
  ['send-filing', STEP],
  ['record-filing-receipt', STEP],
  ['answer-objection', ['objection-unanswered']],
  ['settle-commitment', ['commitment-missed']],
  ['inspect-key', ['key-inspection-missed']],
  ['look-back', ['look-back-late', 'look-back-call-late']],
  ['receipt-instruction', INSTRUCTION],
  ['feed-back-instruction', INSTRUCTION],
  ['report-instruction-result', INSTRUCTION],
  ['assign-opinion', OPINION],
  ['verify-opinion', OPINION],
  ['respond-opinion', OPINION],
  ['accept-petition', PETITION],
  ['assign-petition', PETITION],
  ['answer-petition', PETITION],
  ['close-petition', PETITION],
  ['reexamine-petition', ['reexamination-late']],
  ['record-result', ['result-late']],
  ['follow-finding', ['finding-late']],
  ['record-payment', ['payment-late']],
  ['adopt-plan', ['plan-missed']],
  ['sign-account', PERIOD],
  ['issue-period', PERIOD],
])
