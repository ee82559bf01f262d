import { Controller, Get, Inject, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Db } from '../../db/connect.js'
import { type UnsentMail, unsentMails } from '../../db/queries/unsent-mails.js'
import type { Actor } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { readsAs } from '../../domain/permission/readers.js'
import { asCsv, tableOf, wantsCsv } from '../cases/csv.js'
import { hrefOf } from '../cases/views.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { mustBeAllowed, scopeOf } from '../permission.js'
import { DATABASE } from '../tokens.js'

const unsentMail = z.object({
  caseId: z.string(),
  href: z.string(),
  subject: z.string(),
  person: z.string(),
  name: z.string(),
  address: z.string(),
  since: z.string(),
  state: z.enum(['waiting', 'refused', 'unknown']),
  stateTitle: z.string(),
  why: z.string().nullable().meta({ description: '邮件服务器的答复,或没有连上的原因' }),
  instead: z.string().meta({ description: '现在应当怎样做' }),
})
const unsentView = z.object({ mails: z.array(unsentMail) }).meta({ id: 'UnsentMails' })

const WORDS: Readonly<Record<UnsentMail['state'], { readonly title: string; readonly instead: string }>> = {
  waiting: {
    title: '待发',
    instead: '邮件服务器恢复后自动补发,不必重办;急办的请先电话告知。系统内的通知已经送达',
  },
  refused: { title: '被拒收', instead: '请核对邮箱并在名册上更正,这一件以其他方式告知' },
  unknown: {
    title: '去向不明',
    instead: '已交给邮件服务器而没有得到答复,为免重复不再发送;请电话确认对方是否收到',
  },
}
const MOST = 1_000

/** What was to go out by mail and has not: each opens to its case. */
@Controller('unsent-mails')
export class UnsentController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get()
  @Operation({
    id: 'unsentMails',
    chapter: 'rounds',
    summary: '没有发出去的邮件:自何时起,为什么,怎么办;最久的在前',
    description: 'Accept: text/csv 时导出。',
    answers: { 200: unsentView },
  })
  async unsent(
    @Who() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    mustBeAllowed(actor, 'open-round', drillOf(actor.person))
    const { round } = scopeOf(actor)
    const mails = await unsentMails(this.db, { readers: readsAs(actor), round, limit: MOST })
    const listed = mails.map(
      ({ caseId, subject, person, name, address, since, state, answer }): z.infer<typeof unsentMail> => ({
        ...{ caseId, href: hrefOf(caseId), subject, person, name, address, since, state },
        stateTitle: WORDS[state].title,
        why: answer,
        instead: WORDS[state].instead,
      }),
    )
    return wantsCsv(request) ? asCsv(reply, '没有发出去的邮件', tableIn(listed)) : { mails: listed }
  }
}

const tableIn = (mails: readonly z.infer<typeof unsentMail>[]): string =>
  tableOf(
    ['编号', '通知', '收件人', '邮箱', '自何时起', '情形', '原因', '怎么办'],
    mails.map(({ caseId, subject, name, address, since, stateTitle, why, instead }) => [
      caseId,
      subject,
      name,
      address,
      since,
      stateTitle,
      why,
      instead,
    ]),
  )
