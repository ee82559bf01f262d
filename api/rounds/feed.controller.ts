import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { FEED_CURSOR, type FeedCursor, FROM_THE_START, feedOf } from '../../db/queries/feed.js'
import { todosOfRound } from '../../db/queries/todos.js'
import type { Actor } from '../../domain/parties.js'
import { readsAs } from '../../domain/permission/readers.js'
import { eventOf, eventView, hrefOf } from '../cases/views.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorIn, mustBeAllowed } from '../permission.js'
import { DATABASE } from '../tokens.js'
import { type RoundParams, roundParams } from './round.js'

const feedQuery = z.object({
  after: z
    .string()
    .regex(FEED_CURSOR, '应为上一页给出的 next')
    .default(FROM_THE_START)
    .meta({ description: '上一页给出的 next;不填则从头读起' }),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
})
const todosQuery = z.object({ limit: z.coerce.number().int().min(1).max(5_000).default(1_000) })

const roundTodo = z
  .object({
    caseId: z.string(),
    href: z.string(),
    act: z.string(),
    title: z.string(),
    seat: z.string(),
    unit: z.string().nullable(),
    person: z.string().nullable(),
    due: z.string().nullable(),
  })
  .meta({ id: 'RoundTodo' })

/** What happens in a round and what waits in it, for the office. */
@Controller('rounds')
export class FeedController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get(':id/feed')
  @Operation({
    id: 'roundFeed',
    chapter: 'rounds',
    summary: '本轮次发生的一切,按先后',
    description: '从 after 之后读起;离开过的读者接着读,不会漏掉。',
    answers: {
      200: z.object({ events: z.array(eventView.extend({ caseId: z.string() })), next: z.string() }),
    },
    refusals: [422],
  })
  async feed(
    @Who() actor: Actor,
    @Param({ schema: roundParams }) { id }: RoundParams,
    @Query({ schema: feedQuery }) { after, limit }: z.output<typeof feedQuery>,
  ) {
    mustBeAllowed(actor, 'open-round', id)
    const { records, next } = await feedOf(
      this.db,
      id,
      after as FeedCursor,
      limit,
      readsAs(actorIn(actor, id)),
    )
    return { events: records.map((record) => ({ caseId: record.case, ...eventOf(record) })), next }
  }

  @Get(':id/todos')
  @Operation({
    id: 'roundTodos',
    chapter: 'rounds',
    summary: '本轮次谁该办什么,最急的在前',
    answers: { 200: z.object({ todos: z.array(roundTodo) }) },
    refusals: [422],
  })
  async todos(
    @Who() actor: Actor,
    @Param({ schema: roundParams }) { id }: RoundParams,
    @Query({ schema: todosQuery }) { limit }: z.output<typeof todosQuery>,
  ) {
    mustBeAllowed(actor, 'open-round', id)
    const todos = await todosOfRound(this.db, id, limit, readsAs(actorIn(actor, id)))
    return {
      todos: todos.map(({ caseId, act, title, seat, unit, person, due }) => ({
        ...{ caseId, href: hrefOf(caseId), act, title, seat, unit, person, due },
      })),
    }
  }
}
