import { Controller, Get, Inject, Param } from '@nestjs/common'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { ordersOfRound } from '../../db/orders.js'
import type { Actor } from '../../domain/parties.js'
import { readsAs } from '../../domain/permission/readers.js'
import { hrefOf } from '../cases/views.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorIn, mustBeAllowed } from '../permission.js'
import { type RoundParams, roundParams } from '../rounds/round.js'
import { DATABASE } from '../tokens.js'

const orders = z.object({
  orders: z.array(
    z.object({
      key: z.string(),
      case: z.string().nullable(),
      href: z.string().nullable(),
      act: z.string(),
      at: z.string(),
      state: z.enum(['waiting', 'done', 'refused']),
      answer: z.string().nullable().meta({ description: '办成的事项,或未予办理的条款和原因' }),
    }),
  ),
})

const MOST = 2_000

/** What cases of a round asked of one another, and what became of it. */
@Controller('rounds')
export class OrdersController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get(':id/orders')
  @Operation({
    id: 'roundOrders',
    chapter: 'rounds',
    summary: '系统代为转办的各件:待办、已办、未予办理及原因',
    answers: { 200: orders },
    refusals: [422],
  })
  async orders(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    mustBeAllowed(actor, 'open-round', id)
    const found = await ordersOfRound(this.db, id, MOST, readsAs(actorIn(actor, id)))
    return {
      orders: found.map(({ key, caseId, command, at, state, answer }) => ({
        key,
        case: caseId,
        href: caseId === null ? null : hrefOf(caseId),
        act: command.type,
        at,
        state,
        answer,
      })),
    }
  }
}
