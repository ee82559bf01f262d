import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { OpenDoor } from './door.js'

/** The issuer's own signing key, as only its home has it. */
export const signingKey = async ({ home }: OpenDoor) => {
  const { jwks } = JSON.parse(readFileSync(join(home, 'issuer.json'), 'utf8')) as { jwks: { keys: JWK[] } }
  const [jwk] = jwks.keys
  if (!jwk) throw new Error('no key')
  return { jwk, key: await importJWK(jwk, 'ES256') }
}

export type Made = {
  readonly audience?: string
  readonly issuer?: string
  readonly subject?: string
  /** As jose writes spans; one that begins with `-` has ended. */
  readonly expires?: string
  readonly type?: string
}

/** A token as the issuer makes it, changed in one point. */
export const tokenMade = async (
  door: OpenDoor,
  {
    audience = 'urn:bihuan:api',
    issuer = door.serving().issuerUrl,
    subject = 'office',
    expires = '5m',
    type = 'at+jwt',
  }: Made = {},
  key?: Parameters<SignJWT['sign']>[0],
): Promise<string> => {
  const own = await signingKey(door)
  const ended = expires.startsWith('-')
  return new SignJWT({ scope: 'openid' })
    .setProtectedHeader({ alg: 'ES256', typ: type, kid: String(own.jwk.kid) })
    .setIssuedAt(ended ? Math.floor(Date.now() / 1000) - 7_200 : undefined)
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setExpirationTime(ended ? Math.floor(Date.now() / 1000) - 60 : expires)
    .sign(key ?? own.key)
}
