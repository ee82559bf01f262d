import { Controller, Get, Inject, Query } from '@nestjs/common'
import { z } from 'zod'
import { roundId } from '../../contracts/fields.js'
import type { Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import { ledgerPage } from '../../db/queries/ledger.js'
import { publicOf } from '../cases/views.js'
import { Operation } from '../openapi/operation.js'
import { DATABASE } from '../tokens.js'

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
}
