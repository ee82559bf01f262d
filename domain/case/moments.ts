import { closingMoments } from '../closing/moments.js'
import type { Rules } from '../context.js'
import { dutyMoments } from '../deadline/duties.js'
import { deadlineMoments } from '../deadline/moments.js'
import { handoverMoments } from '../handover/moments.js'
import { lookBackMoments } from '../lookback/moments.js'
import { keyMoments } from '../oversight/key.js'
import { rememberedUnder } from '../remembered.js'
import { returnMoments } from '../returns/moments.js'
import { watchingMoments } from '../watching/moments.js'
import type { Instant } from '../words.js'
import type { Moment } from './moment.js'
import type { CaseState } from './state.js'

/**
 * Everything a case waits for, earliest first; moments of one instant keep the order of this list. A moment whose instant is
 * already behind the case (a deadline passed while it was in closing) comes now, not in the past. Remembered: whoever asks when a
 * case's timer rings asks next what happens then, of the same state.
 */
export const pendingMoments = rememberedUnder((rules: Rules, state: CaseState): readonly Moment[] =>
  [
    ...handoverMoments(rules, state),
    ...returnMoments(rules, state),
    ...dutyMoments(rules, state),
    ...deadlineMoments(rules, state),
    ...closingMoments(rules, state),
    ...lookBackMoments(rules, state),
    ...watchingMoments(rules, state),
    ...keyMoments(rules, state),
  ]
    .map((moment) => (moment.at < state.at ? { ...moment, at: state.at } : moment))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
)

/** The only source of timers: the earliest pending moment, in the round's time. */
export const nextMoment = (rules: Rules, state: CaseState): Instant | undefined =>
  pendingMoments(rules, state)[0]?.at
