/** Who comes to the door, as the permission table sees them: the roles of the register, each by its part in the case looked at. */
export const VIEWERS = {
  stranger: { title: '未登录', short: '未' },
  expired: { title: '登录已过期', short: '过' },
  left: { title: '已停用的人员', short: '停' },
  ended: { title: '职务已经终止的人员', short: '离' },
  postless: { title: '没有职务的人员', short: '空' },
  'other-drill': { title: '另一次演练的整改办主任', short: '演' },
  observer: { title: '社会监督员', short: '监' },
  'own-clerk': { title: '责任单位经办人', short: '责' },
  'own-head': { title: '责任单位主要负责人', short: '责长' },
  lead: { title: '牵头验收单位经办人', short: '牵' },
  coop: { title: '配合验收单位经办人', short: '配' },
  supervisor: { title: '监管单位经办人', short: '管' },
  'other-clerk': { title: '无关单位经办人', short: '他' },
  'other-head': { title: '无关单位主要负责人', short: '他长' },
  coordinator: { title: '整改办工作人员', short: '办' },
  'office-head': { title: '整改办主任', short: '主任' },
  both: { title: '整改办主任、市领导,兼任责任单位主要负责人', short: '兼' },
  leader: { title: '本件的包案领导', short: '包' },
  'other-leader': { title: '其他市领导', short: '领' },
  secretary: { title: '书记', short: '书' },
  mayor: { title: '市长', short: '长' },
  'county-secretary': { title: '别的县区的书记', short: '县书' },
  deputy: { title: '副秘书长', short: '副秘' },
  discipline: { title: '纪检监察机关', short: '纪' },
} as const

export type Viewer = keyof typeof VIEWERS
export const ALL_VIEWERS = Object.keys(VIEWERS) as readonly Viewer[]

/** What the door says to somebody: the act goes on to the rules of the case, or ends here. */
export type Verdict = 'allowed' | 401 | 403 | 404

export const OFFICE = ['coordinator', 'office-head', 'both'] as const satisfies readonly Viewer[]
export const HEADS = ['office-head', 'both'] as const satisfies readonly Viewer[]
export const OWN = ['own-clerk', 'own-head', 'both'] as const satisfies readonly Viewer[]

/** 读全部事项的:整改办、各位领导、两名副秘书长、纪检监察机关。 */
export const EVERYTHING = [
  'coordinator',
  'office-head',
  'both',
  'leader',
  'other-leader',
  'secretary',
  'mayor',
  'county-secretary',
  'deputy',
  'discipline',
] as const satisfies readonly Viewer[]

/** Every unit's people, whatever their part. */
export const UNITS = [
  'own-clerk',
  'own-head',
  'lead',
  'coop',
  'supervisor',
  'other-clerk',
  'other-head',
] as const satisfies readonly Viewer[]

/** Those with a part in the case, and those who read everything. */
export const PARTIES = [
  ...EVERYTHING,
  'own-clerk',
  'own-head',
  'lead',
  'coop',
  'supervisor',
] as const satisfies readonly Viewer[]

/** Everybody of the register who signs in, but the officers of another drill. */
export const OF_THE_CITY = [
  ...EVERYTHING,
  ...UNITS,
  'observer',
  'ended',
  'postless',
] as const satisfies readonly Viewer[]
export const SIGNED_IN = [...OF_THE_CITY, 'other-drill'] as const satisfies readonly Viewer[]

type Row = {
  readonly may: readonly Viewer[] | 'anybody'
  /** Who knows that it is there at all; absent: whoever signs in. */
  readonly reads?: readonly Viewer[]
}

/** Without a person no word more than 401; who left is not let in; what may not be seen is not said to be there. */
export const verdictOn = ({ may, reads = SIGNED_IN }: Row, viewer: Viewer): Verdict => {
  if (may === 'anybody') return 'allowed'
  if (viewer === 'stranger' || viewer === 'expired') return 401
  if (viewer === 'left') return 403
  if (may.includes(viewer)) return 'allowed'
  return reads.includes(viewer) ? 403 : 404
}
