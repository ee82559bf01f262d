import { sql } from 'kysely'
import type { Actor, Post, Role } from '../domain/parties.js'
import { readsAs } from '../domain/permission/readers.js'
import type { PersonId, PlainDate, RoundId, UnitName } from '../domain/words.js'
import type { Db, Executor } from './connect.js'

export type Unit = {
  readonly name: UnitName
  readonly aliases?: readonly string[]
  readonly area?: string
}

export type Officer = {
  readonly person: PersonId
  readonly name: string
  readonly email?: string
  /** A password's hash, never the password. */
  readonly password?: string
}

/** Adds units; one that is there keeps its place and takes the new aliases and area. */
export const saveUnits = async (db: Executor, units: readonly Unit[]): Promise<void> => {
  if (units.length === 0) return
  const once = [...new Map(units.map((unit) => [unit.name, unit])).values()]
  await db
    .insertInto('units')
    .values(once.map(({ name, aliases = [], area }) => ({ name, aliases, area: area ?? null })))
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        aliases: (row) => row.ref('excluded.aliases'),
        area: (row) => row.ref('excluded.area'),
      }),
    )
    .execute()
}

/** Adds people, or changes name, address and password of those that are there; what is not given stays. */
export const saveOfficers = async (db: Executor, officers: readonly Officer[]): Promise<void> => {
  if (officers.length === 0) return
  const once = [...new Map(officers.map((officer) => [officer.person, officer])).values()]
  await db
    .insertInto('officers')
    .values(
      once.map(({ person, name, email, password }) => ({
        person,
        name,
        email: email ?? null,
        password: password ?? null,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('person').doUpdateSet({
        name: (row) => row.ref('excluded.name'),
        email: sql`coalesce(excluded.email, officers.email)`,
        password: sql`coalesce(excluded.password, officers.password)`,
      }),
    )
    .execute()
}

/** Someone who left signs in no more and is told nothing; what they did stays theirs. */
export const setActive = async (db: Executor, person: PersonId, active: 'active' | 'left'): Promise<void> => {
  await db
    .updateTable('officers')
    .set({ active: active === 'active' })
    .where('person', '=', person)
    .execute()
}

export type Appointment = { readonly person: PersonId; readonly post: Post; readonly from: PlainDate }

/** Gives posts from a day on; the same appointment twice is one. */
export const appoint = async (db: Executor, appointments: readonly Appointment[]): Promise<void> => {
  if (appointments.length === 0) return
  await db
    .insertInto('posts')
    .values(
      appointments.map(({ person, post, from }) => ({
        person,
        role: post.role,
        unit: post.unit ?? null,
        fromDay: from,
        toDay: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Ends a post with its last day. @returns whether it was still open. */
export const endPost = async (
  db: Executor,
  person: PersonId,
  { role, unit }: Post,
  lastDay: PlainDate,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('posts')
    .set({ toDay: lastDay })
    .where('person', '=', person)
    .where('role', '=', role)
    .where('unit', 'is not distinct from', unit ?? null)
    .where('toDay', 'is', null)
    .where('fromDay', '<=', lastDay)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const postOf = ({ role, unit }: { role: Role; unit: UnitName | null }): Post => ({
  role,
  ...(unit !== null && { unit }),
})

const onDay = (db: Executor, day: PlainDate) =>
  db
    .selectFrom('posts')
    .innerJoin('officers', 'officers.person', 'posts.person')
    .where('officers.active', '=', true)
    .where('fromDay', '<=', day)
    .where((where) => where.or([where('toDay', 'is', null), where('toDay', '>=', day)]))

/** A person with every post held on that day; undefined for somebody unknown or gone. */
export const actorOn = async (db: Executor, person: PersonId, day: PlainDate): Promise<Actor | undefined> => {
  const officer = await db
    .selectFrom('officers')
    .select('name')
    .where('person', '=', person)
    .where('active', '=', true)
    .executeTakeFirst()
  if (!officer) return undefined
  const posts = await onDay(db, day)
    .where('posts.person', '=', person)
    .select(['role', 'unit'])
    .orderBy('posts.id')
    .execute()
  return { person, name: officer.name, posts: posts.map(postOf) }
}

/** Several at once, each as `actorOn` has them; nobody unknown or gone is among them. */
export const actorsOn = async (
  db: Executor,
  people: readonly PersonId[],
  day: PlainDate,
): Promise<ReadonlyMap<PersonId, Actor>> => {
  const there = await peopleAmong(db, people)
  if (there.length === 0) return new Map()
  const posts = await onDay(db, day)
    .where('posts.person', 'in', people)
    .select(['posts.person', 'role', 'unit'])
    .orderBy('posts.id')
    .execute()
  return new Map(
    there.map(({ person, name }) => [
      person,
      { person, name, posts: posts.filter((post) => post.person === person).map(postOf) },
    ]),
  )
}

/** For signing in: the password's hash is here and nowhere else. */
export const credentialsOf = (db: Executor, person: PersonId) =>
  db
    .selectFrom('officers')
    .select(['person', 'name', 'email', 'password'])
    .where('person', '=', person)
    .where('active', '=', true)
    .executeTakeFirst()

export type Reached = { readonly person: PersonId; readonly name: string; readonly email: string | null }

/** Holders on that day of any of the roles, in one unit when given; each person once. */
export const holdersOn = (
  db: Executor,
  day: PlainDate,
  roles: readonly Role[],
  unit?: UnitName,
): Promise<readonly Reached[]> =>
  onDay(db, day)
    .where('role', 'in', roles)
    .$if(unit !== undefined, (query) => query.where('unit', '=', unit as UnitName))
    .select(['officers.person', 'officers.name', 'officers.email'])
    .distinct()
    .orderBy('officers.person')
    .execute()

/** Those of the people who are in the register and active. */
export const peopleAmong = async (db: Executor, people: readonly PersonId[]): Promise<readonly Reached[]> =>
  people.length === 0
    ? []
    : db
        .selectFrom('officers')
        .select(['person', 'name', 'email'])
        .where('person', 'in', people)
        .where('active', '=', true)
        .orderBy('person')
        .execute()

/** Those of the people who are readers of a restricted case, by themselves or by a post held on that day. */
export const readersAmong = async (
  db: Executor,
  people: readonly Reached[],
  readers: readonly string[],
  day: PlainDate,
): Promise<readonly Reached[]> => {
  if (people.length === 0) return []
  const posts = await onDay(db, day)
    .where(
      'posts.person',
      'in',
      people.map(({ person }) => person),
    )
    .select(['posts.person', 'role', 'unit'])
    .execute()
  const wanted = new Set(readers)
  return people.filter(({ person, name }) =>
    readsAs({ person, name, posts: posts.filter((post) => post.person === person).map(postOf) }).some(
      (reader) => wanted.has(reader),
    ),
  )
}

export type ListedOfficer = Reached & { readonly active: boolean; readonly posts: readonly Post[] }

/** The whole register of people, with the posts they hold on that day. */
export const officersOn = async (db: Db, day: PlainDate): Promise<readonly ListedOfficer[]> => {
  const [people, posts] = await Promise.all([
    db.selectFrom('officers').select(['person', 'name', 'email', 'active']).orderBy('person').execute(),
    onDay(db, day).select(['posts.person', 'role', 'unit']).orderBy('posts.id').execute(),
  ])
  const held = new Map<PersonId, Post[]>()
  for (const { person, ...post } of posts) held.set(person, [...(held.get(person) ?? []), postOf(post)])
  return people.map((officer) => ({ ...officer, posts: held.get(officer.person) ?? [] }))
}

export const units = (db: Executor) =>
  db.selectFrom('units').select(['name', 'aliases', 'area']).orderBy('name').execute()

/** Those of the names that no unit of the register has, neither as its name nor as an alias. */
export const unknownAmong = async (
  db: Executor,
  names: readonly UnitName[],
): Promise<readonly UnitName[]> => {
  const wanted = [...new Set(names)]
  if (wanted.length === 0) return []
  const { rows } = await sql<{ name: UnitName }>`
    select name from unnest(${wanted}::text[]) with ordinality as wanted (name, place)
    where not exists (select from units where units.name = wanted.name or wanted.name = any(aliases))
    order by place`.execute(db)
  return rows.map(({ name }) => name)
}

/** Proposes to the register the units a round's plan names and it lacks, with the entries that name them. */
export const propose = async (
  db: Executor,
  round: RoundId,
  named: ReadonlyMap<UnitName, readonly number[]>,
): Promise<readonly UnitName[]> => {
  const lacking = await unknownAmong(db, [...named.keys()])
  if (lacking.length === 0) return []
  await db
    .insertInto('proposals')
    .values(lacking.map((name) => ({ round, name, entries: named.get(name) ?? [] })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return lacking
}

export const openProposals = (db: Executor, round?: RoundId) =>
  db
    .selectFrom('proposals')
    .select(['round', 'name', 'entries', 'at'])
    .where('state', '=', 'open')
    .$if(round !== undefined, (query) => query.where('round', '=', round as RoundId))
    .orderBy('round')
    .orderBy('name')
    .execute()

/** Accepting adds the unit; either way the proposal is settled. @returns whether it was open. */
export const settleProposal = (
  db: Db,
  round: RoundId,
  name: UnitName,
  decision: 'accepted' | 'dismissed',
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('proposals')
      .set({ state: decision })
      .where('round', '=', round)
      .where('name', '=', name)
      .where('state', '=', 'open')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    if (decision === 'accepted')
      await trx
        .insertInto('units')
        .values({ name, area: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    return true
  })
