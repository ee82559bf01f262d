import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { roundId } from '../../contracts/fields.js'
import type { Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import { ledgerPage } from '../../db/queries/ledger-page.js'
import { milestones, type PublicCase, publicCases, publicRounds } from '../../db/queries/publicity.js'
import type { RoundId } from '../../domain/words.js'
import { publicOf } from '../cases/views.js'
import { Operation } from '../openapi/operation.js'
import { DATABASE } from '../tokens.js'
import { listedAmong, progressFeed, progressPage, stageOf, stagesOf, totalOf } from './page.js'

const noticeView = z
  .object({
    id: z.string(),
    text: z.string(),
    units: z.array(z.string()),
    postedOn: z.string().nullable(),
    until: z.string().nullable(),
    objections: z.string().meta({ description: '在此提出异议,无须登录' }),
  })
  .meta({ id: 'PublicNotice' })

const query = z.object({ round: roundId.optional() })
const MOST = 100
const LATEST = 20
/** Cases on one page about everything. */
const MOST_LISTED = 5_000

const progressView = z
  .object({
    id: z.string(),
    city: z.string(),
    title: z.string(),
    total: z.int(),
    stages: z.array(z.object({ stage: z.string().meta({ example: '整改中' }), count: z.int() })),
    href: z.string(),
    listed: z
      .enum(['whole', 'in-numbers'])
      .meta({ description: 'in-numbers:事项过多,此处只列件数,逐件见 href' }),
    cases: z.array(
      z.object({
        id: z.string(),
        n: z.int(),
        text: z.string(),
        units: z.array(z.string()),
        due: z.string().nullable(),
        stage: z.string(),
        closedOn: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PublicProgress' })

@Controller('public')
export class PublicController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get('notices')
  @Operation({
    id: 'publicNotices',
    chapter: 'public',
    summary: '正在公示的事项',
    answers: { 200: z.object({ notices: z.array(noticeView) }) },
    refusals: [422],
    who: 'anybody',
  })
  async notices(@Query({ schema: query }) { round }: z.output<typeof query>) {
    const { rows } = await ledgerPage(
      this.db,
      { kind: 'problem', phases: ['on-notice'], readsAs: [], ...(round !== undefined && { round }) },
      { limit: MOST },
    )
    const found = await Promise.all(rows.map(({ id }) => caseById(this.db, id)))
    const posted = found.flatMap((one) => (one ? (publicOf(one.state) ?? []) : []))
    return {
      notices: posted
        .filter(({ postedOn }) => postedOn !== null)
        .map(({ reading: _reading, ...notice }) => ({
          ...notice,
          objections: `/cases/${notice.id}/objections`,
        })),
    }
  }

  @Get('progress')
  @Operation({
    id: 'publicProgress',
    chapter: 'public',
    summary: '整改进展公开(JN-18)',
    description: '只含方案已公布的内容、进展阶段和公示的结果;限定知悉的、演练的不在其列。',
    answers: { 200: z.object({ rounds: z.array(progressView) }) },
    refusals: [422],
    who: 'anybody',
  })
  async progress(@Query({ schema: query }) { round }: z.output<typeof query>) {
    const { rounds, listed } = await this.progressOf(round)
    return {
      rounds: rounds.map((one) => {
        const { id, city, title } = one
        const own = listed.get(id)
        return {
          id,
          city,
          title,
          total: totalOf(one),
          stages: [...stagesOf(one)],
          href: `/public/progress?round=${encodeURIComponent(id)}`,
          listed: own ? ('whole' as const) : ('in-numbers' as const),
          cases: (own ?? []).map((one) => ({
            id: one.id,
            n: one.n,
            text: one.text,
            units: [...one.units],
            due: one.due,
            stage: stageOf(one),
            closedOn: one.closedOn,
          })),
        }
      }),
    }
  }

  @Get('progress/page')
  @Operation({
    id: 'publicProgressPage',
    chapter: 'public',
    summary: '整改进展公开页,可直接浏览、打印(JN-18)',
    answers: { 200: 'text/html' },
    refusals: [422],
    who: 'anybody',
  })
  async page(
    @Query({ schema: query }) { round }: z.output<typeof query>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const [{ rounds, listed }, steps] = await Promise.all([
      this.progressOf(round),
      milestones(this.db, LATEST, round),
    ])
    reply.type('text/html; charset=utf-8')
    return progressPage(rounds, listed, steps)
  }

  @Get('feed')
  @Operation({
    id: 'publicFeed',
    chapter: 'public',
    summary: '整改进展的订阅源(Atom,JN-18)',
    answers: { 200: 'application/atom+xml' },
    refusals: [422],
    who: 'anybody',
  })
  async feed(
    @Query({ schema: query }) { round }: z.output<typeof query>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const steps = await milestones(this.db, MOST, round)
    reply.type('application/atom+xml; charset=utf-8')
    return progressFeed(`${request.protocol}://${request.host}`, steps)
  }

  private async progressOf(round: RoundId | undefined) {
    const rounds = await publicRounds(this.db, round)
    const whole = round === undefined ? listedAmong(rounds, MOST_LISTED) : rounds
    const cases = await publicCases(
      this.db,
      whole.map(({ id }) => id),
    )
    const listed = new Map<RoundId, PublicCase[]>(whole.map(({ id }) => [id, []]))
    for (const one of cases) listed.get(one.round)?.push(one)
    return { rounds, listed }
  }
}
