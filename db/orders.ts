import { sql } from 'kysely'
import type { MarkGroundGone } from '../domain/consequence/types.js'
import type { AnyCommand, Opening } from '../domain/decider-types.js'
import type { EffectKey, OrderEffect } from '../domain/effects/types.js'
import { caseIdOf } from '../domain/entry.js'
import type { Giver } from '../domain/kinds/kind.js'
import { never } from '../domain/refusal.js'
import type { CaseId, Instant, RoundId } from '../domain/words.js'
import type { Db, Executor } from './connect.js'
import { json } from './json.js'

/** What a case asked of another, waiting to be given. */
export type WaitingOrder = {
  readonly key: EffectKey
  readonly round: RoundId
  readonly caseId: CaseId | null
  readonly command: AnyCommand['command'] | Opening
  readonly by: Giver
  readonly at: Instant
}

/** So many rows a statement: PostgreSQL takes 65,535 parameters in one. */
const ROWS_AT_ONCE = 5_000

type Row = Pick<WaitingOrder, 'key' | 'caseId' | 'command'>

/** An order to a whole round becomes one for each entry of its plan, under a key of its own. */
const rowsOf = async (db: Executor, { key, round, order }: OrderEffect): Promise<readonly Row[]> => {
  switch (order.kind) {
    case 'command':
      return [{ key, caseId: order.to, command: order.command }]
    case 'opening':
      return [{ key, caseId: null, command: order.opening }]
    // Its number is looked for when the order is given: the proposal may still be waiting itself.
    case 'to-a-proposal':
      return [{ key, caseId: null, command: order.command }]
    case 'to-the-round': {
      const entries = await db.selectFrom('planEntries').select('n').where('round', '=', round).execute()
      return entries.map(({ n }) => ({
        key: `${key}-${n}` as EffectKey,
        caseId: caseIdOf(round, n),
        command: order.command,
      }))
    }
    default:
      return never(order)
  }
}

/** Keeps orders to be given; each once under its key, however often it is placed. */
export const placeOrders = async (db: Executor, orders: readonly OrderEffect[]): Promise<void> => {
  const rows = await Promise.all(
    orders.map(async (effect) => {
      const { round, at, by } = effect
      const own = await rowsOf(db, effect)
      return own.map(({ key, caseId, command }) => ({
        ...{ key, round, caseId, at },
        command: json(command),
        by: json(by),
        answer: null,
      }))
    }),
  )
  const all = rows.flat()
  for (let from = 0; from < all.length; from += ROWS_AT_ONCE)
    await db
      .insertInto('orders')
      .values(all.slice(from, from + ROWS_AT_ONCE))
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
}

/** The oldest first. */
export const waitingOrders = (db: Db, limit: number): Promise<readonly WaitingOrder[]> =>
  db
    .selectFrom('orders')
    .select(['key', 'round', 'caseId', 'command', 'by', 'at'])
    .where('state', '=', 'waiting')
    .orderBy('placedAt')
    .orderBy('key')
    .limit(limit)
    .execute()

/** What became of an order: done, or refused with the words of the refusal. */
export const settleOrder = async (
  db: Executor,
  key: EffectKey,
  state: 'done' | 'refused',
  answer: string,
): Promise<void> => {
  await db.updateTable('orders').set({ state, answer }).where('key', '=', key).execute()
}

/** A round's orders with what became of them, the latest first; of cases closed to these readers nothing, of either side (GN-08). */
export const ordersOfRound = (db: Executor, round: RoundId, limit: number, readers: readonly string[]) =>
  db
    .selectFrom('orders')
    .select(['key', 'caseId', 'command', 'at', 'state', 'answer'])
    .where('round', '=', round)
    .where(
      sql<boolean>`not exists (
        select from cases where cases.id in (orders.case_id, split_part(orders.key, '#', 1), orders.answer)
          and readers is not null and not readers && ${readers}::text[])`,
    )
    .orderBy('placedAt', 'desc')
    .orderBy('key')
    .limit(limit)
    .execute()

/** What was proposed for a unit on a period's ranking and not marked yet; `waiting` while its own order is. */
export const proposalOn = async (
  db: Db,
  round: RoundId,
  { unit, cause, period }: MarkGroundGone,
): Promise<CaseId | 'waiting' | undefined> => {
  const { rows } = await sql<{ id: CaseId }>`
    select cases.id from cases join case_states on case_states.case_id = cases.id
    where cases.round = ${round} and cases.kind = 'consequence'
      and case_states.state #>> '{state,unit}' = ${unit} and case_states.state #>> '{state,cause}' = ${cause}
      and case_states.state #>> '{state,ground,period}' = ${period}
      and case_states.state #> '{state,groundGone}' is null
    order by cases.n desc limit 1`.execute(db)
  const [found] = rows
  if (found) return found.id
  const { rows: waiting } = await sql`
    select from orders where round = ${round} and state = 'waiting' and case_id is null
      and command ->> 'type' = 'propose-consequence' and command ->> 'unit' = ${unit}
      and command ->> 'cause' = ${cause} and command #>> '{ground,period}' = ${period}
    limit 1`.execute(db)
  return waiting.length > 0 ? 'waiting' : undefined
}
