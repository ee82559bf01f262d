import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { problemsOfRound } from '../../db/queries/cases.js'
import type { Actor } from '../../domain/parties.js'
import { chartOf, STANDING_TITLES } from '../../domain/wall-chart/chart.js'
import { hrefOf } from '../cases/views.js'
import type { Clocks } from '../clock.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed, readingOf } from '../permission.js'
import { type RoundParams, roundOr404, roundParams } from '../rounds/round.js'
import { CLOCKS, DATABASE } from '../tokens.js'
import { wallChartSvg } from './svg.js'

const chart = z.object({
  from: z.string(),
  to: z.string(),
  today: z.string(),
  rows: z.array(
    z.object({
      unit: z.string(),
      bars: z.array(
        z.object({
          id: z.string(),
          href: z.string(),
          n: z.int(),
          text: z.string(),
          from: z.string(),
          to: z.string().nullable().meta({ description: '长期坚持的没有终点' }),
          standing: z.string(),
          standingTitle: z.string(),
          progress: z.int(),
          nodes: z.array(z.object({ date: z.string(), done: z.enum(['done', 'open']) })),
        }),
      ),
    }),
  ),
})

/** 挂图作战 (CD-21): the chart as data, and as a sheet to be printed and hung up. */
@Controller('rounds')
export class WallChartController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Get(':id/wall-chart')
  @Operation({
    id: 'wallChart',
    chapter: 'rounds',
    summary: '挂图作战:每一件按单位、按时间,一种颜色一种状态',
    description: 'Accept: image/svg+xml 时给出可打印的图(A0 横幅,按单位分张,每张有图头)。',
    answers: { 200: chart },
    refusals: [404, 422],
  })
  async wallChart(
    @Who() actor: Actor,
    @Param({ schema: roundParams }) { id }: RoundParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    mustBeAllowed(actor, 'read-ledger', id)
    const round = await roundOr404(this.db, id)
    const cases = await problemsOfRound(this.db, id)
    const seen = cases.flatMap((one) =>
      one.state.kind === 'problem' && readingOf(actor, one) === 'whole' ? [one.state.state] : [],
    )
    const found = chartOf(seen, await this.clocks.now(id))
    if (request.headers.accept?.includes('image/svg+xml')) {
      reply.type('image/svg+xml; charset=utf-8')
      return wallChartSvg(round.title, found)
    }
    return {
      ...found,
      rows: found.rows.map(({ unit, bars }) => ({
        unit,
        bars: bars.map(({ unit: _unit, to, ...bar }) => ({
          ...bar,
          href: hrefOf(bar.id),
          to: to ?? null,
          standingTitle: STANDING_TITLES[bar.standing],
          nodes: [...bar.nodes],
        })),
      })),
    }
  }
}
