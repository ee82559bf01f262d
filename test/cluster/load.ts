import { setTimeout as pause } from 'node:timers/promises'
import { newRegister, type Register } from '../../chaos/asked.js'
import { GivenUp, persistentDoor } from '../../chaos/door.js'
import { planOf } from '../../chaos/plan.js'
import { randomFrom } from '../../chaos/random.js'
import { untilTaken } from '../../chaos/second-round.js'
import { type Door, Refused } from '../../cli/http.js'
import { signIn } from '../../cli/session.js'
import type { Cluster } from './layout.js'

export const ROUND = 'cluster-2026'
export const CASES = 40
const CALLERS = 8

const plan = planOf(CASES, '市城市管理局')

export type Work = { readonly register: Register; readonly office: Door }

/** A round with all its cases there, opened through the one port. */
export const openRound = async ({ url, issuer }: Cluster): Promise<Work> => {
  const register = newRegister()
  const session = await signIn({ issuer, username: 'office', password: 'bihuan' })
  const office = persistentDoor(url, register, randomFrom('cluster'))(session)
  await office.post('/rounds', { id: ROUND, policy: 'sample', plan: { text: plan } }).catch(ifGivenUp)
  while ((await office.get<{ opening: boolean }>(`/rounds/${ROUND}`)).opening) await pause(300)
  return { register, office }
}

const ifGivenUp = (error: unknown): void => {
  if (!(error instanceof GivenUp)) throw error
}

const commandsOf = (n: number): string =>
  `/cases/${ROUND}/${String((n % CASES) + 1).padStart(3, '0')}/commands`

const chase = (n: number) => ({ type: 'chase', whom: 'responsible-unit', words: `第 ${n} 次催办` })

/** Eight callers hand over every case and chase it, until it is over; refusals are answers. */
export const work = async ({ office }: Work, isOver: () => boolean): Promise<void> => {
  let sent = 0
  const caller = async (): Promise<void> => {
    while (!isOver()) {
      const n = sent++
      await office
        .post(commandsOf(n), n < CASES ? { type: 'hand-over' } : chase(n))
        .catch((error: unknown) => {
          if (!(error instanceof GivenUp || error instanceof Refused)) throw error
        })
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
}

/** When all is quiet again: every case once more, until there is an answer. */
export const everyCaseOnceMore = async ({ office }: Work): Promise<void> => {
  for (let n = 0; n < CASES; n += 1) await untilTaken(() => office.post(commandsOf(n), chase(n)))
}
