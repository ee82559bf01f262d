import { Body, Controller, Get, HttpStatus, Inject, Param, Post, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { openingBody } from '../../contracts/openings.js'
import type { Db } from '../../db/connect.js'
import { rulesOf } from '../../db/rules.js'
import type { Opening } from '../../domain/decider-types.js'
import type { Actor } from '../../domain/parties.js'
import type { Clocks } from '../clock.js'
import { commandIdOf, Key, KeyHeader, noted } from '../idempotency.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorIn, mustBeAllowed } from '../permission.js'
import { type RoundParams, roundOr404, roundParams } from '../rounds/round.js'
import { CLOCKS, DATABASE, DESK } from '../tokens.js'
import { toldOf } from './answer.js'
import { withListed } from './choices.js'
import type { Desk } from './desk.js'
import { openingsFor, openingView } from './opening-acts.js'
import { doneView, hrefOf, pendingView } from './views.js'

@Controller('rounds')
export class OpeningsController {
  constructor(
    @Inject(DESK) private readonly desk: Desk,
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Get(':id/openings')
  @Operation({
    id: 'roundOpenings',
    chapter: 'cases',
    summary: '本轮次里我能登记哪些事项;不能登记的,为什么',
    answers: { 200: z.object({ openings: z.array(openingView) }) },
    refusals: [404, 422],
  })
  async openings(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    mustBeAllowed(actor, 'read-ledger', id)
    const round = await roundOr404(this.db, id)
    const rules = await rulesOf(this.db, round.policyHash, round.calendarHash)
    const openings = openingsFor(rules, round, { by: actorIn(actor, id), at: await this.clocks.now(id) })
    return { openings: await withListed(this.db, { actor, round: id }, openings) }
  }

  @Post(':id/cases')
  @KeyHeader()
  @Operation({
    id: 'openCase',
    chapter: 'cases',
    summary: '登记一件事项:信访件、批示件、舆情、督查……',
    description: '编号由系统给出;同一 Idempotency-Key 只登记一件。',
    answers: { 201: doneView, 202: pendingView },
    refusals: [400, 404, 409, 413, 422, 503],
  })
  async open(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: roundParams }) { id: round }: RoundParams,
    @Body({ schema: openingBody }) opening: Opening,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await noted(this.db, actor.person, key, { round, opening })
    const id = commandIdOf(actor.person, key)
    const done = await this.desk.open({ round, id, by: actorIn(actor, round), opening })
    if (done) {
      reply.header('location', hrefOf(done.caseId))
      return toldOf(done)
    }
    reply.status(HttpStatus.ACCEPTED)
    return { status: 'pending', href: `/rounds/${round}/cases` }
  }
}
