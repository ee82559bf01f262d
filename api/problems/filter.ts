import { randomUUID } from 'node:crypto'
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isPassing } from '../../db/again.js'
import type { Log } from '../log.js'
import type { RouteTable } from '../routes.js'
import { Problem, problem } from './problem.js'

/** Statuses of the framework's own errors, in our words. */
const OF_STATUS: Readonly<Record<number, (message: string) => Problem>> = {
  400: () => problem('bad-request', '请求写法有误,请检查 JSON 与地址'),
  401: () => problem('unauthenticated', '请先登录'),
  403: () => problem('forbidden', '无权办理'),
  404: () => problem('not-found', '没有这个地址'),
  413: () => problem('too-large', '内容过大,请分次报送或压缩附件'),
  414: () => problem('bad-request', '地址过长'),
  415: () => problem('media-type', '请以 application/json 报送'),
  429: () => problem('too-many', '请求过于频繁,请稍后再试'),
  503: () => problem('unavailable', '正在停止服务,请稍后再试', { headers: { 'retry-after': '5' } }),
}

const statusOf = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus()
  const status = (error as { statusCode?: unknown } | null)?.statusCode
  return typeof status === 'number' ? status : undefined
}

/** PostgreSQL keeps no U+0000 in a text (22021): names and addresses of ours have none. */
const isUnstorable = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '22021'

/** An address that cannot be read at all comes before any route: the server itself asks for its answer. */
export const unreadable = (error: unknown, _request: FastifyRequest, reply: FastifyReply): void => {
  const { document } = problem(
    'bad-request',
    statusOf(error) === 414 ? '地址过长' : '地址写法有误,请检查其中的 % 和字符',
  )
  void reply
    .status(document.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(document))
}

/** The one place where an error becomes an answer. Causes go to the log, never to the caller. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly routes: RouteTable,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    const { document, headers } = this.answerTo(error, request)
    if (reply.sent) return
    void reply
      .status(document.status)
      .headers({ ...headers, 'content-type': 'application/problem+json; charset=utf-8' })
      .send(JSON.stringify(document))
  }

  private answerTo(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return this.told(error, request)
    const status = statusOf(error)
    const otherwise = status !== undefined && status < 500 ? this.otherMethods(request) : undefined
    if (otherwise) return otherwise
    if (status === 404) return problem('not-found', '没有这个地址')
    const known = status === undefined ? undefined : OF_STATUS[status]
    if (known) return known(String(error))
    if (isPassing(error)) {
      this.log.warn({ err: error, url: request.url }, 'database not to be reached')
      return unavailable('数据库')
    }
    if (isUnstorable(error)) return problem('invalid', '内容里有不能保存的字符,请删去后再报')
    return this.incident(error, request)
  }

  private told(known: Problem, request: FastifyRequest): Problem {
    if (known.document.status >= 500)
      this.log.error({ err: known.cause ?? known, url: request.url }, known.document.title)
    return known
  }

  /** An address that exists for other methods says for which (405), whatever else the request lacks. */
  private otherMethods({ url, method }: FastifyRequest): Problem | undefined {
    const allowed = this.routes.methodsOf(url)
    if (allowed.length === 0 || allowed.includes(method)) return undefined
    return problem('method', `这里不支持 ${method},只支持 ${allowed.join('、')}`, {
      headers: { allow: allowed.join(', ') },
    })
  }

  private incident(error: unknown, { url, method }: FastifyRequest): Problem {
    const incident = randomUUID()
    this.log.error({ err: error, incident, method, url }, 'incident')
    return problem('incident', `系统出错,已记录,编号 ${incident}`, { incident })
  }
}

/** A service we stand on does not answer: try again later, nothing was lost. */
export const unavailable = (what: string, cause?: unknown): Problem =>
  problem('unavailable', `${what}暂时不可用,请稍后以同一编号重试`, {
    headers: { 'retry-after': '5' },
    ...(cause === undefined ? {} : { cause }),
  })
