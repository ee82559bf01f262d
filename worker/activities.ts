import { log } from '@temporalio/activity'
import type { CaseActivities } from '../contracts/activities.js'
import type { ShellActivities } from '../workflows/activities.js'

/** The activities of a case, and those the shell asks for in one errand. */
export const shellActivities = (activities: CaseActivities): ShellActivities => ({
  carry: activities.carry,
  writePaper: activities.writePaper,
  notify: activities.notify,
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
