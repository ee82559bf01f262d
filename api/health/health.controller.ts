import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { OlderSchema, requireSchema } from '../../db/schema-age.js'
import { type Instant, millis } from '../../domain/words.js'
import type { TemporalCalls } from '../cases/calls.js'
import { worldNow } from '../clock.js'
import { Operation } from '../openapi/operation.js'
import { DATABASE, TEMPORAL } from '../tokens.js'

const check = z.object({ state: z.enum(['ok', 'failed']), why: z.string().optional() })
const readyView = z
  .object({
    state: z.enum(['ok', 'failed']),
    temporal: check,
    database: check,
    clock: check.meta({ description: '本机时钟与数据库的是否相差太多' }),
  })
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

/** A case takes no command stamped this much later than its own time (`workflows/now.ts`). */
const SKEW_MILLIS = 5 * 60_000
const MINUTE = 60_000

/** Commands are stamped by this machine's clock: one that is wrong has them refused, or puts wrong times on the record. */
export const clockBeside = (own: Instant, database: Instant): Check => {
  const ahead = millis(own) - millis(database)
  if (Math.abs(ahead) <= SKEW_MILLIS) return { state: 'ok' }
  const minutes = Math.round(Math.abs(ahead) / MINUTE)
  return { state: 'failed', why: `本机时钟比数据库${ahead > 0 ? '快' : '慢'} ${minutes} 分钟,请校准后再办理` }
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
    summary: '流程引擎与数据库都在应答,时钟相符',
    answers: { 200: readyView, 503: readyView },
    who: 'anybody',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const [temporal, database, clock] = await Promise.all([
      tried('流程引擎', () => this.temporal.probe(LIMIT_MILLIS)),
      tried('数据库', () => requireSchema(this.db)),
      this.clock(),
    ])
    const state = [temporal, database, clock].every((one) => one.state === 'ok') ? 'ok' : 'failed'
    if (state === 'failed') reply.status(HttpStatus.SERVICE_UNAVAILABLE)
    return { state, temporal, database, clock }
  }

  /** A database that does not answer is the other check's to say. */
  private async clock(): Promise<Check> {
    try {
      const { rows } = await within(sql<{ now: Instant }>`select clock_timestamp() as now`.execute(this.db))
      return rows[0] ? clockBeside(worldNow(), rows[0].now) : { state: 'ok' }
    } catch {
      return { state: 'ok' }
    }
  }
}
