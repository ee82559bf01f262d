import { type Actor, OFFICE, type Role } from '../parties.js'
import { type Refusal, refuse } from '../refusal.js'

/** Acts outside a single case. The one place where it is written who may do them. */
export const OFFICE_ACTS = [
  'open-round',
  'freeze-figures',
  'decide-rules',
  'edit-register',
  'read-register',
  'read-petitions',
  'read-ledger',
  'read-engine',
  'read-own',
] as const
export type OfficeAct = (typeof OFFICE_ACTS)[number]

const WHO: Readonly<Record<OfficeAct, readonly Role[] | 'everybody'>> = {
  'open-round': OFFICE,
  'freeze-figures': OFFICE,
  'decide-rules': ['office-head'],
  'edit-register': OFFICE,
  'read-register': ['coordinator', 'office-head', 'discipline', 'deputy-secretary-general'],
  'read-petitions': [
    'coordinator',
    'office-head',
    'leader',
    'secretary',
    'mayor',
    'deputy-secretary-general',
    'discipline',
  ],
  'read-ledger': 'everybody',
  'read-engine': OFFICE,
  'read-own': 'everybody',
}

const TITLES: Readonly<Record<OfficeAct, string>> = {
  'open-round': '建立督察轮次',
  'freeze-figures': '定格数据',
  'decide-rules': '决定改用新的规则和日历',
  'edit-register': '维护名册',
  'read-register': '查看名册',
  'read-petitions': '查看信访情况',
  'read-ledger': '查看台账',
  'read-engine': '查看流程引擎里的内容',
  'read-own': '查看本人事项',
}

/** Undefined when allowed; otherwise why not. */
export const mayDo = ({ posts }: Actor, act: OfficeAct): Refusal | undefined => {
  const who = WHO[act]
  return who === 'everybody' || posts.some(({ role }) => who.includes(role))
    ? undefined
    : refuse('forbidden', 'GN-08', `“${TITLES[act]}”由整改办办理,您不在其列`)
}
