import { Body, Controller, Get, HttpStatus, Inject, Ip, Param, Post, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type CommandBody, commandBody, objectionBody } from '../../contracts/commands.js'
import { PUBLIC } from '../../contracts/register.js'
import type { Db } from '../../db/connect.js'
import type { Actor } from '../../domain/parties.js'
import { worldNow } from '../clock.js'
import { commandIdOf, Key, KeyHeader, noted } from '../idempotency.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { actorIn, mustBeAllowed, mustHaveASeat } from '../permission.js'
import { problem } from '../problems/problem.js'
import { RateLimit } from '../rate-limit.js'
import { DATABASE, DESK } from '../tokens.js'
import { answer, toldOf } from './answer.js'
import type { Desk } from './desk.js'
import { type CaseParams, caseParams, idOf } from './params.js'
import { caseOr404, readableCase } from './readable.js'
import { doneView, hrefOf, pendingView } from './views.js'

const commandParams = z.object({ ...caseParams.shape, key: z.string().min(8).max(128) })

/** What nobody needs a seat for: whoever objects, or was named by the case itself. */
const OPEN_TO_ANYBODY: ReadonlySet<CommandBody['type']> = new Set([
  'object',
  'record-watching',
  'record-observation',
])

const TEN_MINUTES = 600_000

@Controller('cases')
export class CommandsController {
  /** Somebody without an account lodges at most five objections in ten minutes. */
  private readonly strangers = new RateLimit(5, TEN_MINUTES, worldNow)

  constructor(
    @Inject(DESK) private readonly desk: Desk,
    @Inject(DATABASE) private readonly db: Db,
  ) {}

  @Post(':round/:n/commands')
  @KeyHeader()
  @Operation({
    id: 'giveCommand',
    chapter: 'cases',
    summary: '办理',
    description:
      '对一件案件办理一项命令。答复时,由此产生的事件已经入账。等不及的(202)可用同一编号再次报送,或到 Location 查询。',
    answers: { 200: doneView, 202: pendingView },
    refusals: [400, 404, 409, 413, 422, 503],
  })
  async give(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: caseParams }) params: CaseParams,
    @Body({ schema: commandBody }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const caseId = idOf(params)
    const known = await readableCase(this.db, actor, caseId)
    if (body.type === 'adopt-plan') {
      mustBeAllowed(actor, 'open-round', params.round)
      // What a plan holds is read from the plan itself.
      throw problem('invalid', '整改方案由系统读取后收下,请报送方案全文', {
        clause: 'GN-12',
        instead: [{ act: 'adopt-plan', title: '报送整改方案', href: `/rounds/${params.round}/plan` }],
      })
    }
    const sent = await noted(this.db, actor.person, key, { caseId, body })
    const id = commandIdOf(actor.person, key)
    const by = OPEN_TO_ANYBODY.has(body.type)
      ? actorIn(actor, params.round)
      : mustHaveASeat(actor, known.state)
    return answer(await this.desk.handIn({ known, sent, id, by, body }), { caseId, key }, reply)
  }

  @Get(':round/:n/commands/:key')
  @Operation({
    id: 'commandByKey',
    chapter: 'cases',
    summary: '查询一项命令的结果',
    answers: { 200: doneView },
    refusals: [404, 422, 503],
  })
  async find(@Who() actor: Actor, @Param({ schema: commandParams }) params: z.output<typeof commandParams>) {
    const caseId = idOf(params)
    await readableCase(this.db, actor, caseId)
    const done = await this.desk.askAgain(caseId, commandIdOf(actor.person, params.key))
    if (!done) throw problem('not-found', '这个编号下没有办成的事项:尚未办理,或已被拒绝;可用同一编号再次报送')
    return toldOf(done)
  }

  @Post(':round/:n/objections')
  @KeyHeader()
  @Operation({
    id: 'object',
    chapter: 'public',
    summary: '对公示提出异议,无须登录',
    answers: { 200: z.object({ caseId: z.string(), received: z.literal(true) }), 202: pendingView },
    refusals: [400, 404, 409, 413, 422, 429, 503],
    who: 'anybody',
  })
  async object(
    @Ip() ip: string,
    @Key() key: string,
    @Param({ schema: caseParams }) params: CaseParams,
    @Body({ schema: objectionBody }) { name, ...words }: z.output<typeof objectionBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const wait = this.strangers.take(ip)
    if (wait > 0)
      throw problem('too-many', '提出异议过于频繁,请稍后再试', { headers: { 'retry-after': String(wait) } })
    const caseId = idOf(params)
    const known = await caseOr404(this.db, caseId)
    const { kind, state } = known.state
    // What is not posted is not known to exist.
    if (kind !== 'problem' || state.phase !== 'on-notice' || state.restricted)
      throw problem('not-found', '没有这项公示,或者公示已经结束')
    const body: CommandBody = { type: 'object', ...words }
    const sent = await noted(this.db, PUBLIC, key, { caseId, name, body })
    const id = commandIdOf(PUBLIC, key)
    const done = await this.desk.handIn({ known, sent, id, by: { stranger: name }, body })
    if (done) return { caseId, received: true }
    reply.status(HttpStatus.ACCEPTED)
    return { status: 'pending', href: `${hrefOf(caseId)}/objections` }
  }
}
