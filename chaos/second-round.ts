import type { Door } from '../cli/http.js'
import { Refused } from '../cli/http.js'
import { GivenUp } from './door.js'

const ROUND = 'second-2026'

/** A plan of so many matters, all of which can be handed over. */
const planOf = (cases: number): string =>
  [
    '栖澜市贯彻落实省生态环境保护督察反馈意见整改方案',
    '发布日期:2026-06-18',
    '二、整改任务',
    ...Array.from({ length: cases }, (_, index) =>
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

/** A real round, opened on its feedback, given its plan and handed over while parts die under it. */
export const openSecondRound = async (office: Door, cases: number): Promise<void> => {
  await untilTaken(() =>
    office.post('/rounds', { id: ROUND, title: '第二轮', policy: 'sample', feedbackDate: '2026-05-08' }),
  )
  await untilTaken(() => office.post(`/rounds/${ROUND}/plan`, { plan: { text: planOf(cases) } }))
  await untilTaken(() => office.post(`/rounds/${ROUND}/hand-over`, {}))
}

/** Somebody who lost patience comes back with a new key; what is there already is refused, and that is an answer. */
const untilTaken = async (ask: () => Promise<unknown>): Promise<void> => {
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
