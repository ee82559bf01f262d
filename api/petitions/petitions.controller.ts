import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { date } from '../../contracts/fields.js'
import type { Db } from '../../db/connect.js'
import { petitionsOfRound } from '../../db/queries/petitions.js'
import { rulesOf } from '../../db/rules.js'
import type { Actor } from '../../domain/parties.js'
import { type AnalysisLine, analysisOf } from '../../domain/petition/analysis.js'
import { repeatsAmong } from '../../domain/petition/repeats.js'
import type { PetitionState } from '../../domain/petition/types.js'
import type { CaseId, RoundId } from '../../domain/words.js'
import { asCsv, tableOf, wantsCsv } from '../cases/csv.js'
import { hrefOf } from '../cases/views.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed } from '../permission.js'
import { type RoundParams, roundOr404, roundParams } from '../rounds/round.js'
import { DATABASE } from '../tokens.js'

const period = z.object({ from: date, to: date })

const cases = z.object({ count: z.int(), cases: z.array(z.object({ id: z.string(), href: z.string() })) })
const counts = z.object({ received: cases, accepted: cases, closed: cases, merged: cases, declined: cases })

const analysisLine = z.object({
  title: z.string(),
  received: cases,
  repeats: cases,
  answered: cases,
  late: cases,
  medianDays: z.int().nullable(),
  worstDays: z.int().nullable(),
})
const analysis = z.object({
  from: z.string(),
  to: z.string(),
  total: analysisLine,
  byArea: z.array(analysisLine),
  bySubject: z.array(analysisLine),
  byChannel: z.array(analysisLine),
})

const repeats = z.object({
  groups: z.array(
    z.object({
      main: z.object({ id: z.string(), href: z.string(), place: z.string(), subject: z.string() }),
      petitions: z.array(
        z.object({
          id: z.string(),
          href: z.string(),
          placeAlike: z.int().meta({ description: '地点相近,百分之几' }),
          subjectAlike: z.int().meta({ description: '事由相近,百分之几' }),
          merge: z.object({ type: z.literal('merge-petition'), into: z.string() }),
        }),
      ),
      supervise: z.boolean().meta({ description: '并案后将达到建议督办的件数' }),
    }),
  ),
})

const opening = (ids: readonly CaseId[]) => ({
  count: ids.length,
  cases: ids.map((id) => ({ id, href: hrefOf(id) })),
})

const lineView = ({ title, received, repeats: again, answered, late, answerDays }: AnalysisLine) => ({
  title,
  received: opening(received),
  repeats: opening(again),
  answered: opening(answered),
  late: opening(late),
  medianDays: answerDays?.median ?? null,
  worstDays: answerDays?.worst ?? null,
})

/** 信访件 of a round: their counts (YZ-14), repeats (HY-05) and analysis (HY-06). */
@Controller('rounds')
export class PetitionsController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get(':id/petitions')
  @Operation({
    id: 'petitionCounts',
    chapter: 'petitions',
    summary: '信访件:收到、受理、办结、并案,每个数字都能点开',
    description: '收到 ≥ 受理 ≥ 办结;并案的保留自己的编号,随主件答复(YZ-14)。',
    answers: { 200: counts },
    refusals: [404, 422],
  })
  async counts(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    const { petitions } = await this.petitions(actor, id)
    const those = (when: (petition: PetitionState) => boolean) =>
      opening(petitions.filter(when).map((petition) => petition.id))
    return {
      received: those(() => true),
      accepted: those(({ acceptedAt }) => acceptedAt !== undefined),
      closed: those(({ acceptedAt, closedAt }) => acceptedAt !== undefined && closedAt !== undefined),
      merged: those(({ mergedInto }) => mergedInto !== undefined),
      declined: those(({ phase }) => phase === 'declined'),
    }
  }

  @Get(':id/petitions/repeats')
  @Operation({
    id: 'petitionRepeats',
    chapter: 'petitions',
    summary: '疑似重复的信访件:按地点和事由找出,由人确认并案(HY-05)',
    answers: { 200: repeats },
    refusals: [404, 422],
  })
  async repeats(@Who() actor: Actor, @Param({ schema: roundParams }) { id }: RoundParams) {
    const { round, petitions } = await this.petitions(actor, id)
    const rule = (await rulesOf(this.db, round.policyHash, round.calendarHash)).policy.petitions
    if (!rule) return { groups: [] }
    const known = new Map(petitions.map((petition) => [petition.id, petition]))
    return {
      groups: repeatsAmong(petitions, rule).map(({ main, petitions: others, supervise }) => ({
        main: {
          id: main,
          href: hrefOf(main),
          place: known.get(main)?.place ?? '',
          subject: known.get(main)?.subject ?? '',
        },
        petitions: others.map((one) => ({
          id: one.id,
          href: hrefOf(one.id),
          placeAlike: one.place,
          subjectAlike: one.subject,
          merge: { type: 'merge-petition' as const, into: main },
        })),
        supervise: supervise === 'supervise',
      })),
    }
  }

  @Get(':id/petitions/analysis')
  @Operation({
    id: 'petitionAnalysis',
    chapter: 'petitions',
    summary: '信访梳理分析:按地点、事由、渠道、重复和答复时间(HY-06)',
    description: 'Accept: text/csv 时导出。',
    answers: { 200: analysis },
    refusals: [404, 422],
  })
  async analysis(
    @Who() actor: Actor,
    @Param({ schema: roundParams }) { id }: RoundParams,
    @Query({ schema: period }) { from, to }: z.output<typeof period>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { petitions } = await this.petitions(actor, id)
    const found = analysisOf(petitions, from, to)
    if (wantsCsv(request)) {
      const table = tableOf(
        ['分类', '名称', '收到', '重复', '已答复', '曾逾期', '答复天数(中位)', '答复天数(最长)'],
        [
          ...[['', found.total] as const],
          ...found.byArea.map((line) => ['地点', line] as const),
          ...found.bySubject.map((line) => ['事由', line] as const),
          ...found.byChannel.map((line) => ['渠道', line] as const),
        ].map(([dimension, line]) => [
          dimension,
          line.title,
          line.received.length,
          line.repeats.length,
          line.answered.length,
          line.late.length,
          line.answerDays?.median ?? null,
          line.answerDays?.worst ?? null,
        ]),
      )
      return asCsv(reply, '信访分析', table)
    }
    return {
      from,
      to,
      total: lineView(found.total),
      byArea: found.byArea.map(lineView),
      bySubject: found.bySubject.map(lineView),
      byChannel: found.byChannel.map(lineView),
    }
  }

  private async petitions(actor: Actor, id: RoundId) {
    mustBeAllowed(actor, 'read-petitions', id)
    return { round: await roundOr404(this.db, id), petitions: await petitionsOfRound(this.db, id) }
  }
}
