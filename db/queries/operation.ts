import { sql } from 'kysely'
import type { CaseKind } from '../../domain/decider-types.js'
import type { Db } from '../connect.js'

/** What waits to be carried, given, written (in real rounds: a drill's days are not ours) or sent, and for how long the oldest of it has, in seconds. */
export type Waiting = {
  readonly what: 'commands' | 'orders' | 'papers' | 'mails'
  readonly count: number
  readonly oldest: number
}

/** A case that lives on the world's clock and whose moment has passed; in seconds. */
export type Lateness = { readonly most: number; readonly longerThan: readonly number[] }

export const openByKind = async (
  db: Db,
): Promise<readonly { readonly kind: CaseKind; readonly count: number }[]> =>
  db
    .selectFrom('cases')
    .where('open', '=', true)
    .groupBy('kind')
    .select((select) => ['kind', select.fn.countAll<number>().as('count')])
    .execute()

/** Real rounds only: a drill's moments come by a clock of its own. `longerThan[i]`: how many are late by more than `bounds[i]`. */
export const lateMoments = async (db: Db, bounds: readonly number[]): Promise<Lateness> => {
  const { rows } = await sql<{ late: number }>`
    select extract(epoch from now() - cases.next_moment)::float8 as late
    from cases join rounds on rounds.id = cases.round
    where cases.open and not rounds.drill and cases.next_moment < now()`.execute(db)
  const late = rows.map((row) => row.late)
  return {
    most: late.reduce((most, one) => Math.max(most, one), 0),
    longerThan: bounds.map((bound) => late.filter((one) => one > bound).length),
  }
}

export const waitingNow = async (db: Db): Promise<readonly Waiting[]> => {
  const { rows } = await sql<Waiting>`
    select 'commands' as what, count(*) as count, coalesce(max(extract(epoch from now() - at)), 0)::float8 as oldest from intents
    union all
    select 'orders', count(*), coalesce(max(extract(epoch from now() - placed_at)), 0)::float8
      from orders where state = 'waiting'
    union all
    select 'papers', count(*), coalesce(max(extract(epoch from now() - papers_awaited.at)), 0)::float8
      from papers_awaited join rounds on rounds.id = papers_awaited.round where not rounds.drill
    union all
    select 'mails', count(*), coalesce(max(extract(epoch from now() - at)), 0)::float8
      from mails where state in ('waiting', 'sending')`.execute(db)
  return rows
}

/** What a person has to look at: mails no server will take, orders a case refused. */
export const failedSoFar = async (db: Db): Promise<{ readonly mails: number; readonly orders: number }> => {
  const { rows } = await sql<{ mails: number; orders: number }>`
    select (select count(*) from mails where state = 'refused') as mails,
           (select count(*) from orders where state = 'refused') as orders`.execute(db)
  return rows[0] ?? { mails: 0, orders: 0 }
}
