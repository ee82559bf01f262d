import { Controller, Get, Inject, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { unwrittenPapers } from '../../db/queries/unwritten-papers.js'
import type { Actor } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { readsAs } from '../../domain/permission/readers.js'
import { PAPER_TITLES } from '../../domain/policy.js'
import { asCsv, tableOf, wantsCsv } from '../cases/csv.js'
import { hrefOf } from '../cases/views.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed, scopeOf } from '../permission.js'
import { DATABASE } from '../tokens.js'

const unwrittenPaper = z.object({
  caseId: z.string(),
  href: z.string(),
  text: z.string().meta({ description: '事项的问题表述' }),
  paper: z.string(),
  title: z.string(),
  since: z.string(),
  state: z.enum(['waiting', 'failing']),
  stateTitle: z.string(),
  why: z.string().nullable().meta({ description: '最近一次没有制发成功的原因;不知道时为空' }),
  instead: z.string().meta({ description: '现在应当怎样做' }),
})
const unwrittenView = z.object({ papers: z.array(unwrittenPaper) }).meta({ id: 'UnwrittenPapers' })

const WORDS = {
  waiting: {
    title: '待制发',
    instead: '系统自动制发,不必重办;久未制发的,请系统运维人员查看办理程序是否在运行、磁盘是否已满',
  },
  failing: {
    title: '未能制发',
    instead: '系统仍在重试,故障排除后自动制发,不必重办;请把原因告诉系统运维人员',
  },
} as const
const MOST = 1_000

/** What an event ordered and nobody has written yet: each opens to its case. */
@Controller('unwritten-papers')
export class UnwrittenController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get()
  @Operation({
    id: 'unwrittenPapers',
    chapter: 'papers',
    summary: '没有制发出来的公文:哪一件的、自何时起、为什么、怎么办;最久的在前',
    description: 'Accept: text/csv 时导出。',
    answers: { 200: unwrittenView },
  })
  async unwritten(
    @Who() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    mustBeAllowed(actor, 'open-round', drillOf(actor.person))
    const { round } = scopeOf(actor)
    const papers = await unwrittenPapers(this.db, { readers: readsAs(actor), round, limit: MOST })
    const listed = papers.map(
      ({ caseId, text, paper, since, tried, why }): z.infer<typeof unwrittenPaper> => {
        const state = tried > 0 ? 'failing' : 'waiting'
        const { title: stateTitle, instead } = WORDS[state]
        return {
          ...{ caseId, href: hrefOf(caseId), text, paper, title: PAPER_TITLES[paper], since },
          ...{ state, stateTitle, why, instead },
        }
      },
    )
    return wantsCsv(request) ? asCsv(reply, '没有制发出来的公文', tableIn(listed)) : { papers: listed }
  }
}

const tableIn = (papers: readonly z.infer<typeof unwrittenPaper>[]): string =>
  tableOf(
    ['编号', '公文', '问题与措施', '自何时起', '情形', '原因', '怎么办'],
    papers.map(({ caseId, title, text, since, stateTitle, why, instead }) => [
      caseId,
      title,
      text,
      since,
      stateTitle,
      why,
      instead,
    ]),
  )
