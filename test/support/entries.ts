import type { EvidenceItem, Finding, ReturnContent, SiteVisit, Source } from '../../domain/case/commands.js'
import type { Deadline, Entry } from '../../domain/entry.js'
import { sha256Of } from '../../domain/record/chain.js'
import { type Instant, plainDate } from '../../domain/words.js'
import { unit, 包案领导, 县级领导, 部门领导 } from './people.js'

export const until = (date: string): Deadline => ({ kind: 'by-date', text: date, date: plainDate(date) })
export const 立行立改: Deadline = { kind: 'immediate', text: '立行立改' }
export const 长期坚持: Deadline = { kind: 'long-term', text: '长期坚持' }
export const 立行立改长期坚持: Deadline = { kind: 'mixed', text: '立行立改,长期坚持' }

/** An entry that satisfies every city's rules of handing over; a story changes what it is about. */
export const entryFor = (changed: Partial<Entry> = {}): Entry => ({
  n: 1,
  lines: [1, 3],
  section: ['一、水污染防治'],
  text: '甲县污水处理厂超负荷运转,部分污水直排。',
  units: [unit('甲县政府')],
  persons: ['甲县政府主要负责人'],
  deadline: until('2020-06-30'),
  nodes: [],
  duties: [],
  target: '污水全收集、全处理',
  measures: '建成二期扩建工程',
  leadUnits: [unit('市生态环境局')],
  cooperatingUnits: [unit('市水利局')],
  supervisingUnit: unit('市住建局'),
  leaders: {
    municipal: { person: 包案领导.person, name: 包案领导.name },
    county: { person: 县级领导.person, name: 县级领导.name },
    department: { person: 部门领导.person, name: 部门领导.name },
  },
  others: [],
  questions: [],
  ...changed,
})

export const 省督察: Source = { name: '省生态环境保护督察', level: 'provincial' }
export const 中央督察: Source = { name: '中央生态环境保护督察', level: 'central' }

export const 材料 = (name: string): EvidenceItem => ({
  sha256: sha256Of(name),
  name: `${name}.pdf`,
  mediaType: 'application/pdf',
  bytes: name.length * 1000,
})

export const returned = (progress: number, changed: Partial<ReturnContent> = {}): ReturnContent => ({
  progress,
  done: '按计划推进',
  hinders: '',
  help: '',
  nodes: [],
  duties: [],
  evidence: [],
  ...changed,
})

/** 重大事项 (JN-08), as a unit's clerk reports it. */
export const aMatter = (since: Instant, what = '进水管爆裂,污水外溢') => ({
  type: 'report-matter' as const,
  ...{ what, where: '甲县污水处理厂', since, done: '已启用应急池' },
})

export const onSite = (at: Instant): SiteVisit => ({
  place: '甲县污水处理厂',
  at,
  photos: [{ ...材料('现场照片'), mediaType: 'image/jpeg' }],
  observers: [],
})

export const 三项达标: readonly Finding[] = ['污染消除', '生态恢复', '群众满意'].map((title) => ({
  title,
  met: 'met',
  note: '经核查属实',
  evidence: [sha256Of(title)],
}))
