import { UNSAID } from './labels.js'
import type { MissingField, OtherParty, ReadNode } from './types.js'

/** What each missing field is called when the coordinator is asked for it. */
export const FIELD_TITLES: Readonly<Record<MissingField, string>> = {
  units: '责任单位',
  persons: '责任人',
  deadline: '整改时限',
  target: '整改目标',
  measures: '整改措施',
  leadUnit: '牵头单位',
  acceptanceUnit: '验收单位',
  leadAcceptanceUnit: '牵头验收单位',
  cooperatingAcceptanceUnit: '配合验收单位',
  supervisingUnit: '监管单位',
  caseLeader: '包案领导',
  countyLeader: '牵头县级领导',
  departmentLeader: '部门负责领导',
}

type Known = {
  readonly others: readonly OtherParty[]
  readonly text: string
  readonly nodes: readonly ReadNode[]
}

/** One sentence for each gap; where the text offers a candidate, it is named and left to the coordinator. */
export const questionsFor = (missing: readonly MissingField[], known: Known): string[] =>
  missing.map((field) => {
    const lead = known.others.find(({ role }) => role.includes('牵头') && !role.includes('验收'))
    if (field === 'units' && lead) return `未写明责任单位,牵头单位“${lead.name}”是否即责任单位?`
    const unsaid = known.others.find(({ role }) => role === UNSAID.name)
    if (field === 'units' && unsaid) return `括号中所列“${unsaid.name}”是否为责任单位?`
    const [node] = known.nodes
    if (field === 'deadline' && node) return `未写明整改时限,正文“${node.text}”是否即整改时限?`
    return `未写明${FIELD_TITLES[field]},请补充。`
  })
