import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { OlderSchema, requireSchema } from '../../db/schema-age.js'
import type { TemporalCalls } from '../cases/calls.js'
import { Operation } from '../openapi/operation.js'
import { DATABASE, TEMPORAL } from '../tokens.js'

const check = z.object({ state: z.enum(['ok', 'failed']), why: z.string().optional() })
const readyView = z
  .object({ state: z.enum(['ok', 'failed']), temporal: check, database: check })
  .meta({ id: 'Readiness' })

type Check = z.infer<typeof check>

const LIMIT_MILLIS = 3_000

const within = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, fail) => setTimeout(() => fail(new Error('no answer')), LIMIT_MILLIS).unref()),
  ])

const tried = async (title: string, work: () => Promise<unknown>): Promise<Check> => {
  try {
    await within(work())
    return { state: 'ok' }
  } catch (error) {
    return { state: 'failed', why: error instanceof OlderSchema ? error.message : `${title}没有应答` }
  }
}

@Controller('health')
export class HealthController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(TEMPORAL) private readonly temporal: TemporalCalls,
  ) {}

  @Get('live')
  @Operation({
    id: 'live',
    chapter: 'health',
    summary: '进程在运行',
    answers: { 200: z.object({ state: z.literal('ok') }) },
    who: 'anybody',
  })
  live() {
    return { state: 'ok' }
  }

  @Get('ready')
  @Operation({
    id: 'ready',
    chapter: 'health',
    summary: '流程引擎与数据库都在应答',
    answers: { 200: readyView, 503: readyView },
    who: 'anybody',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const [temporal, database] = await Promise.all([
      tried('流程引擎', () => this.temporal.probe(LIMIT_MILLIS)),
      tried('数据库', () => requireSchema(this.db)),
    ])
    const state = temporal.state === 'ok' && database.state === 'ok' ? 'ok' : 'failed'
    if (state === 'failed') reply.status(HttpStatus.SERVICE_UNAVAILABLE)
    return { state, temporal, database }
  }
}
