import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { audited } from '../../db/queries/audits.js'
import type { LedgerFilter } from '../../db/queries/ledger.js'
import { paceBuckets } from '../../db/queries/pace.js'
import { AUDIT_CLAUSE, AUDIT_TITLES, AUDITS, VIOLATION_TITLES } from '../../domain/figures/audits.js'
import { KIND_TITLES } from '../../domain/kinds/registry.js'
import { PACE_TITLES } from '../../domain/pace.js'
import type { Actor } from '../../domain/parties.js'
import type { Instant } from '../../domain/words.js'
import { asCsv, tableOf, wantsCsv } from '../cases/csv.js'
import { asAsked, filterFor } from '../cases/filter.js'
import { filterQuery } from '../cases/params.js'
import { hrefOf } from '../cases/views.js'
import type { Clocks } from '../clock.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustSeeWhole } from '../permission.js'
import { CLOCKS, DATABASE } from '../tokens.js'

const query = filterQuery.omit({ audit: true })
type Asked = z.output<typeof query>

const number = z.object({ count: z.int(), href: z.string() })

const audits = z.object({
  at: z.string(),
  clean: z.boolean(),
  audits: z.array(
    z.object({
      audit: z.enum(AUDITS),
      title: z.string().meta({ example: '件件有着落' }),
      rule: z.string(),
      clause: z.string(),
      checked: z.int().meta({ description: '查了多少件' }),
      violating: number,
      violators: z
        .array(
          z.object({
            id: z.string(),
            href: z.string(),
            kindTitle: z.string(),
            units: z.array(z.string()),
            why: z.array(z.string()),
          }),
        )
        .meta({ description: '至多 200 件,全部见 violating.href' }),
    }),
  ),
})

const buckets = z.object({
  at: z.string(),
  total: number,
  buckets: z.array(number.extend({ bucket: z.string(), title: z.string(), overdue: number })),
})

const MOST_LISTED = 200
const MOST_EXPORTED = 100_000

/** The standing audits (HH-13) and the pace (YZ-13), as of now or any moment before. */
@Controller()
export class AuditsController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Get('audits')
  @Operation({
    id: 'audits',
    chapter: 'figures',
    summary: '三项常设审计:件件有着落、事事有回音、条条改到位,各列出不符合的事项(HH-13)',
    description: '现在的,或截至以前某一天的。Accept: text/csv 时导出。',
    answers: { 200: audits },
    refusals: [422],
  })
  async audits(
    @Who() actor: Actor,
    @Query({ schema: query }) asked: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { at, filter: narrowed } = await this.filterOf(actor, asked)
    // What the audits look at is only kept with the versions: the present is the last of them.
    const filter = { ...narrowed, at }
    const found = await Promise.all(
      AUDITS.map(async (audit) => ({
        audit,
        ...(await audited(this.db, audit, filter, wantsCsv(request) ? MOST_EXPORTED : MOST_LISTED)),
      })),
    )
    if (wantsCsv(request))
      return asCsv(
        reply,
        '常设审计',
        tableOf(
          ['审计', '编号', '种类', '责任单位', '不符合之处'],
          found.flatMap(({ audit, violators }) =>
            violators.map(({ id, kind, units, why }) => [
              AUDIT_TITLES[audit].title,
              id,
              KIND_TITLES[kind],
              units.join('、'),
              why.map((one) => VIOLATION_TITLES[one]).join('、'),
            ]),
          ),
        ),
      )
    return {
      at: filter.at,
      clean: found.every(({ violating }) => violating === 0),
      audits: found.map(({ audit, checked, violating, violators }) => ({
        audit,
        ...AUDIT_TITLES[audit],
        clause: AUDIT_CLAUSE,
        checked,
        violating: {
          count: violating,
          href: `/cases?${new URLSearchParams({ ...asAsked({ ...asked, at: filter.at, audit }) })}`,
        },
        violators: violators.map(({ id, kind, units, why }) => ({
          id,
          href: hrefOf(id),
          kindTitle: KIND_TITLES[kind],
          units: [...units],
          why: why.map((one) => VIOLATION_TITLES[one]),
        })),
      })),
    }
  }

  @Get('pace')
  @Operation({
    id: 'pace',
    chapter: 'figures',
    summary: '序时进度:提前完成、达到序时进度、加紧整改,互不重叠,合计等于总数(YZ-13)',
    description: '现在的,或截至以前某一天的。Accept: text/csv 时导出。',
    answers: { 200: buckets },
    refusals: [422],
  })
  async pace(
    @Who() actor: Actor,
    @Query({ schema: query }) asked: Asked,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { at, filter } = await this.filterOf(actor, asked)
    const counts = await paceBuckets(this.db, at, filter)
    const opens = (more: Readonly<Record<string, string>>): string =>
      `/cases?${new URLSearchParams({ ...asAsked({ ...asked, at }), kind: 'problem', ...more })}`
    if (wantsCsv(request))
      return asCsv(
        reply,
        '序时进度',
        tableOf(
          ['序时进度', '件数', '其中逾期'],
          counts.map(({ bucket, count, overdue }) => [PACE_TITLES[bucket], count, overdue]),
        ),
      )
    return {
      at,
      total: { count: counts.reduce((sum, { count }) => sum + count, 0), href: opens({}) },
      buckets: counts.map(({ bucket, count, overdue }) => ({
        bucket,
        title: PACE_TITLES[bucket],
        count,
        href: opens({ pace: bucket }),
        overdue: { count: overdue, href: opens({ pace: bucket, overdue: 'true' }) },
      })),
    }
  }
  /** What is looked at: all there is, as of the moment asked for, or now. */
  private async filterOf(
    actor: Actor,
    asked: Asked,
  ): Promise<{ readonly at: Instant; readonly filter: LedgerFilter }> {
    mustSeeWhole(actor)
    const now = await this.clocks.nowIn(asked.round)
    const filter = filterFor(actor, asked, now)
    return { at: filter.at ?? now, filter }
  }
}
