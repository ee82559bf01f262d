import { z } from 'zod'
import { SEAT_TITLES } from '../../domain/parties.js'
import { PAPER_TITLES, type RequiredField, RUNG_TITLES } from '../../domain/policy.js'
import { nearest } from '../suggest.js'
import { absentOr } from './mapping.js'

const idOf = <Id extends string>(titles: Readonly<Record<Id, string>>, written: string): Id | undefined => {
  const ids = Object.keys(titles) as Id[]
  return ids.find((id) => id === written || titles[id] === written)
}

/** One of a set of words, written by its name in the file or by its Chinese title. */
export const word = <Id extends string>(titles: Readonly<Record<Id, string>>, what: string) => {
  const ids = Object.keys(titles) as Id[]
  const written = [...new Set([...ids, ...Object.values<string>(titles)])]
  const choices = ids.map((id) => `${id}(${titles[id]})`).join('、')
  const complaint = (input: unknown): string => {
    const meant = typeof input === 'string' ? nearest(input, written) : undefined
    return meant ? `${what}没有“${String(input)}”,是不是“${meant}”?` : `${what}可以写:${choices}`
  }
  return z
    .enum(written, { error: (issue) => absentOr(complaint(issue.input))(issue) })
    .meta({ titles })
    .describe(what)
    .transform((text, context): Id => {
      const id = idOf(titles, text)
      if (id !== undefined) return id
      context.issues.push({ code: 'custom', input: text, message: complaint(text) })
      return z.NEVER
    })
}

export const FIELD_TITLES: Readonly<Record<RequiredField, string>> = {
  target: '整改目标',
  units: '责任单位',
  measures: '整改措施',
  deadline: '整改时限',
  'lead-unit': '牵头验收单位',
  'cooperating-units': '配合验收单位',
  'supervising-unit': '监管单位',
  persons: '责任人',
  'municipal-leader': '包案市级领导',
  'county-leader': '牵头县级领导',
  'department-leader': '部门负责领导',
}

export const PARTY_TITLES = { 'acceptance-units': '验收单位', 'supervising-unit': '监管单位' } as const
export const NEED_TITLES = { plan: '整改方案', leader: '包案领导', team: '工作班子' } as const
export const STAGE_TITLES = { required: '须有阶段目标', optional: '可以没有阶段目标' } as const
export const FORM_TITLES = { review: '审核', signature: '签字' } as const
export const DEPUTY_TITLES = { allowed: '可以委托', 'in-person': '本人办理' } as const
export const WHERE_TITLES = { 'on-site': '现场', anywhere: '不限地点' } as const
export const EVIDENCE_TITLES = { required: '须附材料', optional: '可不附材料' } as const
export const COUNTING_TITLES = { 'from-first-day': '发布当日计入', 'from-next-day': '次日起算' } as const
export const RECEIPT_TITLES = { required: '须有回执', 'not-required': '不要回执' } as const
export const RAISER_TITLES = {
  engine: '系统',
  'office-head': '整改办主任',
  'case-leader': '包案领导',
} as const
export const RELEASER_TITLES = { 'office-head': '整改办主任', 'case-leader': '包案领导' } as const
export const DECIDER_TITLES = {
  'case-leader': '包案领导',
  secretary: '书记',
  mayor: '市(县、区)长',
  'office-head': '整改办主任',
} as const

export const seat = (what: string) => word(SEAT_TITLES, what)
export const rungName = word(RUNG_TITLES, '督办措施')
export const paper = word(PAPER_TITLES, '文书')
export const LEVEL_TITLES = {
  central: '中央',
  provincial: '省级',
  municipal: '市级',
  county: '县级',
} as const
