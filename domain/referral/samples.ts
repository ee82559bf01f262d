import type { PlainDate } from '../words.js'
import type { ReferralCommand } from './types.js'

const WORDS = '(预演)'
const LONG_AGO = '2000-01-01' as PlainDate

export const REFERRAL_SAMPLES: readonly ReferralCommand[] = [
  { type: 'transfer-clue', letter: WORDS, evidence: [] },
  { type: 'record-transfer-receipt', receipt: WORDS, receivedOn: LONG_AGO },
  { type: 'transfer-to-police', organ: WORDS, letter: WORDS, evidence: [] },
  { type: 'record-police-receipt', receipt: WORDS, receivedOn: LONG_AGO },
  { type: 'begin-verification' },
  { type: 'decline-clue', reason: WORDS, document: WORDS },
  {
    type: 'record-outcome',
    outcomes: [{ person: WORDS, measure: WORDS, organ: WORDS, document: WORDS, decidedOn: LONG_AGO }],
  },
  { type: 'publish-outcome', channels: [WORDS], publishedOn: LONG_AGO },
]
