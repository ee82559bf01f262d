import type { Door } from '../cli/http.js'
import { Refused } from '../cli/http.js'
import { GivenUp } from './door.js'
import { planOf } from './plan.js'

const ROUND = 'second-2026'

/** A real round, opened on its feedback, given its plan and handed over while parts die under it. */
export const openSecondRound = async (office: Door, cases: number): Promise<void> => {
  await untilTaken(() =>
    office.post('/rounds', { id: ROUND, title: '第二轮', policy: 'sample', feedbackDate: '2026-05-08' }),
  )
  await untilTaken(() =>
    office.post(`/rounds/${ROUND}/plan`, { plan: { text: planOf(cases, '市城市管理局') } }),
  )
  await untilTaken(() => office.post(`/rounds/${ROUND}/hand-over`, {}))
}

/** Somebody who lost patience comes back with a new key; what is there already is refused, and that is an answer. */
export const untilTaken = async (ask: () => Promise<unknown>): Promise<void> => {
  for (;;) {
    try {
      await ask()
      return
    } catch (error) {
      if (error instanceof Refused) return
      if (!(error instanceof GivenUp)) throw error
    }
  }
}
