import type { FastifyRequest } from 'fastify'
import { problem } from '../problems/problem.js'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A cookie comes along whoever made the browser ask. What changes something is taken from our own pages only: the browser
 * says so itself, by `Sec-Fetch-Site` or, where it does not send that, by `Origin`.
 * @throws Problem 403
 */
export const refuseForeign = (
  { method, headers }: Pick<FastifyRequest, 'method' | 'headers'>,
  ownOrigin: string,
): void => {
  if (SAFE.has(method)) return
  const site = headers['sec-fetch-site']
  const own = site === undefined ? headers.origin === ownOrigin : site === 'same-origin'
  if (!own) throw problem('forbidden', '这个请求不是从本系统的页面发出的,没有办理', { clause: 'GN-08' })
}
