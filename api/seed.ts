import type { Db } from '../db/connect.js'
import { type Appointment, appoint, officersOn, saveOfficers, saveUnits } from '../db/register.js'
import { dateOf } from '../domain/calendar/dates.js'
import type { Post, Role } from '../domain/parties.js'
import type { PersonId, PlainDate, UnitName } from '../domain/words.js'
import { worldNow } from './clock.js'
import { hashPassword } from './issuer/password.js'

/** Everybody's password in the sample city. Only the embedded issuer, which production refuses, knows these officers. */
export const DEVELOPMENT_PASSWORD = 'bihuan'

/** The sample plan's bodies, each with a short sign-in name for its clerk; the head's has an `h` behind. */
const UNITS: readonly (readonly [person: string, unit: string])[] = [
  ['unit', '市住房和城乡建设局'],
  ['shengtai', '市生态环境局'],
  ['shuiwu', '市水务局'],
  ['chengguan', '市城市管理局'],
  ['gongxin', '市工业和信息化局'],
  ['gongan', '市公安局'],
  ['jiaotong', '市交通运输局'],
  ['nongye', '市农业农村局'],
  ['ziran', '市自然资源和规划局'],
  ['linye', '市林业局'],
  ['wenlv', '市文化旅游局'],
  ['shichang', '市市场监督管理局'],
  ['caizheng', '市财政局'],
  ['shiweiban', '市委办公室'],
  ['shifuban', '市政府办公室'],
  ['shiweiducha', '市委督查室'],
  ['shifuducha', '市政府督查室'],
  ['dongqi', '东栖区政府'],
  ['tingzhou', '汀洲县政府'],
  ['yunxiu', '云岫县政府'],
  ['lanxi', '澜西新区管委会'],
]

/** The sample city's own: its office, its leaders as the sample plan names them, and who watches. */
const CITY: readonly (readonly [person: string, name: string, role: Role])[] = [
  ['office', '温以宁', 'coordinator'],
  ['officehead', '程怀谨', 'office-head'],
  ['secretary', '裴承远', 'secretary'],
  ['mayor', '宋景行', 'mayor'],
  ['deputy1', '林述白', 'deputy-secretary-general'],
  ['deputy2', '许清和', 'deputy-secretary-general'],
  ['leader', '沈知远', 'leader'],
  ['leader2', '顾望舒', 'leader'],
  ['leader3', '陆怀瑾', 'leader'],
  ['discipline', '严守正', 'discipline'],
  ['observer', '周念平', 'observer'],
]

type Seeded = { readonly person: PersonId; readonly name: string; readonly post: Post }

const seeded = (): readonly Seeded[] => [
  ...CITY.map(([person, name, role]) => ({ person: person as PersonId, name, post: { role } })),
  ...UNITS.flatMap(([person, unit]): readonly Seeded[] => [
    {
      person: person as PersonId,
      name: `${unit}经办人`,
      post: { role: 'unit-clerk', unit: unit as UnitName },
    },
    {
      person: `${person}h` as PersonId,
      name: `${unit}主要负责人`,
      post: { role: 'unit-head', unit: unit as UnitName },
    },
  ]),
]

/** The sample city's officers, into a register that has nobody. */
export const seedRegister = async (db: Db): Promise<'seeded' | 'left-alone'> => {
  if ((await officersOn(db, dateOf(worldNow()))).length > 0) return 'left-alone'
  const people = seeded()
  const password = await hashPassword(DEVELOPMENT_PASSWORD)
  await db.transaction().execute(async (trx) => {
    await saveUnits(
      trx,
      UNITS.map(([, unit]) => ({ name: unit as UnitName })),
    )
    await saveOfficers(
      trx,
      people.map(({ person, name }) => ({ person, name, password })),
    )
    await appoint(
      trx,
      people.map(({ person, post }): Appointment => ({ person, post, from: '2026-01-01' as PlainDate })),
    )
  })
  return 'seeded'
}
