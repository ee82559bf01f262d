import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { date, roundId, sha256 } from '../../contracts/fields.js'
import type { Db } from '../../db/connect.js'
import { visibleAmong } from '../../db/queries/ledger.js'
import { figuresAsOf, type Snapshot, snapshotByHash, snapshots, takeSnapshot } from '../../db/snapshots.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Asked, Figures } from '../../domain/figures/types.js'
import type { Actor } from '../../domain/parties.js'
import { readsEverything, unitsRead } from '../../domain/permission/read.js'
import { instant, type PlainDate, type RoundId } from '../../domain/words.js'
import { asCsv, wantsCsv } from '../cases/csv.js'
import { momentAsked } from '../cases/filter.js'
import { pastMoment } from '../cases/params.js'
import type { Clocks } from '../clock.js'
import { commandIdOf, Key, KeyHeader, noted } from '../idempotency.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed, mustSeeWhole, scopeOf } from '../permission.js'
import { problem } from '../problems/problem.js'
import { type RoundParams, roundOr404, roundParams } from '../rounds/round.js'
import { CLOCKS, DATABASE } from '../tokens.js'
import { LIST_TITLES, LISTS, listTable, ofUnit, rankingTable } from './lists.js'
import { figuresOf, figuresView, rankingOf, rankingView, type Whose } from './views.js'

const days = {
  from: date.optional().meta({ description: '从哪一天起计;不填为当月一日' }),
  to: date.optional().meta({ description: '计到哪一天;不填为截止当日' }),
}
const rankingQuery = z.object({ round: roundId, at: pastMoment, ...days })
const snapshotsQuery = z.object({ round: roundId.optional() })
const hashParams = z.object({ hash: sha256 })
const snapshotQuery = z.object({
  list: z
    .enum(LISTS)
    .default('ranking')
    .meta({ description: `导出哪一份:${LISTS.map((list) => `${list} ${LIST_TITLES[list]}`).join(',')}` }),
  unit: z.string().max(200).optional().meta({ description: '各件清单只列这个责任单位的' }),
})
const freezeBody = z.strictObject({ at: pastMoment, ...days })
type Days = {
  readonly at?: z.output<typeof pastMoment>
  readonly from?: PlainDate | undefined
  readonly to?: PlainDate | undefined
}

const snapshotLine = z
  .object({
    key: z.string(),
    hash: z.string(),
    href: z.string(),
    round: z.string(),
    from: z.string(),
    to: z.string(),
    cutOff: z.string(),
  })
  .meta({ id: 'Snapshot' })

/** 排名 as of any moment, and figures frozen for good (JN-21, HH-08). */
@Controller()
export class FiguresController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Get('rankings')
  @Operation({
    id: 'rankings',
    chapter: 'figures',
    summary: '排名:现在的,或截至以前某一天的;得分相同的名次相同(JN-21)',
    description: '汇总排名的整改办自己不参加。责任单位只看到自己的一行。Accept: text/csv 时导出。',
    answers: {
      200: z.object({
        round: z.string(),
        at: z.string(),
        from: z.string(),
        to: z.string(),
        ranking: rankingView,
      }),
    },
    refusals: [404, 422],
  })
  async rankings(
    @Who() actor: Actor,
    @Query({ schema: rankingQuery }) query: z.output<typeof rankingQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { round } = query
    mustBeAllowed(actor, 'read-ledger', round)
    mustSeeWhole(actor)
    const asked = await this.askedOf(round, query)
    const { ranking } = await figuresAsOf(this.db, asked)
    if (!ranking) throw noRanking()
    const shown = rankingOf(asked, ranking, whoseOf(actor))
    if (wantsCsv(request)) return asCsv(reply, '排名', rankingTable(shown))
    return { round, at: asked.cutOff, from: asked.from, to: asked.to, ranking: shown }
  }

  @Post('rounds/:id/snapshots')
  @KeyHeader()
  @Operation({
    id: 'freezeFigures',
    chapter: 'figures',
    summary: '定格数据:截至某日的合计、排名、逾期、缺报,定格之后不再变',
    description: '同一 Idempotency-Key 只定格一次;要更正,另定格一次。',
    answers: { 201: snapshotLine },
    refusals: [400, 404, 422],
  })
  async freeze(
    @Who() actor: Actor,
    @Key() key: string,
    @Param({ schema: roundParams }) { id: round }: RoundParams,
    @Body({ schema: freezeBody }) body: z.output<typeof freezeBody>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    mustBeAllowed(actor, 'freeze-figures', round)
    await noted(this.db, actor.person, key, { round, body })
    const asked = await this.askedOf(round, body)
    const taken = await takeSnapshot(this.db, { key: commandIdOf(actor.person, key), ...asked })
    reply.header('location', `/snapshots/${taken.hash}`)
    return lineOf(taken)
  }

  @Get('snapshots')
  @Operation({
    id: 'snapshots',
    chapter: 'figures',
    summary: '定格的数据,新的在前',
    answers: { 200: z.object({ snapshots: z.array(snapshotLine) }) },
    refusals: [422],
  })
  async list(
    @Who() actor: Actor,
    @Query({ schema: snapshotsQuery }) { round }: z.output<typeof snapshotsQuery>,
  ) {
    mustSeeWhole(actor)
    const own = scopeOf(actor).round ?? round
    return { snapshots: (await snapshots(this.db, own)).map(lineOf) }
  }

  @Get('snapshots/:hash')
  @Operation({
    id: 'snapshot',
    chapter: 'figures',
    summary: '一份定格的数据',
    description: '责任单位只看到自己的各行。Accept: text/csv 时导出其中一份清单。',
    answers: { 200: snapshotLine.extend({ figures: figuresView }) },
    refusals: [404, 422],
  })
  async one(
    @Who() actor: Actor,
    @Param({ schema: hashParams }) { hash }: z.output<typeof hashParams>,
    @Query({ schema: snapshotQuery }) { list, unit }: z.output<typeof snapshotQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    mustSeeWhole(actor)
    const snapshot = await snapshotByHash(this.db, hash)
    if (!snapshot) throw problem('not-found', '没有这份定格的数据')
    const { figures } = snapshot
    mustBeAllowed(actor, 'read-ledger', figures.round)
    const seen = await visibleAmong(this.db, casesIn(figures), scopeOf(actor))
    const shown = ofUnit(figuresOf(figures, whoseOf(actor), seen), unit)
    if (wantsCsv(request)) {
      const table = listTable(shown, list)
      if (table === undefined) throw noRanking()
      return asCsv(reply, LIST_TITLES[list], table)
    }
    return { ...lineOf(snapshot), figures: shown }
  }

  private async askedOf(round: RoundId, { at, from, to }: Days): Promise<Asked> {
    await roundOr404(this.db, round)
    const cutOff = momentAsked(at, await this.clocks.nowIn(round))
    const last = to ?? dateOf(cutOff)
    return { round, cutOff, from: from ?? (`${last.slice(0, 8)}01` as PlainDate), to: last }
  }
}

const noRanking = () => problem('not-found', '本轮次所依规则没有规定排名', { clause: 'JN-21' })

const whoseOf = (actor: Actor): Whose => (readsEverything(actor) ? 'all' : new Set(unitsRead(actor)))

const casesIn = ({ overdue, missing, rungs, refusals, rebounds }: Figures) =>
  [...overdue, ...missing, ...rungs.raised, ...rungs.released, ...refusals, ...rebounds].map(
    (one) => one.case,
  )

const lineOf = ({ key, hash, figures }: Snapshot): z.infer<typeof snapshotLine> => ({
  key,
  hash,
  href: `/snapshots/${hash}`,
  round: figures.round,
  from: figures.period.from,
  to: figures.period.to,
  cutOff: instant(figures.cutOff),
})
