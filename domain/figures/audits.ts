import type { Clause } from '../words.js'

/** The three standing audits (HH-13). */
export const AUDITS = ['unowned', 'unanswered', 'unverified'] as const
export type Audit = (typeof AUDITS)[number]
export const AUDIT_CLAUSE: Clause = 'HH-13'

export const AUDIT_TITLES: Readonly<Record<Audit, { readonly title: string; readonly rule: string }>> = {
  unowned: { title: '件件有着落', rule: '未结的每一件都有责任人,也有下一个日期' },
  unanswered: { title: '事事有回音', rule: '应当答复的每一件都按期答复' },
  unverified: { title: '条条改到位', rule: '销号的每一条都经责任单位以外的人核查签署,节点全部完成' },
}

/** What is wrong with a violator. */
export type Violation =
  | 'no-owner'
  | 'no-date'
  | 'answer-late'
  | 'ended-unanswered'
  | 'no-verification'
  | 'open-nodes'

export const VIOLATION_TITLES: Readonly<Record<Violation, string>> = {
  'no-owner': '没有责任人',
  'no-date': '没有下一个日期',
  'answer-late': '到期未答复',
  'ended-unanswered': '已办结而没有答复',
  'no-verification': '已销号而没有有效的核查签署',
  'open-nodes': '已销号而节点没有完成',
}
