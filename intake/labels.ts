import type { MissingField } from './types.js'

/** What a label announces. */
export type Role =
  | 'units'
  | 'persons'
  | 'units-and-persons'
  | 'deadline'
  | 'other-unit'
  | 'other-person'
  | 'target'
  | 'measures'
  | 'problem'
  | 'aside'

export type Label = {
  readonly role: Role
  /** The label in the plan's own words. */
  readonly name: string
  /** The field an entry lacks when this party is expected and absent. */
  readonly field: MissingField | null
}

type Rule = { readonly role: Role; readonly words: RegExp; readonly field?: MissingField }

const UNIT = '(?:单位|部门|主体|机构|科室|处室|股室)'
const LEADER = '(?:领导|责任人|负责人|联系人|专班|人)'

/**
 * The synonym table. A city's new wording is added here and nowhere else; the first rule that fits decides,
 * so the narrower stand first.
 */
const RULES: readonly Rule[] = [
  // What the file says about itself.
  {
    role: 'aside',
    words:
      /^(?:发布|成文|印发|更新|生成|公布|会议|办公|举报|受理|咨询|公示|签发|报送|填报|统计|制表|截稿)(?:日期|时间|期限|时限|单位|部门|机构|人)?$/,
  },
  { role: 'aside', words: /^(?:联系|监督|咨询|举报)(?:电话|方式|邮箱|地址|人及电话|人)$/ },
  // Both at once.
  {
    role: 'units-and-persons',
    words: /^(?:整改)?责任(?:单位|部门|主体)(?:及|和|、|\/|与)(?:整改)?责任(?:人|领导|人员)$/,
  },
  {
    role: 'units-and-persons',
    words: /^(?:整改)?责任(?:人|领导)(?:及|和|、|\/|与)(?:整改)?责任(?:单位|部门|主体)$/,
  },
  // Who verifies, supervises, leads and helps.
  {
    role: 'other-unit',
    field: 'leadAcceptanceUnit',
    words: /^牵头(?:验收|核查|销号)(?:责任)?(?:单位|部门)$/,
  },
  {
    role: 'other-unit',
    field: 'cooperatingAcceptanceUnit',
    words: /^(?:配合|参与)(?:验收|核查|销号)(?:责任)?(?:单位|部门)$/,
  },
  { role: 'other-unit', field: 'leadAcceptanceUnit', words: /^(?:验收|核查|销号)牵头(?:单位|部门)$/ },
  { role: 'other-unit', field: 'cooperatingAcceptanceUnit', words: /^(?:验收|核查|销号)配合(?:单位|部门)$/ },
  {
    role: 'other-unit',
    field: 'acceptanceUnit',
    words: new RegExp(`^.{0,4}(?:验收|核查|销号|复核|审核|核实).{0,4}${UNIT}$`),
  },
  {
    role: 'other-unit',
    field: 'supervisingUnit',
    words: new RegExp(`^.{0,4}(?:监管|监督|行业主管|主管|督导|督办|督查|督促|指导|督察).{0,4}${UNIT}$`),
  },
  { role: 'other-unit', field: 'leadUnit', words: new RegExp(`^.{0,4}(?:牵头|总牵头|统筹).{0,4}${UNIT}$`) },
  {
    role: 'other-unit',
    words: new RegExp(`^.{0,4}(?:配合|协办|协助|协同|参与|参加|协作|支持|会办|联合).{0,4}${UNIT}$`),
  },
  {
    role: 'other-person',
    field: 'caseLeader',
    words: new RegExp(`^.{0,4}(?:包案|包保|包联|包抓|挂点|挂牌|挂钩|联点|包干).{0,4}${LEADER}$`),
  },
  { role: 'other-person', field: 'countyLeader', words: /^牵头(?:县|区|县区|县级|区级)(?:级)?领导$/ },
  { role: 'other-person', field: 'departmentLeader', words: /^(?:部门|单位)(?:负责|分管)领导$/ },
  {
    role: 'other-person',
    words: new RegExp(`^.{0,4}(?:牵头|分管|督导|督办|联系|监管|验收|配合|协调|审核|主管).{0,4}${LEADER}$`),
  },
  // Who answers for it.
  {
    role: 'persons',
    words: /^.{0,6}(?:责任人|责任领导|责任人员|负责人|负责领导|负责同志|责任(?:县|市|区|厅)?级?领导)$/,
  },
  {
    role: 'units',
    words: new RegExp(`^.{0,6}(?:责任|主责|实施|落实|承办|主办|整改|承担|执行|负责|属地)${UNIT}$`),
  },
  { role: 'units', words: /^(?:整改)?(?:责任|实施)?主体$|^属地责任$/ },
  // By when.
  { role: 'deadline', words: /^.{0,6}(?:时限|期限|限期)(?:要求)?$/ },
  {
    role: 'deadline',
    words:
      /^(?:计划|预计|拟|要求|整改|任务|最迟|应|拟定)?(?:整改)?(?:完成|办结|截止|销号|整改|到位|达标)(?:的)?(?:时间|日期|时间节点|节点|时间要求)$/,
  },
  { role: 'deadline', words: /^(?:时间|进度)(?:节点|要求|安排|进度|限制)$|^完成时间节点$/ },
  // What it is.
  {
    role: 'target',
    words:
      /^.{0,4}(?:整改目标|工作目标|目标任务|整改目标任务|目标要求|整改标准|预期目标|验收标准|销号标准|目标)$/,
  },
  {
    role: 'measures',
    words: /^.{0,4}(?:措施|举措|整改内容|整改方案|具体做法|整改要求|措施及要求|工作内容)$/,
  },
  {
    role: 'problem',
    words:
      /^.{0,6}(?:问题|问题描述|问题内容|问题表现|问题清单|整改任务|任务内容|工作任务|重点任务|具体任务|主要任务|任务|事项|整改事项|项目名称|反馈意见|问题概况|问题情况|案件内容)$/,
  },
  {
    role: 'aside',
    words:
      /^.{0,4}(?:备注|进展|进展情况|整改情况|完成情况|整改进展|问题来源|来源|编号|序号|依据|资金来源|所在地|位置|类别|类型)$/,
  },
]

/** Parties in a closing bracket that does not say what they do there. */
export const UNSAID: Label = { role: 'other-unit', name: '括号所列单位', field: null }

/** Headers of a ledger that say less than a label in running text must. */
const COLUMN_RULES: readonly Rule[] = [
  { role: 'units', words: /^(?:单位|部门|责任)$/ },
  { role: 'persons', words: /^(?:领导|人员)$/ },
  { role: 'deadline', words: /^(?:时间|日期|时限|完成时间)$/ },
  { role: 'problem', words: /^(?:内容|项目|名称|任务名称|整改项目|工作)$/ },
]

const first = (rules: readonly Rule[], words: string): Label | null => {
  const rule = rules.find((candidate) => candidate.words.test(words))
  return rule ? { role: rule.role, name: words, field: rule.field ?? null } : null
}

const LONGEST = 16

/** What these words announce before a colon; null when they are no label of a plan. */
export const labelOf = (words: string): Label | null => {
  const plain = words.replace(/\s/g, '')
  if (plain.length < 2 || plain.length > LONGEST) return null
  return first(RULES, withoutBrackets(plain))
}

/** What these words announce at the head of a column. */
export const columnOf = (words: string): Label | null => {
  const plain = words.replace(/\s/g, '')
  if (plain.length < 2 || plain.length > LONGEST) return null
  return first(RULES, withoutBrackets(plain)) ?? first(COLUMN_RULES, withoutBrackets(plain))
}

/** `验收单位(牵头)` is 牵头验收单位; any other remark in brackets says nothing about the role. */
const withoutBrackets = (words: string): string => {
  const bracket = /^(.{2,10})[(（](.{1,8})[)）]$/.exec(words)
  if (!bracket) return words
  const [, label = '', remark = ''] = bracket
  return remark === '牵头' || remark === '配合' ? remark + label : label
}

/** Parties and the deadline: what makes a passage an entry. */
export const isAttribute = ({ role }: Label): boolean => ATTRIBUTES.has(role)
const ATTRIBUTES: ReadonlySet<Role> = new Set<Role>([
  'units',
  'persons',
  'units-and-persons',
  'deadline',
  'other-unit',
  'other-person',
])

/** Labels whose value may run over several lines. */
export const isContent = ({ role }: Label): boolean =>
  role === 'target' || role === 'measures' || role === 'problem' || role === 'aside'
