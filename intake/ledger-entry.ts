import type { Deadline, Entry, NamedOfficer } from '../domain/entry.js'
import type { UnitName } from '../domain/words.js'
import type { ReadDeadline, ReadEntry } from './types.js'

/** Whom the register knows by a name the plan writes; a name it does not know stays among the other parties. */
export type KnownPeople = (name: string) => NamedOfficer | undefined

type Part = 'lead' | 'cooperating' | 'supervising' | 'municipal' | 'county' | 'department' | 'area'

/** The plan's own labels, and which part in a case they mean. The first that fits decides; the narrower stand first. */
const PARTS: readonly { readonly part: Part; readonly words: RegExp }[] = [
  { part: 'county', words: /^牵头(?:县|区)/ },
  { part: 'department', words: /^(?:部门|单位)(?:负责|分管)领导$/ },
  { part: 'municipal', words: /(?:包案|包保|包联|包抓|挂点|挂钩|联点|包干|督导|分管|牵头).*领导/ },
  { part: 'cooperating', words: /^(?:配合|参与)(?:验收|核查|销号)|^(?:验收|核查|销号)配合/ },
  {
    part: 'lead',
    words: /^牵头(?:验收|核查|销号)|^(?:验收|核查|销号)牵头|^(?:验收|核查|销号)(?:责任)?(?:单位|部门)$/,
  },
  { part: 'supervising', words: /^(?:行业)?(?:监管|主管|监督)(?:责任)?(?:单位|部门)$/ },
  { part: 'area', words: /^(?:所在|属地)(?:地区|县区|区县|县|区)?$/ },
]

const partOf = (role: string): Part | undefined => PARTS.find(({ words }) => words.test(role))?.part

/**
 * What the plan says of one measure, as a line of the ledger. Nothing is added: what the text does not say stays absent,
 * and every question of the reading goes along to the coordinator.
 */
export const ledgerEntryOf = (read: ReadEntry, n: number, people: KnownPeople = () => undefined): Entry => {
  const parties = read.others.map((other) => ({ ...other, part: partOf(other.role) }))
  const names = (part: Part): readonly string[] =>
    parties.filter((party) => party.part === part).map(({ name }) => name)
  const units = (part: Part): readonly UnitName[] => [...new Set(names(part))] as unknown as UnitName[]
  const leader = (part: Part): NamedOfficer | undefined => {
    const [name] = names(part)
    return name === undefined ? undefined : people(name)
  }
  const municipal = leader('municipal')
  const county = leader('county')
  const department = leader('department')
  const [supervisingUnit] = units('supervising')
  const [area] = names('area')
  return {
    n,
    lines: read.lines,
    section: read.section,
    text: read.text,
    units: read.units as unknown as readonly UnitName[],
    persons: read.persons,
    deadline: deadlineOf(read.deadline),
    nodes: read.nodes,
    duties: read.duties,
    ...(read.target !== undefined && { target: read.target }),
    ...(read.measures !== undefined && { measures: read.measures }),
    leadUnits: units('lead'),
    cooperatingUnits: units('cooperating'),
    ...(supervisingUnit !== undefined && { supervisingUnit }),
    leaders: {
      ...(municipal && { municipal }),
      ...(county && { county }),
      ...(department && { department }),
    },
    ...(area !== undefined && { area }),
    others: read.others,
    questions: read.questions,
  }
}

/** A date that is not there is not sure: then the deadline is unknown, and asked for (JN-02). */
const deadlineOf = ({ kind, text, date }: ReadDeadline): Deadline => {
  if (kind !== 'by-date') return { kind, text }
  return date === null ? { kind: 'unknown', text } : { kind, text, date }
}

/** Names by which a plan calls leaders, with the part they have: for finding them, or a drill's stand-ins. */
export const leadersNamed = (read: ReadEntry): readonly string[] =>
  read.others.flatMap(({ role, name }) => {
    const part = partOf(role)
    return part === 'municipal' || part === 'county' || part === 'department' ? [name] : []
  })
