import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Actor, Post, Seat } from '../../domain/parties.js'
import { readsAs } from '../../domain/permission/readers.js'
import { never } from '../../domain/refusal.js'
import type { CaseId, PlainDate, RoundId, UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'
import type { CasesTable, TodosTable } from '../tables.js'

/** A chair a post gives a right to sit in: of any case, of the cases of an area, or of a unit. */
type Place = { readonly seat: Seat; readonly unit: UnitName | null; readonly area: string | null }

const UNITS_SEATS: readonly Seat[] = [
  'responsible-unit',
  'lead-unit',
  'cooperating-units',
  'supervising-unit',
  'office',
]
const HEADS_SEATS: readonly Seat[] = [...UNITS_SEATS, 'responsible-head', 'office-head']

/** Which chairs a post may sit in, as `domain/people/chairs.ts` has it, read from the other side. */
const placesOf = ({ role, unit }: Post): readonly Place[] => {
  const anywhere = (...seats: readonly Seat[]): readonly Place[] =>
    seats.map((seat) => ({ seat, unit: null, area: null }))
  const ofUnit = (seats: readonly Seat[]): readonly Place[] =>
    unit === undefined ? [] : seats.map((seat) => ({ seat, unit, area: null }))
  const ofArea = (seat: Seat): readonly Place[] => [{ seat, unit: null, area: unit ?? null }]
  switch (role) {
    case 'unit-clerk':
      return ofUnit(UNITS_SEATS)
    case 'unit-head':
      return ofUnit(HEADS_SEATS)
    case 'coordinator':
      return anywhere('office')
    case 'office-head':
      return anywhere('office', 'office-head')
    case 'leader':
      return anywhere('case-leader', 'county-leader', 'department-leader')
    case 'secretary':
      return ofArea('secretary')
    case 'mayor':
      return ofArea('mayor')
    case 'deputy-secretary-general':
      return anywhere('deputy-secretaries-general')
    case 'discipline':
      return anywhere('discipline')
    case 'observer':
      return []
    default:
      return never(role)
  }
}

/** More than any one case asks of one person. */
const MOST_OF_A_CASE = 200

export type TodoRow = Selectable<TodosTable> & Pick<Selectable<CasesTable>, 'n' | 'kind' | 'text' | 'phase'>

/** The place after which a page of to-dos begins; `never`: its last one has no deadline. */
export type TodoPlace = {
  readonly due: PlainDate | 'never'
  readonly caseId: CaseId
  readonly ordinal: number
}

/** As the interface writes it: `2026-12-31~0~jinan-2018/041`. */
export const placeOfTodo = ({ due, ordinal, caseId }: TodoRow): string =>
  `${due ?? 'never'}~${ordinal}~${caseId}`

const afterPlace = ({ due, caseId, ordinal }: TodoPlace): RawBuilder<boolean> => sql`
  (coalesce(mine.due, 'infinity'::date), mine.case_id, mine.ordinal)
    > (${due === 'never' ? 'infinity' : due}::date, ${caseId}, ${ordinal}::integer)`

export type TodosWished = {
  readonly after?: TodoPlace | undefined
  /** Only this kind of act. */
  readonly act?: string | undefined
  readonly round?: RoundId | undefined
}

/**
 * What this person can do now: in a chair named for them, in one their posts give, or as a deputy; the most urgent first.
 * A list of what waits, not a permission: the domain is asked again when they act.
 */
export const todosOf = (
  db: Executor,
  me: Actor,
  limit = 200,
  { after, act, round }: TodosWished = {},
): Promise<readonly TodoRow[]> =>
  owedBy(
    db,
    me,
    sql.join(
      [
        after === undefined ? sql`true` : afterPlace(after),
        act === undefined ? sql`true` : sql`mine.act = ${act}`,
        round === undefined ? sql`true` : sql`mine.round = ${round}`,
      ],
      sql` and `,
    ),
    limit,
  )

/** The same, of one case. */
export const todosOfMineIn = (db: Executor, me: Actor, id: CaseId): Promise<readonly TodoRow[]> =>
  owedBy(db, me, sql`mine.case_id = ${id}`, MOST_OF_A_CASE)

const owedBy = async (
  db: Executor,
  me: Actor,
  narrowed: RawBuilder<unknown>,
  limit: number,
): Promise<readonly TodoRow[]> => {
  const { person, posts } = me
  const places = posts.flatMap(placesOf)
  // Four questions, each with an index of its own, instead of one that would read every to-do there is.
  const { rows } = await sql<TodoRow>`
    with place as (
      select * from unnest(
        ${places.map(({ seat }) => seat)}::text[],
        ${places.map(({ unit }) => unit)}::text[],
        ${places.map(({ area }) => area)}::text[]) as place (seat, unit, area)
    ), mine as (
      select todos.* from todos where person = ${person}
      union
      select todos.* from todos where deputies @> ${[person]}::text[] and deputies <> '{}'
      union
      select todos.* from todos join place on place.seat = todos.seat and place.unit = todos.unit
      where todos.person is null
      union
      select todos.* from todos join place on place.seat = todos.seat
      where todos.person is null and todos.unit is null and place.unit is null
        and (place.area is null or place.area = todos.area)
    )
    select mine.*, cases.n, cases.kind, cases.text, cases.phase
    from mine join cases on cases.id = mine.case_id
    where (cases.readers is null or cases.readers && ${readsAs(me)}::text[])
      and ${narrowed}
    order by mine.due nulls last, mine.case_id, mine.ordinal
    limit ${limit}`.execute(db)
  return rows
}

/** `todosOf`, asked of a row that was read for everybody; whether its case may be read is another question. */
export const isFor =
  ({ person, posts }: Actor): ((todo: TodoRow) => boolean) =>
  (todo) => {
    if (todo.person === person || todo.deputies.includes(person)) return true
    if (todo.person !== null) return false
    return posts
      .flatMap(placesOf)
      .some(
        ({ seat, unit, area }) =>
          seat === todo.seat &&
          unit === todo.unit &&
          (todo.unit !== null || area === null || area === todo.area),
      )
  }

/** Everything that waits in a round, whoever owes it: for the office, which sees all. */
export const todosOfRound = (
  db: Executor,
  round: RoundId,
  limit: number,
  readers: readonly string[],
): Promise<readonly Selectable<TodosTable>[]> =>
  db
    .selectFrom('todos')
    .selectAll()
    .where('round', '=', round)
    .where(
      sql<boolean>`not exists (
        select from cases where cases.id = todos.case_id and readers is not null and not readers && ${readers}::text[])`,
    )
    .orderBy('due', (order) => order.asc().nullsLast())
    .orderBy('caseId')
    .orderBy('ordinal')
    .limit(limit)
    .execute()
