import 'reflect-metadata'
import { applyDecorators, HttpCode } from '@nestjs/common'
import { ApiBearerAuth, ApiCookieAuth, ApiOAuth2, ApiOperation, ApiResponse } from '@nestjs/swagger'
import type { z } from 'zod'
import { Open } from '../identity/guard.js'

/** Chapters of the interface's document. */
export const CHAPTERS = {
  petitions: '信访',
  cases: '案件',
  rounds: '督察轮次',
  register: '名册',
  session: '登录',
  me: '本人',
  papers: '公文与材料',
  figures: '统计与审计',
  public: '公开',
  engine: '流程引擎',
  health: '运行状况',
} as const

type Description = {
  readonly id: string
  readonly chapter: keyof typeof CHAPTERS
  readonly summary: string
  readonly description?: string
  /** Statuses of success and what they hold; a string is a media type of a file. */
  readonly answers: Readonly<Record<number, z.ZodType | string>>
  /** Refusals of this route beyond those every route has. */
  readonly refusals?: readonly (400 | 404 | 409 | 413 | 415 | 422 | 429 | 503)[]
  readonly who?: 'signed-in' | 'anybody'
}

const REFUSALS: Readonly<Record<number, string>> = {
  400: '请求写法有误',
  401: '未登录,或令牌无效',
  403: '无权办理',
  404: '没有找到,或无权查看',
  409: '还没有轮到,或与现状不符',
  413: '内容过大',
  415: '不支持这种内容',
  422: '内容不符合要求',
  429: '请求过于频繁',
  503: '暂时无法办理,可用同一编号重试',
}

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

const PARAMETER_TYPES = 'design:paramtypes'

/** The compiler here emits no types of parameters, and without them the document would not look at their schemas. */
const parametersCounted = (target: object, method: string | symbol): void => {
  const { length } = (target as Record<string | symbol, (...args: never[]) => unknown>)[method] ?? []
  if (!Reflect.hasMetadata(PARAMETER_TYPES, target, method))
    Reflect.defineMetadata(PARAMETER_TYPES, Array<unknown>(length).fill(Object), target, method)
}

/** All that the document says of a route, and whether it wants a person. */
export const Operation = ({
  id,
  chapter,
  summary,
  description,
  answers,
  refusals = [],
  who,
}: Description) => {
  const open = who === 'anybody'
  const statuses = [...(open ? [] : [401, 403]), ...refusals]
  const [first] = Object.keys(answers).map(Number)
  return applyDecorators(
    parametersCounted,
    ApiOperation({
      operationId: id,
      tags: [CHAPTERS[chapter]],
      summary,
      ...(description && { description }),
    }),
    ...Object.entries(answers).map(([status, answer]) =>
      typeof answer === 'string'
        ? ApiResponse({
            status: Number(status),
            description: summary,
            content: { [answer]: { schema: { type: 'string', format: 'binary' } } },
          })
        : ApiResponse({ status: Number(status), description: summary, standardSchema: answer }),
    ),
    ...statuses.map((status) =>
      ApiResponse({ status, description: REFUSALS[status] ?? '', content: PROBLEM }),
    ),
    ApiResponse({ status: 'default', description: '其他问题', content: PROBLEM }),
    ...(open ? [Open()] : [ApiBearerAuth(), ApiOAuth2(['openid']), ApiCookieAuth()]),
    ...(first === undefined ? [] : [HttpCode(first)]),
  )
}
