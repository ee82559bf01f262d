import { sql } from 'kysely'
import type { Phase } from '../../domain/case/state.js'
import type { CaseId, Instant, PlainDate, RoundId, UnitName } from '../../domain/words.js'
import type { Executor } from '../connect.js'

/**
 * What the public may know of a city's rectification (JN-18). Chosen column by column: handed over, closed to nobody, of no drill.
 * Nothing here reads a state, an opinion, a name of a person or a file.
 */
export type PublicCase = {
  readonly id: CaseId
  readonly round: RoundId
  readonly n: number
  readonly text: string
  readonly units: readonly UnitName[]
  readonly due: PlainDate | null
  readonly phase: Phase
  readonly closedOn: PlainDate | null
}

const ofThePublic = sql`cases.kind = 'problem' and cases.readers is null and cases.handed_over_at is not null
  and exists (select from rounds where rounds.id = cases.round and not rounds.drill)`

export const publicCases = async (
  db: Executor,
  rounds: readonly RoundId[],
): Promise<readonly PublicCase[]> => {
  if (rounds.length === 0) return []
  const { rows } = await sql<PublicCase>`
    select id, round, n, text, units, due, phase,
      (closed_at at time zone 'Asia/Shanghai')::date as closed_on
    from cases where round = any(${rounds}::text[]) and ${ofThePublic}
    order by round, n`.execute(db)
  return rows
}

export type PublicRound = {
  readonly id: RoundId
  readonly city: string
  readonly title: string
  /** How many of its cases are in each phase, as far as the public may know of them. */
  readonly phases: Readonly<Partial<Record<Phase, number>>>
}

/** One round, or all, the newest first. */
export const publicRounds = async (db: Executor, round?: RoundId): Promise<readonly PublicRound[]> => {
  const { rows } = await sql<PublicRound>`
    select id, city, title, coalesce(phases, '{}') as phases
    from rounds left join (
      select round, json_object_agg(phase, count) as phases
      from (
        select round, phase, count(*) as count from cases
        where ${ofThePublic} and ${round === undefined ? sql`true` : sql`round = ${round}`} group by round, phase
      ) as one group by round
    ) as counted on counted.round = rounds.id
    where not drill and ${round === undefined ? sql`true` : sql`id = ${round}`}
    order by opened_at desc`.execute(db)
  return rows
}

/** A public step of a case: its notice, with what was posted, or its closure. */
export type Milestone = {
  readonly id: CaseId
  readonly seq: number
  readonly at: Instant
  readonly type: 'rectification-started' | 'notice-posted' | 'closed'
  readonly text: string
  readonly units: readonly UnitName[]
  /** The result as the notice words it. */
  readonly result: string | null
  readonly postedOn: PlainDate | null
  readonly until: PlainDate | null
}

/** The latest public steps first; what is posted and nothing besides. */
export const milestones = async (
  db: Executor,
  limit: number,
  round?: RoundId,
): Promise<readonly Milestone[]> => {
  const { rows } = await sql<Milestone>`
    select cases.id, events.seq, events.at, events.type, cases.text, cases.units,
      case when events.type = 'notice-posted' then event->>'result' end as result,
      case when events.type = 'notice-posted' then (event->>'postedOn')::date end as posted_on,
      case when events.type = 'notice-posted' then (event->>'until')::date end as until
    from events join cases on cases.id = events.case_id
    where events.type in ('rectification-started', 'notice-posted', 'closed')
      and ${ofThePublic} and ${round === undefined ? sql`true` : sql`cases.round = ${round}`}
    order by events.at desc, events.case_id, events.seq desc limit ${limit}`.execute(db)
  return rows
}
