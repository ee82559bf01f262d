import { dateOf } from '../calendar/dates.js'
import { never } from '../refusal.js'
import { type CaseId, type Instant, later } from '../words.js'
import type { ReferralHappening, ReferralState } from './types.js'

/** @throws TypeError for an event before `referral-opened`. */
export const evolveReferral = (
  id: CaseId,
  state: ReferralState | undefined,
  { at, event }: ReferralHappening,
): ReferralState => {
  if (event.type === 'referral-opened') {
    const { type: _type, ...what } = event
    return { id, ...what, phase: 'clue', at, openedAt: at, receiptChased: false, outcomes: [], recent: [] }
  }
  if (!state) throw new TypeError(`${id}: ${event.type} before referral-opened`)
  return { ...apply(state, event, at), at: later(state.at, at) }
}

const apply = (
  state: ReferralState,
  event: Exclude<ReferralHappening['event'], { type: 'referral-opened' }>,
  at: Instant,
): ReferralState => {
  switch (event.type) {
    case 'clue-transferred':
      return { ...state, phase: 'transferred', receiptBy: event.receiptBy, transferredOn: dateOf(at) }
    case 'transfer-receipt-chased':
      return { ...state, receiptChased: true }
    case 'transfer-received':
      return { ...state, receipt: event.receipt }
    case 'transferred-to-police':
      return {
        ...state,
        police: { organ: event.organ, receiptBy: event.receiptBy, chased: false },
      }
    case 'police-receipt-chased':
      return { ...state, ...(state.police && { police: { ...state.police, chased: true } }) }
    case 'police-received':
      return { ...state, ...(state.police && { police: { ...state.police, receipt: event.receipt } }) }
    case 'verification-begun':
      return { ...state, phase: 'verifying' }
    case 'clue-declined':
      return { ...state, phase: 'declined' }
    case 'outcome-recorded':
      return { ...state, phase: 'decided', outcomes: event.outcomes }
    case 'outcome-published':
      return { ...state, phase: 'published' }
    case 'signal-refused':
    case 'paper-issued':
      return state
    default:
      return never(event)
  }
}
