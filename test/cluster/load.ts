import { setTimeout as pause } from 'node:timers/promises'
import { newRegister, type Register } from '../../chaos/asked.js'
import { GivenUp, persistentDoor } from '../../chaos/door.js'
import { randomFrom } from '../../chaos/random.js'
import { type Door, Refused } from '../../cli/http.js'
import { signIn } from '../../cli/session.js'
import type { Cluster } from './layout.js'

export const ROUND = 'cluster-2026'
export const CASES = 40
const CALLERS = 8

const plan = [
  '栖澜市整改方案',
  '发布日期:2026-06-18',
  '二、整改任务',
  ...Array.from({ length: CASES }, (_, index) =>
    [
      `${index + 1}.第${index + 1}号排口雨天有污水溢流进入栖水河。`,
      '责任单位:市城市管理局',
      '责任人:市城市管理局主要负责人',
      '牵头验收单位:市水务局',
      '配合验收单位:市生态环境局',
      '包案领导:沈知远',
      '整改目标:雨天无污水直排栖水河。',
      '整改措施:改造混接管网,封堵混接排口。',
      '整改时限:2099年9月底',
    ].join('\n'),
  ),
].join('\n\n')

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

/** Eight callers hand over every case and chase it, until it is over; refusals are answers. */
export const work = async ({ office }: Work, isOver: () => boolean): Promise<void> => {
  let sent = 0
  const caller = async (): Promise<void> => {
    while (!isOver()) {
      const n = sent++
      const path = `/cases/${ROUND}/${String((n % CASES) + 1).padStart(3, '0')}/commands`
      const body =
        n < CASES
          ? { type: 'hand-over' }
          : { type: 'chase', whom: 'responsible-unit', words: `第 ${n} 次催办` }
      await office.post(path, body).catch((error: unknown) => {
        if (!(error instanceof GivenUp || error instanceof Refused)) throw error
      })
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
}
