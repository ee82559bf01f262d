import { isPeriod } from '../calendar/periods.js'
import type { Rules } from '../context.js'
import type { Entry } from '../entry.js'
import type { RequiredField } from '../policy.js'
import { firstRefusal, never, type Refusal, refuse } from '../refusal.js'
import type { UnitName } from '../words.js'

export const FIELD_TITLES: Readonly<Record<RequiredField, string>> = {
  target: '整改目标',
  units: '责任单位(实施主体)',
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

/** Does the entry say this? A deadline nobody is sure of is none (JN-02). */
export const says = (entry: Entry, field: RequiredField): boolean => {
  switch (field) {
    case 'target':
      return Boolean(entry.target?.trim())
    case 'units':
      return entry.units.length > 0
    case 'measures':
      return Boolean(entry.measures?.trim())
    case 'deadline':
      return entry.deadline.kind !== 'unknown'
    case 'lead-unit':
      return entry.leadUnits.length > 0
    case 'cooperating-units':
      return entry.cooperatingUnits.length > 0
    case 'supervising-unit':
      return entry.supervisingUnit !== undefined
    case 'persons':
      return entry.persons.length > 0
    case 'municipal-leader':
      return entry.leaders.municipal !== undefined
    case 'county-leader':
      return entry.leaders.county !== undefined
    case 'department-leader':
      return entry.leaders.department !== undefined
    default:
      return never(field)
  }
}

const AMEND = { act: 'amend-entry', title: '补充台账' }

/** May this entry be handed over under its policy? The first rule it breaks, by clause. */
export const handoverRefusal = (rules: Rules, entry: Entry): Refusal | undefined =>
  firstRefusal(
    missingField(rules, entry),
    openQuestion(entry),
    severalLeads(rules, entry),
    partiesApart(rules, entry),
    officeVerifiesItself(rules, entry),
    classRules(rules, entry),
    wholeClassShut(rules, entry),
    entry.duties.every(({ period }) => isPeriod(period))
      ? undefined
      : refuse('invalid', 'JN-06', '定期义务的周期写法不对,应如 P6M(每半年)', AMEND),
  )

const missingField = ({ policy }: Rules, entry: Entry): Refusal | undefined => {
  const missing = policy.handover.requires.filter(({ field }) => !says(entry, field))
  const [first] = missing
  return first
    ? refuse(
        'invalid',
        first.clause,
        `缺${missing.map(({ field }) => FIELD_TITLES[field]).join('、')},不能交办`,
        AMEND,
      )
    : undefined
}

const openQuestion = ({ questions, deadline }: Entry): Refusal | undefined => {
  if (deadline.kind === 'unknown') return refuse('invalid', 'JN-02', '整改时限尚未明确,不能交办', AMEND)
  const [question] = questions
  return question === undefined
    ? undefined
    : refuse('invalid', 'JN-02', `还有 ${questions.length} 个疑问未答复:${question}`, AMEND)
}

const severalLeads = (_rules: Rules, { leadUnits }: Entry): Refusal | undefined =>
  leadUnits.length > 1
    ? refuse('invalid', 'CD-01', `牵头验收单位只能有一个,现有${leadUnits.join('、')}`, AMEND)
    : undefined

const partiesApart = ({ policy }: Rules, entry: Entry): Refusal | undefined => {
  for (const { party, clause } of policy.handover.apart) {
    const others: readonly UnitName[] =
      party === 'acceptance-units'
        ? [...entry.leadUnits, ...entry.cooperatingUnits]
        : entry.supervisingUnit
          ? [entry.supervisingUnit]
          : []
    const both = others.find((unit) => entry.units.includes(unit))
    if (both !== undefined) {
      const title = party === 'acceptance-units' ? '验收单位' : '监管单位'
      return refuse('invalid', clause, `${both}是责任单位,不能同时作${title}`, AMEND)
    }
  }
  return undefined
}

/** The office never verifies its own measure, nor looks back at it, nor decides on its ladder; another body is asked for (JN-17, GN-08). */
const officeVerifiesItself = ({ policy }: Rules, entry: Entry): Refusal | undefined => {
  const { unit, aliases } = policy.office
  const isOffice = (name: UnitName) => name === unit || aliases.includes(name)
  if (!entry.units.some(isOffice)) return undefined
  const substitute = entry.officeSubstitute
  if (substitute === undefined) {
    return refuse('invalid', 'JN-17', '整改办不得验收自己负责的事项,请另定核实单位', AMEND)
  }
  return isOffice(substitute) || entry.units.includes(substitute)
    ? refuse('invalid', 'JN-17', `${substitute}对本事项负责,不能代整改办核实`, AMEND)
    : undefined
}

/** No “一刀切”: a measure that shuts a whole class carries its reason and its approver (JN-22). */
const wholeClassShut = ({ policy }: Rules, entry: Entry): Refusal | undefined => {
  const { shutsWholeClass } = entry
  const said = policy.wholeClass?.words.find((word) =>
    [entry.text, entry.target, entry.measures].some((text) => text?.includes(word)),
  )
  if (said !== undefined && !shutsWholeClass)
    return refuse(
      'invalid',
      policy.wholeClass?.clause ?? 'JN-22',
      `措施写有“${said}”,关停一类的措施须写明理由和批准人`,
      AMEND,
    )
  return shutsWholeClass && !(shutsWholeClass.reason.trim() && shutsWholeClass.approvedBy.trim())
    ? refuse('invalid', 'JN-22', '关停一类的措施须写明理由和批准人', AMEND)
    : undefined
}

const classRules = ({ policy }: Rules, entry: Entry): Refusal | undefined => {
  const { longTerm } = policy.classes
  const stageMissing = entry.deadline.kind === 'long-term' && entry.nodes.length === 0
  return stageMissing && longTerm.stageTarget === 'required'
    ? refuse('invalid', longTerm.clause, '长期坚持的事项须有带日期的阶段目标', AMEND)
    : undefined
}
