import type { Me } from './generated/api/types.gen'

export type Entry = {
  readonly to: string
  readonly title: string
  /** Shown to whoever the interface says may do this (`GET /me`). */
  readonly may?: Me['may'][number]
}

/** What everybody uses, also at the foot of a telephone. */
export const daily: readonly Entry[] = [
  { to: '/', title: '今日' },
  { to: '/cases', title: '台账' },
  { to: '/rounds', title: '轮次' },
]

export const rest: readonly Entry[] = [
  { to: '/figures', title: '统计', may: 'read-ledger' },
  { to: '/kinds/petition', title: '信访' },
  { to: '/kinds/instruction', title: '批示' },
  { to: '/kinds/referral', title: '移送' },
  { to: '/kinds/inspection', title: '督查' },
  { to: '/kinds/opinion', title: '舆情' },
  { to: '/kinds/consequence', title: '处罚补偿' },
]
