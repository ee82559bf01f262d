import { patched } from '@temporalio/workflow'
import { effectsOf } from '../domain/decider.js'
import type { Effect } from '../domain/effects/types.js'

/**
 * What follows from an event, in a run of this version. Referrals sent nothing by themselves before: what a run did then it does
 * when it is replayed, and from there on it sends.
 */
export const effectsNow = (...asked: Parameters<typeof effectsOf>): readonly Effect[] => {
  const [, { kind }, { event }] = asked
  return kind === 'referral' && event.type !== 'rules-adopted' && !patched('referrals-send')
    ? []
    : effectsOf(...asked)
}
