import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { type Instant, instant, type PersonId } from '../../domain/words.js'
import { unavailable } from '../problems/filter.js'
import { problem } from '../problems/problem.js'

/** Whose signature counts, and for whom a token must have been made. */
export type Trust = {
  readonly issuer: string
  readonly audience: string
  /** The claim that holds the sign-in name. */
  readonly personClaim: string
  readonly algorithms: readonly string[]
  /** `at+jwt` where the issuer marks its access tokens so. */
  readonly type?: string
}

/** Whom a token names, and until when it holds. */
export type Holder = { readonly person: PersonId; readonly endsAt: Instant }

/** Clocks of two machines may differ by so much. */
const TOLERANCE_SECONDS = 10
const DISCOVERY_LIMIT_MILLIS = 5_000

const metadata = z.object({ issuer: z.string(), jwks_uri: z.url() })

type Keys = ReturnType<typeof createRemoteJWKSet>

/** Asks the issuer once where its keys are; the keys themselves are fetched when needed, also after a rotation. */
const findKeys = async ({ issuer }: Trust): Promise<Keys> => {
  const where = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await fetch(where, { signal: AbortSignal.timeout(DISCOVERY_LIMIT_MILLIS) })
  const found = metadata.parse(await answer.json())
  if (found.issuer !== issuer) throw new Error(`issuer calls itself ${found.issuer}, not ${issuer}`)
  return createRemoteJWKSet(new URL(found.jwks_uri), { cooldownDuration: 5_000 })
}

/** Makes sure who is calling: tokens of one issuer, for one audience, in algorithms named beforehand. */
export class Verifier {
  private keys: Promise<Keys> | undefined

  constructor(private readonly trust: Trust) {}

  /** @throws Problem 401 for any token that does not hold, 503 when the issuer's keys cannot be had. */
  async holderOf(token: string): Promise<Holder> {
    const payload = await this.verified(token)
    const person = payload[this.trust.personClaim]
    if (typeof person !== 'string' || person === '') throw notSignedIn('令牌里没有登录名')
    return { person: person as PersonId, endsAt: instant((payload.exp ?? 0) * 1_000) }
  }

  private async verified(token: string): Promise<JWTPayload> {
    const { issuer, audience, algorithms, type } = this.trust
    const keys = await this.foundKeys()
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: [...algorithms],
        clockTolerance: TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'iat'],
        ...(type !== undefined && { typ: type }),
      })
      return payload
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw notSignedIn('登录已过期,请重新登录')
      if (error instanceof errors.JWKSNoMatchingKey) throw notSignedIn('令牌无效')
      if (error instanceof errors.JWKSTimeout || error instanceof TypeError)
        throw unavailable('身份认证服务', error)
      throw notSignedIn('令牌无效')
    }
  }

  private foundKeys(): Promise<Keys> {
    this.keys ??= findKeys(this.trust).catch((error: unknown) => {
      this.keys = undefined
      throw unavailable('身份认证服务', error)
    })
    return this.keys
  }
}

/** RFC 6750: without a token no error is named; with a bad one, `invalid_token`. */
export const notSignedIn = (why: string, kind: 'missing' | 'invalid' = 'invalid') =>
  problem('unauthenticated', why, {
    headers: {
      'www-authenticate':
        kind === 'missing' ? 'Bearer realm="bihuan"' : 'Bearer realm="bihuan", error="invalid_token"',
    },
    instead: [{ act: 'sign-in', title: '登录', href: '/session/sign-in' }],
  })
