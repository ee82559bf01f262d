import { sql } from 'kysely'
import { areas } from '../../db/areas.js'
import type { Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import { officersOn, units } from '../../db/register.js'
import { expandAreas } from '../../domain/areas/areas.js'
import type { Command } from '../../domain/case/commands.js'
import type { Opening } from '../../domain/decider-types.js'
import type { InspectionForm, Member, Subjects } from '../../domain/inspection/types.js'
import type { CaseId, PlainDate, RoundId, UnitName } from '../../domain/words.js'
import { problem } from '../problems/problem.js'

/**
 * What a command says of people and cases is the register's and the ledger's to say: whoever inspects a district does not choose
 * where they come from (JN-20), nor whose measures they inspect (GN-08).
 */
export const completed = async <C extends Opening | { readonly type: string }>(
  db: Db,
  { round, day, of }: { readonly round: RoundId; readonly day: PlainDate; readonly of?: CaseId },
  command: C,
): Promise<C> => {
  if (isOrder(command)) {
    const subjects = await subjectsOf(db, round, command, command.subjects)
    return { ...command, subjects, team: await teamOf(db, day, command.team) }
  }
  if (isRemoval(command) && command.investigation !== undefined)
    await mustBeReferral(db, command.investigation)
  if (isAmendment(command)) return { ...command, patch: expandAreas(await areas(db), command.patch) }
  if (isMerge(command)) await mustTakeIn(db, round, command.into, of)
  if (isChange(command)) return { ...command, team: await teamOf(db, day, command.team) }
  return command
}

type Typed = { readonly type: string }
type Order = Extract<Opening, { type: 'order-inspection' }>
const isOrder = (command: Typed): command is Order => command.type === 'order-inspection'
const isRemoval = (command: Typed): command is { type: 'propose-consequence'; investigation?: CaseId } =>
  command.type === 'propose-consequence'
const isAmendment = (command: Typed): command is Extract<Command, { type: 'amend-entry' }> =>
  command.type === 'amend-entry'
const isMerge = (command: Typed): command is { type: 'merge-petition'; into: CaseId } =>
  command.type === 'merge-petition'
const isChange = (command: Typed): command is { type: 'change-team'; team: readonly Member[] } =>
  command.type === 'change-team'

/** @throws Problem 404, 409: merged into nothing, or into each other, petitions would lose their answer (HY-05, HH-13). */
const mustTakeIn = async (
  db: Db,
  round: RoundId,
  id: CaseId,
  petition: CaseId | undefined,
): Promise<void> => {
  const main = await caseById(db, id)
  if (main?.state.kind !== 'petition' || main.row.round !== round)
    throw problem('not-found', `本轮没有信访件 ${id},不能并入`, { clause: 'HY-05' })
  if (petition !== undefined && main.state.state.mergedInto === petition)
    throw problem('conflict', `${id}已经并入本件,不能再反过来并入`, { clause: 'HY-05' })
}

/** @throws Problem 404: what is said to have been investigated must have been (HH-10). */
const mustBeReferral = async (db: Db, id: CaseId): Promise<void> => {
  const found = await caseById(db, id)
  if (found?.row.kind !== 'referral')
    throw problem('not-found', `没有责任追究案件 ${id},不能作为已经调查的依据`, { clause: 'HH-10' })
}

/** Somebody the register does not know, an expert from outside, has neither unit nor area. */
const teamOf = async (db: Db, day: PlainDate, team: readonly Member[]): Promise<readonly Member[]> => {
  const officers = new Map((await officersOn(db, day)).map((one) => [one.person, one]))
  const areas = new Map((await units(db)).map(({ name, area }) => [name, area]))
  return team.map(({ person, name }): Member => {
    const known = officers.get(person)
    const unit = known?.posts.find((post) => post.unit !== undefined)?.unit
    const area = unit === undefined ? undefined : areas.get(unit)
    return {
      person,
      name: known?.name ?? name,
      ...(unit !== undefined && { unit }),
      ...(area && { area }),
    }
  })
}

const subjectsOf = async (db: Db, round: RoundId, order: Drawing, given: Subjects): Promise<Subjects> => {
  const cases = given.cases.length > 0 ? given.cases : await population(db, round, order)
  const { rows } = await sql<{ units: readonly UnitName[]; areas: readonly string[] }>`
    select coalesce(array_agg(distinct unit) filter (where unit is not null), '{}') as units,
      coalesce(array_agg(distinct place) filter (where place is not null), '{}') as areas
    from (
      select unnest(cases.units) as unit, cases.area as place from cases
        where id = any(${cases}::text[]) and round = ${round}
      union all
      select units.name, units.area from units where units.name = any(${given.units}::text[])
    ) as found`.execute(db)
  const found = rows[0] ?? { units: [], areas: [] }
  const ofUnits = await areasOf(db, [...given.units, ...found.units])
  const sorted = <T extends string>(...lists: readonly (readonly T[])[]): readonly T[] =>
    [...new Set(lists.flat())].toSorted()
  return {
    cases: sorted(cases),
    units: sorted(given.units, found.units),
    areas: sorted(given.areas, found.areas, ofUnits),
  }
}

const areasOf = async (db: Db, names: readonly UnitName[]): Promise<readonly string[]> => {
  const wanted = new Set<string>(names)
  return (await units(db)).flatMap(({ name, area }) => (area && wanted.has(name) ? [area] : []))
}

type Drawing = { readonly form: InspectionForm; readonly of?: 'problems' | 'petitions' }

/** 回头看行动: every closed case of the round (YZ-16). 随机抽查: every case handed over (JN-11), or every answered petition (HH-12). */
const population = async (db: Db, round: RoundId, { form, of }: Drawing): Promise<readonly CaseId[]> => {
  if (form !== 'campaign' && form !== 'random') return []
  const petitions = form === 'random' && of === 'petitions'
  const rows = await db
    .selectFrom('cases')
    .select('id')
    .where('round', '=', round)
    .where('kind', '=', petitions ? 'petition' : 'problem')
    .$if(form === 'campaign', (query) => query.where('phase', 'in', ['closed', 'archived']))
    .$if(petitions, (query) => query.where('phase', 'in', ['answered', 'closed', 'merged-closed']))
    .$if(form === 'random' && !petitions, (query) => query.where('handedOverAt', 'is not', null))
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
