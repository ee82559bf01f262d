import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import {
  type AdoptRulesBody,
  adoptRulesBody,
  type DecideRulesBody,
  decideRulesBody,
} from '../../contracts/rounds.js'
import type { Db } from '../../db/connect.js'
import { rulesOf } from '../../db/rules.js'
import { ownCase } from '../../domain/adoption/decide.js'
import type { Actor } from '../../domain/parties.js'
import type { Clocks } from '../clock.js'
import { commandIdOf, Key, KeyHeader, noted } from '../idempotency.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorIn, mustBeAllowed } from '../permission.js'
import { problemOf } from '../problems/problem.js'
import { movedBy, movedView, nextRules } from '../rounds/next-rules.js'
import { CLOCKS, DATABASE, DESK } from '../tokens.js'
import { answer } from './answer.js'
import type { Desk } from './desk.js'
import { type CaseParams, caseParams, idOf } from './params.js'
import { wholeCase } from './readable.js'
import { doneView, pendingView } from './views.js'

const preview = movedView.extend({ policy: z.string(), calendar: z.string() })

/** One case goes over to other rules than its round's (GN-02): previewed, decided by a person, recorded. */
@Controller('cases')
export class CaseRulesController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
    @Inject(DESK) private readonly desk: Desk,
  ) {}

  @Post(':round/:n/rules/preview')
  @HttpCode(200)
  @Operation({
    id: 'previewRulesOfCase',
    chapter: 'cases',
    summary: '预览:这一件改用新的规则或日历,哪些期限和时点会变(GN-02)',
    description: '不写规则的,规则不变;不写日历的,用随程序提供的最新日历。只预览,不办理。',
    answers: { 200: preview },
    refusals: [400, 404, 422],
  })
  async preview(
    @Who() actor: Actor,
    @Param({ schema: caseParams }) params: CaseParams,
    @Body({ schema: adoptRulesBody }) body: AdoptRulesBody,
  ) {
    const found = await wholeCase(this.db, actor, idOf(params))
    mustBeAllowed(actor, 'open-round', found.row.round)
    const next = await nextRules(this.db, found.row, body)
    return {
      policy: next.loaded.hash,
      calendar: next.calendar.version,
      ...(await movedBy(this.db, found, next, await this.clocks.now(found.row.round))),
    }
  }

  @Post(':round/:n/rules')
  @KeyHeader()
  @HttpCode(200)
  @Operation({
    id: 'adoptRulesOfCase',
    chapter: 'cases',
    summary: '决定这一件改用新的规则或日历:已经办过的不变',
    description:
      '由不兼任责任单位职务的整改办主任决定,须写明理由;轮次和别的事项不变。等不及的(202)可用同一编号再次报送,或到 Location 查询。',
    answers: { 200: doneView, 202: pendingView },
    refusals: [400, 404, 409, 422, 503],
  })
  async adopt(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: caseParams }) params: CaseParams,
    @Body({ schema: decideRulesBody }) body: DecideRulesBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const known = await wholeCase(this.db, actor, idOf(params))
    const { id: caseId, round, policy, calendar } = known.row
    mustBeAllowed(actor, 'decide-rules', round)
    const by = actorIn(actor, round)
    const { kind, state } = known.state
    const own = ownCase(kind, await rulesOf(this.db, policy, calendar), state, by)
    if (own) throw problemOf(own)
    const sent = await noted(this.db, actor.person, key, { caseId, adopt: body })
    const next = await nextRules(this.db, known.row, body)
    const id = commandIdOf(actor.person, key)
    const done = await this.desk.adopt({ known, sent, id, by, next, reason: body.reason })
    return answer(done, { caseId, key }, reply)
  }
}
