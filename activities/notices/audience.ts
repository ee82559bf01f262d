import { sql } from 'kysely'
import { leadersOfArea } from '../../db/areas.js'
import type { Executor } from '../../db/connect.js'
import { holdersOn, peopleAmong, type Reached, readersAmong } from '../../db/register.js'
import type { Audience } from '../../domain/effects/types.js'
import type { Role } from '../../domain/parties.js'
import type { PlainDate, UnitName } from '../../domain/words.js'

type SeatAudience = Extract<Audience, { seat: unknown }>

/** Who sits in a seat that no unit and no name describes. */
const ROLES: Readonly<Record<SeatAudience['seat'], readonly Role[]>> = {
  office: ['coordinator', 'office-head'],
  'office-head': ['office-head'],
  secretary: ['secretary'],
  mayor: ['mayor'],
  'deputy-secretaries-general': ['deputy-secretary-general'],
  discipline: ['discipline'],
}

const UNIT_ROLES = { head: ['unit-head'], everybody: ['unit-clerk', 'unit-head'] } as const satisfies Record<
  string,
  readonly Role[]
>

/** A plan may call a unit by another name than the register does; the register's own name goes before an alias. */
const registered = async (db: Executor, name: UnitName): Promise<UnitName> => {
  const unit = await db
    .selectFrom('units')
    .select('name')
    .where((where) => where.or([where('name', '=', name), sql<boolean>`${name} = any(aliases)`]))
    .orderBy(sql`name = ${name}`, 'desc')
    .orderBy('name')
    .limit(1)
    .executeTakeFirst()
  return unit?.name ?? name
}

const holders = async (db: Executor, day: PlainDate, audience: Audience): Promise<readonly Reached[]> => {
  if ('person' in audience) return peopleAmong(db, [audience.person])
  if ('unit' in audience) {
    return holdersOn(db, day, UNIT_ROLES[audience.who], await registered(db, audience.unit))
  }
  if ('area' in audience) return leadersOfArea(db, day, audience.area, audience.tiers)
  return holdersOn(db, day, ROLES[audience.seat])
}

/**
 * The people an audience means, by the posts held on that day; each once, whatever number of posts reaches them; of a
 * restricted case those alone who read it.
 */
export const reached = async (
  db: Executor,
  audience: readonly Audience[],
  day: PlainDate,
  readers?: readonly string[],
): Promise<readonly Reached[]> => {
  const found = await Promise.all(audience.map((one) => holders(db, day, one)))
  const people = [...new Map(found.flat().map((one) => [one.person, one])).values()]
  return readers ? readersAmong(db, people, readers, day) : people
}
