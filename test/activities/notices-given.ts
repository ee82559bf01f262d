import { type Db } from '../../db/connect.js'
import { appoint, saveOfficers, saveUnits } from '../../db/register.js'
import type { Audience, EffectKey, NoticeEffect } from '../../domain/effects/types.js'
import type { Role } from '../../domain/parties.js'
import { type CaseId, type PersonId, plainDate, type RoundId, type UnitName } from '../../domain/words.js'
import { at } from '../support/story.js'

export const person = (id: string): PersonId => id as PersonId
export const unit = (name: string): UnitName => name as UnitName

type Hired = { readonly id: string; readonly role: Role; readonly unit?: string; readonly email?: string }

/** People and their units in the register, each with one post since 2018. */
export const hire = async (db: Db, people: readonly Hired[]): Promise<void> => {
  await saveUnits(
    db,
    people.flatMap(({ unit: name }) => (name ? [{ name: unit(name) }] : [])),
  )
  await saveOfficers(
    db,
    people.map(({ id, email }) => ({ person: person(id), name: `姓名${id}`, ...(email ? { email } : {}) })),
  )
  await appoint(
    db,
    people.map(({ id, role, unit: name }) => ({
      person: person(id),
      post: { role, ...(name ? { unit: unit(name) } : {}) },
      from: plainDate('2018-01-01'),
    })),
  )
}

/** A notice as the domain gives it; a test changes what it is about. */
export const noticeOf = (
  audience: readonly Audience[],
  { seq = 7, ...changed }: Partial<NoticeEffect> = {},
): NoticeEffect => ({
  kind: 'notice',
  key: `changde-2024/007#${seq}/notice` as EffectKey,
  caseId: 'changde-2024/007' as CaseId,
  round: 'changde-2024' as RoundId,
  seq,
  at: at('2024-03-01', '09:00'),
  drill: 'real',
  audience,
  subject: 'changde-2024/007 缺报调度',
  text: '污水处理厂提标改造滞后。\n应于3月1日报送的调度未报。',
  ...changed,
})
