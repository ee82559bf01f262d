import { SAMPLE_WORDS } from '../kinds/kind.js'
import type { PlainDate } from '../words.js'
import type { ReferralCommand } from './types.js'

const LONG_AGO = '2000-01-01' as PlainDate

export const REFERRAL_SAMPLES: readonly ReferralCommand[] = [
  { type: 'transfer-clue', letter: SAMPLE_WORDS, evidence: [] },
  { type: 'record-transfer-receipt', receipt: SAMPLE_WORDS, receivedOn: LONG_AGO },
  { type: 'transfer-to-police', organ: SAMPLE_WORDS, letter: SAMPLE_WORDS, evidence: [] },
  { type: 'record-police-receipt', receipt: SAMPLE_WORDS, receivedOn: LONG_AGO },
  { type: 'begin-verification' },
  { type: 'decline-clue', reason: SAMPLE_WORDS, document: SAMPLE_WORDS },
  {
    type: 'record-outcome',
    outcomes: [
      {
        person: SAMPLE_WORDS,
        measure: SAMPLE_WORDS,
        organ: SAMPLE_WORDS,
        document: SAMPLE_WORDS,
        decidedOn: LONG_AGO,
      },
    ],
  },
  { type: 'publish-outcome', channels: [SAMPLE_WORDS], publishedOn: LONG_AGO },
]
