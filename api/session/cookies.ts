import type { FastifyRequest } from 'fastify'

/** What the door keeps in a browser: who is signed in, a sign-in under way, and that the last one was ended on purpose. */
export type CookieName = 'bihuan' | 'bihuan-sign-in' | 'bihuan-signed-out'

/**
 * `host`: sent to this origin alone, never in the clear, and not to be set by a neighbour (`__Host-`). `plain`: for a
 * development's door that is neither https nor on the browser's own machine, where a browser would not keep the other.
 */
export type CookieKind = 'host' | 'plain'

const written = (kind: CookieKind, name: CookieName): string => (kind === 'host' ? `__Host-${name}` : name)

export const cookieIn = (
  { headers }: Pick<FastifyRequest, 'headers'>,
  kind: CookieKind,
  name: CookieName,
): string | undefined => {
  const wanted = `${written(kind, name)}=`
  const found = (headers.cookie ?? '').split(';').find((pair) => pair.trimStart().startsWith(wanted))
  return found?.trimStart().slice(wanted.length).trimEnd() || undefined
}

/** `seconds`: how long it is kept; without, until the browser ends. `value` holds no more than base64url. */
export const cookie = (kind: CookieKind, name: CookieName, value: string, seconds?: number): string =>
  [
    `${written(kind, name)}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(kind === 'host' ? ['Secure'] : []),
    ...(seconds === undefined ? [] : [`Max-Age=${seconds}`]),
  ].join('; ')

export const noCookie = (kind: CookieKind, name: CookieName): string => cookie(kind, name, '', 0)
