import { setTimeout as pause } from 'node:timers/promises'
import type { Db } from '../db/connect.js'
import { followingEffects, notDone } from './checks/effects.js'
import type { Violation } from './checks/violation.js'

/** Longer than the longest pause between two attempts of an errand (`workflows/activities.ts`). */
const LONGEST_MILLIS = 660_000
const PAUSE_MILLIS = 1_000

/**
 * Nothing dies any more: everything that follows from what is on the record now is done before long. What the drill goes on to
 * bring about meanwhile is another day's.
 * @returns what was not.
 */
export const settle = async (db: Db): Promise<readonly Violation[]> => {
  const until = Date.now() + LONGEST_MILLIS
  const effects = await followingEffects(db)
  for (;;) {
    const missing = await notDone(db, effects)
    if (missing.length === 0 || Date.now() > until) return missing
    await pause(PAUSE_MILLIS)
  }
}
