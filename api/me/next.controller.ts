import { Controller, Get, Inject, Query } from '@nestjs/common'
import { z } from 'zod'
import { caseId, date } from '../../contracts/fields.js'
import type { Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import { placeOfTodo, type TodoRow, todosOf } from '../../db/queries/todos.js'
import { rulesOf } from '../../db/rules.js'
import type { Actor } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { nextOf, type Owed } from '../../domain/why/next.js'
import type { CaseId } from '../../domain/words.js'
import { atOnce } from '../at-once.js'
import { coming, comingView } from '../cases/coming.js'
import type { Clocks } from '../clock.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { readingOf } from '../permission.js'
import { CLOCKS, DATABASE } from '../tokens.js'
import { todosIn, todoView } from './todos.js'

const PLACE = /^(\d{4}-\d\d-\d\d|never)~(\d{1,6})~(.+)$/

/** `2026-12-31~0~jinan-2018/041`: the last line of the page before; `never`: it has no deadline. */
const after = z
  .string()
  .max(140)
  .transform((text, context) => {
    const [, due, ordinal, id] = PLACE.exec(text) ?? []
    const place = z
      .object({ due: date.or(z.literal('never')), ordinal: z.coerce.number().int(), caseId })
      .safeParse({ due, ordinal, caseId: id })
    if (place.success) return place.data
    context.addIssue({ code: 'custom', message: '应为上一页给出的位置' })
    return z.NEVER
  })

const query = z.object({
  after: after.optional().meta({ description: '上一页给出的 next' }),
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: '每页多少,至多 100' }),
})

const page = z.object({
  owed: z.array(todoView.extend({ otherwise: z.array(coming).meta({ description: '到时不办,系统会怎样' }) })),
  next: z.string().nullable().meta({ description: '下一页的位置,作为 after 报送' }),
})

const CASES_AT_ONCE = 4

/** What one owes over all one's cases: played forward case by case, so a page at a time. */
@Controller('me/next')
export class MyNextController {
  constructor(
    @Inject(DATABASE) private readonly db: Db,
    @Inject(CLOCKS) private readonly clocks: Clocks,
  ) {}

  @Get()
  @Operation({
    id: 'myNext',
    chapter: 'me',
    summary: '我欠什么、何时之前、否则会怎样,最急的在前',
    answers: { 200: page },
    refusals: [422],
  })
  async next(@Who() actor: Actor, @Query({ schema: query }) { after: place, limit }: z.output<typeof query>) {
    const drill = drillOf(actor.person)
    const found = await todosOf(this.db, actor, limit + 1, { after: place })
    const rows = found.slice(0, limit)
    const mine = rows.filter(({ round }) => drill === undefined || round === drill)
    const ids = [...new Set(mine.map((todo) => todo.caseId))]
    const owed = new Map(
      await atOnce(CASES_AT_ONCE, ids, async (id) => [id, await this.owedIn(actor, id)] as const),
    )
    const last = rows.at(-1)
    return {
      owed: mine.flatMap((row) => {
        const [todo] = todosIn(actor, [row])
        const found = owed.get(row.caseId)?.find(isSame(row))
        return todo ? [{ ...todo, otherwise: (found?.otherwise ?? []).map(comingView) }] : []
      }),
      next: found.length > limit && last ? placeOfTodo(last) : null,
    }
  }

  private async owedIn(actor: Actor, id: CaseId): Promise<readonly Owed[]> {
    const found = await caseById(this.db, id)
    if (!found || readingOf(actor, found) !== 'whole') return []
    const { policy, calendar, round } = found.state.state
    const rules = await rulesOf(this.db, policy, calendar)
    return nextOf(rules, found.state, await this.clocks.now(round)).owed
  }
}

const isSame =
  (row: TodoRow) =>
  ({ act, chair, due }: Owed): boolean =>
    act === row.act &&
    chair.seat === row.seat &&
    (chair.unit ?? null) === row.unit &&
    (due ?? null) === row.due
