import type { Refusal, RefusalKind } from '../../domain/refusal.js'

/** What somebody may do instead; `href` where it can be done. */
export type WayOut = { readonly act: string; readonly title: string; readonly href?: string }
/** One field at fault; `path` as `patch.nodes.0.date`. */
export type FieldFault = { readonly path: string; readonly message: string }

/** A problem document (RFC 9457), in Chinese. */
export type ProblemDocument = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly clause?: string
  readonly instead: readonly WayOut[]
  readonly errors?: readonly FieldFault[]
  /** Under this the log has the cause. */
  readonly incident?: string
}

/** Any answer but success. Thrown anywhere in the door, written by one filter. */
export class Problem extends Error {
  override readonly name = 'Problem'
  constructor(
    readonly document: ProblemDocument,
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(document.detail, options)
  }
}

type Kind =
  | RefusalKind
  | 'unauthenticated'
  | 'bad-request'
  | 'method'
  | 'too-large'
  | 'media-type'
  | 'too-many'
  | 'unavailable'
  | 'incident'

const TITLES: Readonly<Record<Kind, { readonly status: number; readonly title: string }>> = {
  'bad-request': { status: 400, title: '请求写法有误' },
  unauthenticated: { status: 401, title: '请先登录' },
  forbidden: { status: 403, title: '无权办理' },
  'not-found': { status: 404, title: '没有找到' },
  method: { status: 405, title: '不支持这种请求' },
  'out-of-turn': { status: 409, title: '还没有轮到' },
  conflict: { status: 409, title: '与现状不符' },
  'too-large': { status: 413, title: '内容过大' },
  'media-type': { status: 415, title: '不支持这种内容' },
  invalid: { status: 422, title: '内容不符合要求' },
  'too-many': { status: 429, title: '请求过于频繁' },
  incident: { status: 500, title: '系统出错' },
  unavailable: { status: 503, title: '暂时无法办理' },
}

type Extras = {
  readonly clause?: string
  readonly instead?: readonly WayOut[]
  readonly errors?: readonly FieldFault[]
  readonly incident?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

export const problem = (
  kind: Kind,
  detail: string,
  { headers, cause, instead = [], ...more }: Extras = {},
): Problem =>
  new Problem(
    { type: `urn:bihuan:refusal:${kind}`, ...TITLES[kind], detail, ...more, instead },
    headers,
    cause === undefined ? undefined : { cause },
  )

/** The domain's own refusal; `href` is where the case takes commands. */
export const problemOf = ({ kind, why, clause, instead }: Refusal, href?: string): Problem =>
  problem(kind, why, { clause, instead: instead.map((way) => (href ? { ...way, href } : way)) })

type Issue = {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

const written = (path: Issue['path']): string =>
  (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')

const MOST_FAULTS = 50

/** What a schema finds wrong, field by field. */
export const problemOfIssues = (issues: readonly Issue[]): Problem =>
  problem('invalid', issues.length === 1 ? '有 1 处不符合要求' : `有 ${issues.length} 处不符合要求`, {
    errors: issues
      .slice(0, MOST_FAULTS)
      .map((issue) => ({ path: written(issue.path), message: issue.message })),
  })
