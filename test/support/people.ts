import type { Actor, Post, Role } from '../../domain/parties.js'
import type { PersonId, UnitName } from '../../domain/words.js'

export const unit = (name: string): UnitName => name as UnitName

const person = (id: string, name: string, ...posts: readonly Post[]): Actor => ({
  person: id as PersonId,
  name,
  posts,
})
const of = (role: Role, name?: string): Post => ({ role, ...(name !== undefined && { unit: unit(name) }) })

/** The people of every story. Their units are those of `entryFor`. */
export const 整改办 = person('office', '办小宁', of('coordinator'))
export const 整改办主任 = person('officehead', '主任老何', of('office-head'))
export const 经办人 = person('unit', '经办小罗', of('unit-clerk', '甲县政府'))
export const 单位负责人 = person('unithead', '局长老周', of('unit-head', '甲县政府'))
export const 牵头单位 = person('lead', '牵头小魏', of('unit-clerk', '市生态环境局'))
export const 牵头单位负责人 = person('leadhead', '牵头老魏', of('unit-head', '市生态环境局'))
export const 配合单位 = person('coop', '配合小田', of('unit-clerk', '市水利局'))
export const 另一配合单位 = person('coop2', '配合小黄', of('unit-clerk', '市城管局'))
export const 监管单位 = person('supervisor', '监管小史', of('unit-clerk', '市住建局'))
export const 监管单位负责人 = person('supervisorhead', '监管老史', of('unit-head', '市住建局'))
export const 包案领导 = person('leader', '副市长老唐', of('leader'))
export const 县级领导 = person('county', '副县长老蒋', of('leader'))
export const 部门领导 = person('department', '副局长老秦', of('leader'))
export const 书记 = person('secretary', '书记老严', of('secretary'))
export const 县长 = person('mayor', '县长老何', of('mayor'))
export const 副秘书长 = person('deputy', '副秘书长老陈', of('deputy-secretary-general'))
export const 政府副秘书长 = person('deputy2', '副秘书长老赵', of('deputy-secretary-general'))
export const 纪检监察 = person('discipline', '纪检小郑', of('discipline'))
export const 监督员 = person('observer', '人大代表小刘', of('observer'))
export const 旁人 = person('other', '旁人小吴', of('unit-clerk', '乙县政府'))
/** Holds posts on both sides: head of the responsible unit, and a leader. */
export const 身兼两职 = person('both', '老双', of('unit-head', '甲县政府'), of('leader'))
