import { patched } from '@temporalio/workflow'
import { effectsOf } from '../domain/decider.js'
import type { Effect } from '../domain/effects/types.js'

/**
 * What follows from an event, in a run of this version. What a run of an older version did is done again when it is replayed, and
 * what is new follows from there on: referrals sent nothing by themselves, an issued ranking proposed nothing, an appeal had no paper.
 */
export const effectsNow = (...asked: Parameters<typeof effectsOf>): readonly Effect[] => {
  const [, { kind }, { event }] = asked
  if (kind === 'referral' && event.type !== 'rules-adopted' && !patched('referrals-send')) return []
  const effects = effectsOf(...asked)
  switch (event.type) {
    case 'period-issued':
      return effects.some(({ kind: what }) => what === 'order') && !patched(ordersPatch(event.version))
        ? effects.filter(({ kind: what }) => what !== 'order')
        : effects
    case 'appeal-decided':
    case 'consequence-cancelled':
      return patched('appeals-have-papers') ? effects : effects.filter(({ kind: what }) => what !== 'paper')
    default:
      return effects
  }
}

/** A first version proposes since `rankings-propose`; a corrected one says what it changed since `corrections-propose`. */
const ordersPatch = (version: number): string => (version === 1 ? 'rankings-propose' : 'corrections-propose')
