import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { roundId } from '../../contracts/fields.js'
import { post, readBody } from '../../contracts/register.js'
import type { Db } from '../../db/connect.js'
import { inbox, markRead, unreadCount } from '../../db/notices.js'
import { automaticActs } from '../../db/queries/automatic.js'
import { todosOf } from '../../db/queries/todos.js'
import { type Actor, ROLE_TITLES } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { mayDo, OFFICE_ACTS } from '../../domain/permission/office.js'
import { readsAs } from '../../domain/permission/readers.js'
import { tell } from '../../domain/tell.js'
import { asCsv, wantsCsv } from '../cases/csv.js'
import { hrefOf } from '../cases/views.js'
import { worldNow } from '../clock.js'
import { Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { scopeOf, seesWhole } from '../permission.js'
import { DATABASE } from '../tokens.js'
import { tableOfTodos, todosIn, todoView } from './todos.js'

const meView = z
  .object({
    person: z.string(),
    name: z.string(),
    posts: z.array(post.extend({ title: z.string() })),
    drill: z.string().nullable().meta({ description: '演练人员所属的轮次' }),
    may: z.array(z.enum(OFFICE_ACTS)).meta({ description: '一件事项之外可以办的' }),
    todos: z.int(),
    unread: z.int(),
  })
  .meta({ id: 'Me' })

const noticeView = z
  .object({
    id: z.int(),
    caseId: z.string(),
    href: z.string(),
    drill: z.boolean(),
    subject: z.string(),
    text: z.string(),
    at: z.string(),
    readAt: z.string().nullable(),
  })
  .meta({ id: 'Notice' })

const automaticView = z
  .object({
    caseId: z.string(),
    href: z.string(),
    text: z.string(),
    seq: z.int(),
    at: z.string(),
    told: z.string().meta({ example: '预警:连续缺报 2 期' }),
    rule: z.string(),
    clause: z.string(),
  })
  .meta({ id: 'AutomaticAct' })

const automaticQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) })
const todosQuery = z.object({
  act: z.string().optional().meta({ description: '只要这一种', example: 'submit-return' }),
  round: roundId.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
})
type TodosQuery = z.output<typeof todosQuery>
const inboxQuery = z.object({
  before: z.coerce.number().int().min(1).optional().meta({ description: '在这条之前的' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  unread: z.enum(['all', 'only']).default('all'),
})

const MOST_TODOS = 1_000

@Controller('me')
export class MeController {
  constructor(@Inject(DATABASE) private readonly db: Db) {}

  @Get()
  @Operation({ id: 'me', chapter: 'me', summary: '我是谁', answers: { 200: meView } })
  async me(@Who() actor: Actor) {
    const [todos, unread] = await Promise.all([
      this.todosOf(actor, MOST_TODOS),
      unreadCount(this.db, actor.person, readsAs(actor)),
    ])
    return {
      person: actor.person,
      name: actor.name,
      posts: actor.posts.map((held) => ({ ...held, title: ROLE_TITLES[held.role] })),
      drill: drillOf(actor.person) ?? null,
      may: OFFICE_ACTS.filter((act) => mayDo(actor, act) === undefined),
      todos: todos.length,
      unread,
    }
  }

  @Get('todos')
  @Operation({
    id: 'myTodos',
    chapter: 'me',
    summary: '我的待办,最急的在前',
    description: 'Accept: text/csv 时导出。',
    answers: { 200: z.object({ todos: z.array(todoView) }) },
    refusals: [422],
  })
  async todos(
    @Who() actor: Actor,
    @Query({ schema: todosQuery }) { limit, ...narrowed }: TodosQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (wantsCsv(request))
      return asCsv(reply, '待办', tableOfTodos(await this.todosOf(actor, MOST_TODOS, narrowed)))
    return { todos: await this.todosOf(actor, limit, narrowed) }
  }

  @Get('automatic')
  @Operation({
    id: 'myAutomaticActs',
    chapter: 'me',
    summary: '我能看到的事项里系统自行办了什么、依据什么,最近的在前',
    answers: { 200: z.object({ acts: z.array(automaticView) }) },
    refusals: [422],
  })
  async automatic(
    @Who() actor: Actor,
    @Query({ schema: automaticQuery }) { limit }: z.output<typeof automaticQuery>,
  ) {
    if (!seesWhole(actor)) return { acts: [] }
    const acts = await automaticActs(this.db, scopeOf(actor), limit)
    return {
      acts: acts.flatMap(({ record: { case: caseId, seq, at, by, event }, text }) =>
        by.kind === 'engine'
          ? [
              {
                caseId,
                href: hrefOf(caseId),
                text,
                seq,
                at,
                told: tell(event),
                rule: by.rule,
                clause: by.clause,
              },
            ]
          : [],
      ),
    }
  }

  @Get('inbox')
  @Operation({
    id: 'myInbox',
    chapter: 'me',
    summary: '我的通知,最近的在前',
    answers: { 200: z.object({ notices: z.array(noticeView), unread: z.int() }) },
    refusals: [422],
  })
  async inbox(@Who() actor: Actor, @Query({ schema: inboxQuery }) query: z.output<typeof inboxQuery>) {
    const { before, limit, unread: which } = query
    const [notices, unread] = await Promise.all([
      inbox(this.db, actor.person, {
        limit,
        unread: which,
        readers: readsAs(actor),
        ...(before !== undefined && { before }),
      }),
      unreadCount(this.db, actor.person, readsAs(actor)),
    ])
    return {
      notices: notices.map(({ id, caseId, drill, subject, text, at, readAt }) => ({
        ...{ id, caseId, href: hrefOf(caseId), drill, subject, text, at, readAt },
      })),
      unread,
    }
  }

  @Post('inbox/read')
  @Operation({
    id: 'markRead',
    chapter: 'me',
    summary: '标为已读',
    answers: { 200: z.object({ read: z.int(), unread: z.int() }) },
    refusals: [400, 422],
  })
  async read(@Who() actor: Actor, @Body({ schema: readBody }) { ids }: z.output<typeof readBody>) {
    const read = await markRead(this.db, actor.person, ids, worldNow())
    return { read, unread: await unreadCount(this.db, actor.person, readsAs(actor)) }
  }

  private async todosOf(actor: Actor, limit: number, narrowed: Omit<TodosQuery, 'limit'> = {}) {
    return todosIn(actor, await todosOf(this.db, actor, limit, narrowed))
  }
}
