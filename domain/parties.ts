import type { Clause, PersonId, PlainDate, UnitName } from './words.js'

/** What a person is, in the register. A person may hold several posts. */
export type Role =
  | 'coordinator' // 整改办工作人员
  | 'office-head' // 整改办主任
  | 'unit-clerk' // 单位经办人
  | 'unit-head' // 单位主要负责人
  | 'leader' // 市(县)领导:包案领导
  | 'secretary' // 书记
  | 'mayor' // 市长、县(区)长
  | 'deputy-secretary-general' // 负责整改协调的副秘书长,CD-13
  | 'discipline' // 纪检监察机关
  | 'observer' // 受邀的社会监督员,YZ-15

export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  coordinator: '整改办',
  'office-head': '整改办主任',
  'unit-clerk': '经办人',
  'unit-head': '主要负责人',
  leader: '包案领导',
  secretary: '书记',
  mayor: '市(县、区)长',
  'deputy-secretary-general': '副秘书长',
  discipline: '纪检监察机关',
  observer: '社会监督员',
}

/** 整改办: whoever of it, its head or not. */
export const OFFICE: readonly Role[] = ['coordinator', 'office-head']

export type Post = { readonly role: Role; readonly unit?: UnitName }

/** A deputy's authority: recorded, with an end date; both names stand on the paper (GN-09). */
export type Authority = {
  readonly principal: PersonId
  readonly principalName: string
  readonly document: string
  readonly until: PlainDate
}

/** Who gives a command, as the door has made sure: the person, and every post held at that moment. */
export type Actor = {
  readonly person: PersonId
  readonly name: string
  readonly posts: readonly Post[]
}

/** Whose act an event is. What the machine did is never shown as a person's act. */
export type Author =
  | {
      readonly kind: 'person'
      readonly person: PersonId
      readonly name: string
      readonly role: Role
      readonly unit?: UnitName
      readonly behalf?: Authority
    }
  | { readonly kind: 'engine'; readonly clause: Clause; readonly rule: string }
  | { readonly kind: 'public'; readonly name: string }

/** A place in a case: who may sign there, who is chased, whom a notice reaches. */
export type Seat =
  | 'responsible-unit' // 责任单位:经办人或主要负责人
  | 'responsible-head' // 责任单位主要负责人
  | 'lead-unit' // 牵头(验收)单位
  | 'cooperating-units' // 配合(验收)单位,每个一席
  | 'supervising-unit' // 监管单位
  | 'case-leader' // 包案领导
  | 'county-leader' // 牵头县级领导
  | 'department-leader' // 部门负责领导
  | 'secretary'
  | 'mayor'
  | 'office' // 整改办:工作人员或主任
  | 'office-head'
  | 'deputy-secretaries-general'
  | 'discipline'

export const SEAT_TITLES: Readonly<Record<Seat, string>> = {
  'responsible-unit': '责任单位',
  'responsible-head': '责任单位主要负责人',
  'lead-unit': '牵头验收单位',
  'cooperating-units': '配合验收单位',
  'supervising-unit': '监管单位',
  'case-leader': '包案领导',
  'county-leader': '牵头县级领导',
  'department-leader': '部门负责领导',
  secretary: '书记',
  mayor: '市(县、区)长',
  office: '整改办',
  'office-head': '整改办主任',
  'deputy-secretaries-general': '副秘书长',
  discipline: '纪检监察机关',
}

/** The role whose holders usually sit in a seat; a unit's head may sit wherever its clerk does. */
export const ROLE_OF_SEAT: Readonly<Record<Seat, Role>> = {
  'responsible-unit': 'unit-clerk',
  'responsible-head': 'unit-head',
  'lead-unit': 'unit-clerk',
  'cooperating-units': 'unit-clerk',
  'supervising-unit': 'unit-clerk',
  'case-leader': 'leader',
  'county-leader': 'leader',
  'department-leader': 'leader',
  secretary: 'secretary',
  mayor: 'mayor',
  office: 'coordinator',
  'office-head': 'office-head',
  'deputy-secretaries-general': 'deputy-secretary-general',
  discipline: 'discipline',
}

/** 包联领导, and the three tiers of an area's own leaders (HH-07, HH-15). */
export type AreaTier = 'attached' | 'first' | 'in-charge' | 'other'

export const AREA_TIER_TITLES: Readonly<Record<AreaTier, string>> = {
  attached: '包联领导',
  first: '第一责任人',
  'in-charge': '分管领导',
  other: '其他领导',
}

/** One chair of a seat in one case: a unit's, a named person's, or the office's own. */
export type Chair = { readonly seat: Seat; readonly unit?: UnitName; readonly person?: PersonId }
