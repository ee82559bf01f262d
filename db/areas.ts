import type { AreaTier } from '../domain/parties.js'
import type { PersonId, PlainDate, UnitName } from '../domain/words.js'
import type { Db, Executor } from './connect.js'
import type { Reached } from './register.js'

export type Area = {
  readonly name: string
  readonly level: 'county' | 'town'
  readonly parent: string | null
  /** Its party committee and its government, where they are called otherwise than `${name}党委` and `${name}政府`. */
  readonly party: UnitName | null
  readonly government: UnitName | null
}

export const saveArea = async (db: Executor, area: Area): Promise<void> => {
  await db
    .insertInto('areas')
    .values(area)
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        level: area.level,
        parent: area.parent,
        party: area.party,
        government: area.government,
      }),
    )
    .execute()
}

export const areas = (db: Executor): Promise<readonly Area[]> =>
  db
    .selectFrom('areas')
    .select(['name', 'level', 'parent', 'party', 'government'])
    .orderBy('level')
    .orderBy('name')
    .execute()

export type AreaLeader = Reached & { readonly area: string; readonly tier: AreaTier }

const holding = (db: Executor, day: PlainDate) =>
  db
    .selectFrom('areaLeaders')
    .innerJoin('officers', 'officers.person', 'areaLeaders.person')
    .where('officers.active', '=', true)
    .where('areaLeaders.fromDay', '<=', day)
    .where((where) =>
      where.or([where('areaLeaders.toDay', 'is', null), where('areaLeaders.toDay', '>=', day)]),
    )

/** Everybody who holds a tier of any area on that day. */
export const areaLeadersOn = (db: Executor, day: PlainDate): Promise<readonly AreaLeader[]> =>
  holding(db, day)
    .select(['areaLeaders.area', 'areaLeaders.tier', 'officers.person', 'officers.name', 'officers.email'])
    .orderBy('areaLeaders.area')
    .orderBy('areaLeaders.id')
    .execute()

/** Those of an area in these tiers. */
export const leadersOfArea = (
  db: Executor,
  day: PlainDate,
  area: string,
  tiers: readonly AreaTier[],
): Promise<readonly Reached[]> =>
  holding(db, day)
    .where('areaLeaders.area', '=', area)
    .where('areaLeaders.tier', 'in', tiers)
    .select(['officers.person', 'officers.name', 'officers.email'])
    .distinct()
    .orderBy('officers.person')
    .execute()

/**
 * Gives a tier of an area to a person from a day on. Of the first tier and of attached leaders there is one at a time: who held it
 * till then ends the day before. @returns whom the new holder follows.
 */
export const attachLeader = (
  db: Db,
  { area, tier, person, from }: { area: string; tier: AreaTier; person: PersonId; from: PlainDate },
  dayBefore: PlainDate,
): Promise<readonly PersonId[]> =>
  db.transaction().execute(async (trx) => {
    const held = trx
      .updateTable('areaLeaders')
      .set({ toDay: dayBefore })
      .where('area', '=', area)
      .where('tier', '=', tier)
      .where('toDay', 'is', null)
    const single = tier === 'attached'
    const ended = single
      ? await held
          .where('person', '<>', person)
          .where('fromDay', '<=', dayBefore)
          .returning('person')
          .execute()
      : []
    // Appointed and replaced on the same day: that appointment never ran.
    const undone = single
      ? await trx
          .deleteFrom('areaLeaders')
          .where('area', '=', area)
          .where('tier', '=', tier)
          .where('toDay', 'is', null)
          .where('person', '<>', person)
          .returning('person')
          .execute()
      : []
    const there = await trx
      .selectFrom('areaLeaders')
      .select('id')
      .where('area', '=', area)
      .where('tier', '=', tier)
      .where('person', '=', person)
      .where('toDay', 'is', null)
      .executeTakeFirst()
    if (!there)
      await trx.insertInto('areaLeaders').values({ area, tier, person, fromDay: from, toDay: null }).execute()
    return [...ended, ...undone].map((one) => one.person)
  })
