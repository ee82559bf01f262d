import type { DateContext } from './dates.js'
import { type DeadlineReading, deadlineIn, NO_DEADLINE } from './deadlines.js'
import type { Draft, LabelledValue } from './drafts.js'
import { dutiesIn } from './duties.js'
import { labelOf, type Role } from './labels.js'
import { append } from './lists.js'
import { isBlankValue, type Names, personsIn, unitsIn } from './names.js'
import { nodesIn } from './nodes.js'
import { proseDeadline } from './prose-deadline.js'
import { questionsFor } from './questions.js'
import type { MissingField, OtherParty, ReadEntry } from './types.js'

/** Fields every item of this plan is expected to have. */
export type Expected = ReadonlySet<MissingField>

/** One draft as an entry: parties, deadline, nodes and duties read, what lacks named, what is unsure asked. */
export const entryOf = (draft: Draft, n: number, expected: Expected, context: DateContext): ReadEntry => {
  const values = draft.values
  const asked: string[] = []
  const inherited = draft.inherited.filter(
    ({ label }) => !values.some((each) => each.label.role === label.role),
  )
  if (inherited.length > 0) asked.push(`${list(inherited)}写在上级标题中,是否适用于本项?`)
  const all = [...values, ...inherited]

  const { units, persons, others } = partiesIn(all, asked)
  const text = textOf(draft)
  const target = contentOf(values, 'target')
  const measures = contentOf(values, 'measures')
  const found = nodesIn(text, context)
  const deadline = deadlineFor(all, text, context)

  const nodes = [...deadline.nodes, ...found.nodes].filter(
    (node) => !(deadline.fromProse && node.date === deadline.deadline.date),
  )
  const present = presentIn(all, { units, persons, others })
  if (deadline.deadline.text !== '') present.add('deadline')
  const missing = [...expected].filter((field) => !present.has(field))
  return {
    n,
    lines: [draft.from, draft.to],
    section: draft.section,
    text,
    units,
    persons,
    others,
    deadline: deadline.deadline,
    nodes: distinct(nodes),
    duties: dutiesIn(text),
    missing,
    questions: [
      ...new Set([
        ...questionsFor(missing, { others, text, nodes }),
        ...asked,
        ...deadline.questions,
        ...found.questions,
      ]),
    ],
    ...(target === '' ? {} : { target }),
    ...(measures === '' ? {} : { measures }),
  }
}

type Parties = {
  readonly units: readonly string[]
  readonly persons: readonly string[]
  readonly others: readonly OtherParty[]
}

const partiesIn = (values: readonly LabelledValue[], asked: string[]): Parties => {
  const units: string[] = []
  const others: OtherParty[] = []
  const take = (names: Names) => {
    append(others, names.others)
    append(
      asked,
      names.doubts.map((doubt) => `“${doubt}”具体指哪些单位或人员?`),
    )
    return names.names
  }
  for (const { label, value } of values) {
    if (label.role === 'units') append(units, take(unitsIn(value)))
    if (label.role === 'units-and-persons') append(units, take(unitsIn(withoutPersons(value))))
    if (label.role === 'other-unit') {
      const names = unitsIn(value)
      const parts = new Map(names.others.map(({ name, role }) => [name, role.slice(0, 2)]))
      const all = [...new Set([...names.names, ...parts.keys()])]
      append(
        others,
        all.map((name) => ({ role: roleWithin(label.name, parts.get(name)), name })),
      )
      take({ ...names, others: [] })
    }
  }
  const distinctUnits = [...new Set(units)]
  const persons: string[] = []
  for (const { label, value } of values) {
    if (label.role === 'persons') append(persons, take(personsIn(value, distinctUnits)))
    if (label.role === 'units-and-persons')
      append(persons, take(personsIn(onlyPersons(value), distinctUnits)))
    if (label.role === 'other-person') {
      const names = take(personsIn(value, distinctUnits))
      append(
        others,
        names.map((name) => ({ role: label.name, name })),
      )
    }
  }
  return { units: distinctUnits, persons: [...new Set(persons)], others: distinctParties(others) }
}

/** 验收单位:市生态环境局(牵头)、市住建局(配合) names a 牵头验收单位 and a 配合验收单位. */
const roleWithin = (label: string, part: string | undefined): string =>
  part === undefined || label.includes('牵头') || label.includes('配合') ? label : part + label

/** 市环保局(张三)、市住建局 李四: the unit of each. */
const withoutPersons = (value: string): string =>
  value.replace(/[(（][^()（）]{1,20}[)）]/g, '').replace(/[  ]+[\u4e00-\u9fff·]{2,4}(?=[、,，;；\n]|$)/g, '')

/** The person of each, and the offices that carry a title. */
const onlyPersons = (value: string): string => {
  const named = [
    ...value.matchAll(/[(（]([^()（）]{1,20})[)）]|[  ]([\u4e00-\u9fff·]{2,4})(?=[、,，;；\n]|$)/g),
  ]
  return named.length > 0 ? named.map((hit) => hit[1] ?? hit[2] ?? '').join('、') : ''
}

const distinctParties = (parties: readonly OtherParty[]): OtherParty[] => [
  ...new Map(parties.map((party) => [`${party.role}\n${party.name}`, party])).values(),
]

const distinct = <T extends { readonly text: string; readonly date: string }>(nodes: readonly T[]): T[] => [
  ...new Map(nodes.map((node) => [`${node.date}\n${node.text}`, node])).values(),
]

const contentOf = (values: readonly LabelledValue[], role: Role): string =>
  values
    .filter(({ label }) => label.role === role)
    .map(({ value }) => value)
    .filter((value) => !isBlankValue(value))
    .join('\n')

/** The words of the problem or the measure; labelled contents keep their label, parties and deadline are left out. */
const textOf = (draft: Draft): string => {
  const labelled = draft.values.flatMap(({ label, value }) => {
    if (isBlankValue(value)) return []
    if (label.role === 'problem') return [value]
    return label.role === 'target' || label.role === 'measures' ? [`${label.name}:${value}`] : []
  })
  const words = draft.words.filter((word) => word !== '')
  const [only] = labelled
  if (words.length === 0 && labelled.length === 1 && only !== undefined)
    return only.replace(/^[^:]{2,8}:/, '')
  return [...words, ...labelled].join('\n')
}

type Found = DeadlineReading & { readonly fromProse: boolean }

const deadlineFor = (values: readonly LabelledValue[], text: string, context: DateContext): Found => {
  const written = values.filter(({ label, value }) => label.role === 'deadline' && !isBlankValue(value))
  if (written.length > 0)
    return { ...deadlineIn(written.map(({ value }) => value).join(';'), context), fromProse: false }
  const prose = proseDeadline(text, context)
  return prose ? { ...prose, fromProse: true } : { ...NO_DEADLINE, fromProse: false }
}

/** Which of the expected fields the entry has. 配合单位:无 is an answer; 责任人: with nothing after it is none. */
const presentIn = (values: readonly LabelledValue[], parties: Parties): Set<MissingField> => {
  const present = new Set<MissingField>()
  if (parties.units.length > 0) present.add('units')
  if (parties.persons.length > 0) present.add('persons')
  for (const { label, value } of values) {
    if (isBlankValue(value)) continue
    if (label.role === 'target') present.add('target')
    if (label.role === 'measures') present.add('measures')
    if (label.field) present.add(label.field)
    if (label.field === 'leadAcceptanceUnit') present.add('acceptanceUnit')
  }
  for (const { role } of parties.others) {
    const field = labelOf(role)?.field
    if (field) present.add(field)
  }
  return present
}

const list = (values: readonly LabelledValue[]): string =>
  values.map(({ label, value }) => `“${label.name}:${value}”`).join('、')
