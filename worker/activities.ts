import { heartbeat, log } from '@temporalio/activity'
import type { CaseActivities } from '../contracts/activities.js'
import { roundCaseId } from '../domain/round/kind.js'
import type { CaseId } from '../domain/words.js'
import type { ShellActivities } from '../workflows/activities.js'

/** The case will soon have an event nobody carries: what it was given is answered, and no moment of its own is due. */
export type Hint = (caseId: CaseId) => void

/** The activities of a case, and the one by which its shell carries and tells in one errand. */
export const shellActivities = (
  activities: CaseActivities,
  hint: Hint = () => undefined,
): ShellActivities => ({
  carry: activities.carry,
  notify: activities.notify,
  placeOrders: activities.placeOrders,
  takeSnapshot: async (effect) => {
    const taken = await beating(() => activities.takeSnapshot(effect))
    hint(roundCaseId(effect.round))
    return taken
  },
  writePaper: async (input) => {
    const written = await activities.writePaper(input)
    hint(input.order.caseId)
    return written
  },
  carryAndNotify: async ({ events, notices }) => {
    const { ledger } = await activities.carry(events)
    try {
      await activities.notify(notices)
      return { ledger, notices: 'told' }
    } catch (error) {
      log.warn('通知未能送达,另行再送', { error })
      return { ledger, notices: 'left' }
    }
  },
})

const BEAT_MILLIS = 4_000

/** While it takes its time Temporal hears that we live. */
const beating = async <T>(work: () => Promise<T>): Promise<T> => {
  const beats = setInterval(() => heartbeat(), BEAT_MILLIS)
  try {
    return await work()
  } finally {
    clearInterval(beats)
  }
}
