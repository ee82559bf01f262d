import { createHash } from 'node:crypto'
import { Body, Controller, Get, HttpStatus, Inject, Ip, Param, Post, Query, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { publicPetition } from '../../contracts/petition.js'
import { PUBLIC } from '../../contracts/register.js'
import type { Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import { dateOf } from '../../domain/calendar/dates.js'
import { PETITION_PHASE_TITLES } from '../../domain/petition/types.js'
import type { Sha256 } from '../../domain/words.js'
import type { Desk } from '../cases/desk.js'
import { type CaseParams, caseParams, idOf } from '../cases/params.js'
import { type Clocks, worldNow } from '../clock.js'
import { commandIdOf, Key, KeyHeader, noted } from '../idempotency.js'
import { Operation } from '../openapi/operation.js'
import { problem } from '../problems/problem.js'
import { RateLimit } from '../rate-limit.js'
import { CLOCKS, DATABASE, DESK } from '../tokens.js'

const CODE = /^[0-9a-f]{12}$/
const codeQuery = z.object({ code: z.string().regex(CODE, '查询码为 12 位') })

const lodged = z.object({
  number: z.string().meta({ example: 'jinan-2018/xf-0001' }),
  code: z.string().meta({ description: '查询码,凭编号和查询码查询办理情况' }),
  acceptBy: z.string().meta({ description: '在此日之前答复是否受理' }),
  href: z.string(),
})
const progress = z.object({
  number: z.string(),
  phaseTitle: z.string(),
  receivedOn: z.string(),
  due: z.string().nullable(),
  answer: z.string().nullable(),
})
const pending = z.object({ status: z.literal('pending') })

/** The code follows from the sender's own key: asked again, the same answer. */
const codeOf = (key: string): string =>
  createHash('sha256').update(`petition ${key}`).digest('hex').slice(0, 12)
const hashOf = (code: string): Sha256 => createHash('sha256').update(code).digest('hex') as Sha256

const TEN_MINUTES = 600_000

/** 群众网上信访, without an account (JN-19). */
@Controller('public/petitions')
export class PublicPetitionsController {
  private readonly strangers = new RateLimit(5, TEN_MINUTES, worldNow)
  private readonly askers = new RateLimit(60, TEN_MINUTES, worldNow)

  constructor(
    @Inject(DESK) private readonly desk: Desk,
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Post()
  @KeyHeader()
  @Operation({
    id: 'lodgePetition',
    chapter: 'public',
    summary: '提交信访件,无须登录',
    description: '姓名和联系方式保密。请记下编号和查询码。',
    answers: { 201: lodged, 202: pending },
    refusals: [400, 404, 409, 413, 422, 429, 503],
    who: 'anybody',
  })
  async lodge(
    @Ip() ip: string,
    @Key() key: string,
    @Body({ schema: publicPetition }) body: z.output<typeof publicPetition>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    mustWait(this.strangers.take(ip))
    const { round, name, contact, ...what } = body
    await noted(this.db, PUBLIC, key, { petition: body })
    const code = codeOf(key)
    const done = await this.desk.open({
      round,
      id: commandIdOf(PUBLIC, key),
      by: { stranger: name },
      opening: {
        type: 'receive-petition',
        channel: 'online',
        petitioner: { name, contact },
        ...what,
        receivedOn: dateOf(await this.clocks.now(round)),
        code: hashOf(code),
      },
    })
    if (done?.ledger.kind !== 'petition') {
      reply.status(HttpStatus.ACCEPTED)
      return { status: 'pending' }
    }
    return {
      number: done.caseId,
      code,
      acceptBy: done.ledger.state.acceptBy,
      href: `/public/petitions/${done.caseId}?code=${code}`,
    }
  }

  @Get(':round/:n')
  @Operation({
    id: 'petitionProgress',
    chapter: 'public',
    summary: '凭编号和查询码查询办理情况,无须登录',
    answers: { 200: progress },
    refusals: [404, 422, 429],
    who: 'anybody',
  })
  async progress(
    @Ip() ip: string,
    @Param({ schema: caseParams }) params: CaseParams,
    @Query({ schema: codeQuery }) { code }: z.output<typeof codeQuery>,
  ) {
    mustWait(this.askers.take(ip))
    const found = await caseById(this.db, idOf(params))
    // A wrong code and a number that does not exist are the same answer.
    if (found?.state.kind !== 'petition' || found.state.state.code !== hashOf(code))
      throw problem('not-found', '没有这件信访,或者查询码不对')
    const { state } = found.state
    return {
      number: state.id,
      phaseTitle: PETITION_PHASE_TITLES[state.phase],
      receivedOn: state.receivedOn,
      due: state.closedAt ? null : (state.closeBy ?? state.acceptBy),
      answer: state.reply ?? null,
    }
  }
}

const mustWait = (seconds: number): void => {
  if (seconds > 0)
    throw problem('too-many', '操作过于频繁,请稍后再试', { headers: { 'retry-after': String(seconds) } })
}
