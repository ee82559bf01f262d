import { Body, Controller, Inject, Options, Post, Req, Res } from '@nestjs/common'
import { ApiExcludeEndpoint } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { caseOf, encryption, isEncrypted, MissingKey, Tampered } from '../../codec/encryption.js'
import type { Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import type { Actor } from '../../domain/parties.js'
import type { CaseId } from '../../domain/words.js'
import { Open, Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed, readingOf } from '../permission.js'
import type { Settings } from '../settings.js'
import { DATABASE, SETTINGS } from '../tokens.js'
import { fromWire, note, type Payloads, payloadsBody, toWire } from './payloads.js'

/** How long a browser remembers that Temporal's page may ask, in seconds. */
const REMEMBERED = '600'

/**
 * Temporal's remote codec protocol: its UI shows the content of cases to those who may read them, and to nobody else.
 * A payload is of the case it names, and decrypts as no other's.
 */
@Controller('codec')
export class CodecController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Options('*')
  @Open()
  @ApiExcludeEndpoint()
  preflight(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    this.letIn(request, reply)
    return reply
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization, content-type, x-namespace',
        'access-control-max-age': REMEMBERED,
      })
      .status(204)
      .send()
  }

  @Post('decode')
  @Operation({
    id: 'decodePayloads',
    chapter: 'engine',
    summary: '解读流程引擎里的内容(Temporal 远程编解码协议)',
    description: '无权查看的案件,其内容以一句说明代替。',
    answers: { 200: payloadsBody },
    refusals: [422],
  })
  async decode(
    @Who() actor: Actor,
    @Body({ schema: payloadsBody }) { payloads }: Payloads,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Payloads> {
    this.admit(actor, request, reply)
    const given = payloads.map((payload) => ({ payload, read: fromWire(payload) }))
    const open = await this.readableAmong(actor, new Set(given.map(({ read }) => caseOf(read))))
    return {
      payloads: await Promise.all(
        given.map(async ({ payload, read }) => {
          if (!isEncrypted(read)) return payload
          return open.has(caseOf(read)) ? this.decoded(read) : note('没有这件案件,或者您无权查看')
        }),
      ),
    }
  }

  @Post('encode')
  @Operation({
    id: 'encodePayloads',
    chapter: 'engine',
    summary: '加密发往流程引擎的内容(Temporal 远程编解码协议)',
    answers: { 200: payloadsBody },
    refusals: [422],
  })
  async encode(
    @Who() actor: Actor,
    @Body({ schema: payloadsBody }) { payloads }: Payloads,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Payloads> {
    this.admit(actor, request, reply)
    const { codecKeys } = this.settings
    if (!codecKeys) return { payloads }
    return { payloads: (await encryption(codecKeys).encode(payloads.map(fromWire))).map(toWire) }
  }

  /** @throws Problem 403 for whoever may not look into the engine; Temporal's page may read that as well. */
  private admit(actor: Actor, request: FastifyRequest, reply: FastifyReply): void {
    this.letIn(request, reply)
    mustBeAllowed(actor, 'read-engine')
  }

  /** Temporal's page alone may ask from a browser. */
  private letIn(request: FastifyRequest, reply: FastifyReply): void {
    const { temporalUi } = this.settings
    const { origin } = request.headers
    void reply.header('vary', 'origin')
    if (temporalUi === undefined || origin !== new URL(temporalUi).origin) return
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' })
  }

  private async readableAmong(actor: Actor, cases: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const found = await Promise.all([...cases].map((id) => caseById(this.db, id as CaseId)))
    return new Set(
      found.flatMap((one) => (one && readingOf(actor, one) === 'whole' ? [one.row.id as string] : [])),
    )
  }

  private async decoded(payload: ReturnType<typeof fromWire>): Promise<Payloads['payloads'][number]> {
    const { codecKeys } = this.settings
    if (!codecKeys) return note('本机没有密钥')
    try {
      const [clear] = await encryption(codecKeys).decode([payload])
      return clear ? toWire(clear) : note('没有内容')
    } catch (error) {
      if (error instanceof MissingKey || error instanceof Tampered) return note(error.message)
      throw error
    }
  }
}
