import { patched } from '@temporalio/workflow'
import { effectsOf } from '../domain/decider.js'
import type { Effect } from '../domain/effects/types.js'

/**
 * What follows from an event, in a run of this version. What a run of an older version did is done again when it is replayed, and
 * what is new follows from there on: referrals sent nothing by themselves, an issued ranking proposed nothing.
 */
export const effectsNow = (...asked: Parameters<typeof effectsOf>): readonly Effect[] => {
  const [, { kind }, { event }] = asked
  if (kind === 'referral' && event.type !== 'rules-adopted' && !patched('referrals-send')) return []
  const effects = effectsOf(...asked)
  return event.type === 'period-issued' &&
    effects.some((effect) => effect.kind === 'order') &&
    !patched('rankings-propose')
    ? effects.filter((effect) => effect.kind !== 'order')
    : effects
}
