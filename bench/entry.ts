import type { Entry } from '../domain/entry.js'
import type { PersonId, PlainDate, UnitName } from '../domain/words.js'

/** A unit of the sample city, whose clerk an embedded installation knows (`api/seed.ts`). */
export const UNIT = '市住房和城乡建设局' as UnitName
const LEADER = { person: 'leader' as PersonId, name: '沈知远' }

/** An entry as plans have them, that every shipped city's rules let be handed over. */
export const entryOf = (n: number, due: PlainDate): Entry => ({
  n,
  lines: [n, n + 2],
  section: ['一、水污染防治'],
  text: `第${n}项:城区生活污水处理能力不足,二期工程推进迟缓,雨季部分污水未经处理溢流入河,下游断面水质不能稳定达标。`,
  units: [UNIT],
  persons: [`${UNIT}主要负责人`],
  deadline: { kind: 'by-date', text: due, date: due },
  nodes: [],
  duties: [],
  target: '污水全收集、全处理,断面水质稳定达标',
  measures: '建成二期扩建工程;完成雨污分流改造;整改错接混接点;建立巡查台账',
  leadUnits: ['市生态环境局' as UnitName],
  cooperatingUnits: ['市水务局' as UnitName],
  supervisingUnit: '市城市管理局' as UnitName,
  leaders: { municipal: LEADER, county: LEADER, department: LEADER },
  others: [],
  questions: [],
})
