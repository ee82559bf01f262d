import type { Todo } from '../kinds/kind.js'
import type { Seat } from '../parties.js'
import { never } from '../refusal.js'
import type { PlainDate } from '../words.js'
import { REFERRAL_TITLES } from './decide.js'
import type { ReferralCommand, ReferralState } from './types.js'

/** Everything somebody owes a referral now. */
export const referralTodos = (state: ReferralState): readonly Todo[] => {
  const owe = (act: ReferralCommand['type'], seat: Seat, due?: PlainDate): readonly Todo[] => [
    { act, title: REFERRAL_TITLES[act], chair: { seat }, ...(due && { due }) },
  ]
  return [
    ...byPhase(state, owe),
    ...(state.police && state.police.receipt === undefined
      ? owe('record-police-receipt', 'office', state.police.receiptBy)
      : []),
  ]
}

type Owe = (act: ReferralCommand['type'], seat: Seat, due?: PlainDate) => readonly Todo[]

const byPhase = (state: ReferralState, owe: Owe): readonly Todo[] => {
  switch (state.phase) {
    case 'clue':
      return owe('transfer-clue', 'office')
    case 'transferred':
      return [
        ...(state.receipt === undefined ? owe('record-transfer-receipt', 'office', state.receiptBy) : []),
        ...owe('begin-verification', 'discipline'),
      ]
    case 'verifying':
      return owe('record-outcome', 'discipline')
    case 'decided':
      return owe('publish-outcome', 'office')
    case 'published':
    case 'declined':
      return []
    default:
      return never(state.phase)
  }
}
