import { Controller, Get, Headers, Inject, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type { Db } from '../../db/connect.js'
import { isPlaceOf, newsNow } from '../../db/queries/news.js'
import { NEWS_PLACE, type NewsPlace } from '../../db/queries/news-place.js'
import type { Actor } from '../../domain/parties.js'
import { By, type SignedInBy, Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { problem } from '../problems/problem.js'
import { DATABASE, STREAMS } from '../tokens.js'
import { Line } from './reader.js'
import type { Streams } from './streams.js'

@Controller('stream')
export class StreamController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(STREAMS) private readonly streams: Streams,
  ) {}

  @Get()
  @Operation({
    id: 'stream',
    chapter: 'me',
    summary: '实时消息(SSE):我可查看的案件有了变动(case,附我在其中的待办),我有了新通知(notice)',
    description:
      '每条消息有编号;离开过的读者带 Last-Event-ID 接着读,不漏不重。reset:编号已不可用,请全部重读。end:这条连接到此为止,附原因。',
    answers: { 200: 'text/event-stream' },
    refusals: [400, 429, 503],
  })
  async stream(
    @Who() { person }: Actor,
    @By() by: SignedInBy,
    @Headers('last-event-id') last: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (last !== undefined && last !== '' && !NEWS_PLACE.test(last))
      throw problem('bad-request', 'Last-Event-ID 应为上一条消息的编号')
    this.streams.refuseMore(person)
    const left = (last || undefined) as NewsPlace | undefined
    const known = left !== undefined && (await isPlaceOf(this.db, left))
    const from = known ? left : await newsNow(this.db)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies that gather an answer before passing it on leave this one alone.
      'x-accel-buffering': 'no',
    })
    const line = new Line(raw)
    if (left !== undefined && !known)
      await line.send([{ event: 'reset', id: from, data: { why: '编号已不可用,请全部重读' } }])
    await this.streams.follow({ person, by, line }, from)
  }
}
