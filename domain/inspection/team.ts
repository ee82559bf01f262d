import type { Rules } from '../context.js'
import { firstRefusal, type Refusal, refuse } from '../refusal.js'
import type { UnitName } from '../words.js'
import type { Assessor, InspectionForm, Member, Subjects } from './types.js'

/** Who may inspect what: nobody inspects themselves, whatever the instrument is called (GN-08). */
export const teamRefusal = (
  rules: Rules,
  form: InspectionForm,
  subjects: Subjects,
  team: readonly Member[],
): Refusal | undefined =>
  firstRefusal(
    team.length === 0 && form !== 'third-party' ? refuse('invalid', 'HY-03', '请写明由谁开展') : undefined,
    twice(team),
    own(team, subjects),
    ofDistrict(form, team, subjects),
    together(form, team),
    officeOfItself(rules, subjects, team),
  )

const twice = (team: readonly Member[]): Refusal | undefined => {
  const again = team.find(({ person }, index) => team.findIndex((one) => one.person === person) < index)
  return again ? refuse('invalid', 'HY-03', `${again.name}在组内写了两次`) : undefined
}

const own = (team: readonly Member[], { units }: Subjects): Refusal | undefined => {
  const member = team.find(({ unit }) => unit !== undefined && units.includes(unit))
  return member
    ? refuse('forbidden', 'GN-08', `${member.name}是被查单位${member.unit}的人,不得检查本单位`)
    : undefined
}

/** 交叉互查 (JN-20): a team from the district inspected is refused. */
const ofDistrict = (
  form: InspectionForm,
  team: readonly Member[],
  { areas }: Subjects,
): Refusal | undefined => {
  if (form !== 'cross') return undefined
  const local = team.find(({ area }) => area !== undefined && areas.includes(area))
  if (local)
    return refuse('forbidden', 'JN-20', `${local.name}来自被查的${local.area},交叉互查须由其他县区的人开展`)
  return areas.length === 0 ? refuse('invalid', 'JN-20', '交叉互查须写明被查的县区') : undefined
}

/** 联合督查 (JN-11): of two units at least. */
const together = (form: InspectionForm, team: readonly Member[]): Refusal | undefined => {
  const units = new Set(team.map(({ unit }) => unit ?? '整改办'))
  return form === 'joint' && units.size < 2
    ? refuse('invalid', 'JN-11', '联合督查须有两个以上单位的人参加')
    : undefined
}

/** The office does not inspect its own measure either (JN-17): somebody of another body has to be on the team. */
const officeOfItself = (
  { policy }: Rules,
  { units }: Subjects,
  team: readonly Member[],
): Refusal | undefined =>
  units.includes(policy.office.unit) &&
  team.every(({ unit }) => unit === undefined || unit === policy.office.unit)
    ? refuse('forbidden', 'JN-17', '整改办不检查自己负责的事项,请另派单位')
    : undefined

/** 第三方评估 (JN-14): an assessor tied to a responsible unit is refused, and one who does not say so in writing. */
export const assessorRefusal = (
  form: InspectionForm,
  { units }: Subjects,
  assessor: Assessor | undefined,
): Refusal | undefined => {
  if (form !== 'third-party')
    return assessor ? refuse('invalid', 'JN-14', '只有第三方评估才委托评估机构') : undefined
  if (!assessor) return refuse('invalid', 'JN-14', '请写明委托哪个机构评估')
  const tied = tiedTo(assessor, units)
  if (tied) return refuse('forbidden', 'JN-14', `${assessor.name}与责任单位${tied}有关联,不得委托其评估`)
  return assessor.statement.trim()
    ? undefined
    : refuse('invalid', 'JN-14', '评估机构须书面声明与责任单位没有关联')
}

const tiedTo = ({ name, ties }: Assessor, units: readonly UnitName[]): UnitName | undefined =>
  units.find((unit) => ties.includes(unit) || name.includes(unit))
