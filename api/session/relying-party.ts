import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { z } from 'zod'
import type { PersonId } from '../../domain/words.js'
import type { Log } from '../log.js'
import { unavailable } from '../problems/filter.js'
import { Problem } from '../problems/problem.js'

/** Where the issuer sends the browser back to. */
export const CALLBACK = '/session/callback'

const ISSUER_LIMIT_SECONDS = 8

export type Client = { readonly id: string; readonly secret: string }

type Setup = {
  readonly issuer: string
  readonly publicUrl: string
  /** The claim that holds the sign-in name. */
  readonly personClaim: string
  readonly client: () => Promise<Client>
  readonly log: Log
}

/** A sign-in under way: kept by the browser that began it, and by nobody else. */
export const pendingSignIn = z.object({
  state: z.string().min(20),
  nonce: z.string().min(20),
  verifier: z.string().min(43),
  to: z.string(),
})
export type PendingSignIn = z.output<typeof pendingSignIn>

/** `again`: the issuer asks for the password even of somebody it knows. */
export type Asking = 'as-known' | 'again'

/** We as confidential client of the issuer: code flow with PKCE. The tokens stay here, and are not kept. */
export class RelyingParty {
  private known: Promise<Configuration> | undefined

  constructor(private readonly setup: Setup) {}

  /** @throws Problem 503 when the issuer cannot be reached. */
  async begin(to: string, asking: Asking): Promise<{ readonly url: URL; readonly pending: PendingSignIn }> {
    const issuer = await this.issuer()
    const pending = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), to }
    const url = buildAuthorizationUrl(issuer, {
      redirect_uri: `${this.setup.publicUrl}${CALLBACK}`,
      scope: 'openid profile',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      ...(asking === 'again' && { prompt: 'login' }),
    })
    return { url, pending }
  }

  /**
   * Who came back; nobody, when the issuer's answer does not hold. `query`: what it gave the browser along, `code=…&state=…`.
   * @throws Problem 503 when the issuer cannot be reached.
   */
  async finish(query: string, pending: PendingSignIn): Promise<PersonId | undefined> {
    const issuer = await this.issuer()
    try {
      return await this.identified(issuer, query, pending)
    } catch (error) {
      if (error instanceof TypeError) throw unavailable('身份认证服务', error)
      this.setup.log.warn({ err: error }, 'sign-in failed')
      return undefined
    }
  }

  private async identified(
    issuer: Configuration,
    query: string,
    { state, nonce, verifier }: PendingSignIn,
  ): Promise<PersonId | undefined> {
    const back = new URL(`${this.setup.publicUrl}${CALLBACK}?${query}`)
    const tokens = await authorizationCodeGrant(issuer, back, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) return undefined
    return this.named(claims) ?? this.named(await fetchUserInfo(issuer, tokens.access_token, claims.sub))
  }

  private named(claims: Pick<IDToken, string>): PersonId | undefined {
    const person = claims[this.setup.personClaim]
    return typeof person === 'string' && person !== '' ? (person as PersonId) : undefined
  }

  private issuer(): Promise<Configuration> {
    this.known ??= this.discovered().catch((error: unknown) => {
      this.known = undefined
      if (error instanceof Problem) throw error
      throw unavailable('身份认证服务', error)
    })
    return this.known
  }

  private async discovered(): Promise<Configuration> {
    const issuer = new URL(this.setup.issuer)
    const { id, secret } = await this.setup.client()
    return discovery(issuer, id, undefined, ClientSecretBasic(secret), {
      timeout: ISSUER_LIMIT_SECONDS,
      execute: [
        enableNonRepudiationChecks,
        // Our own issuer speaks plain HTTP on this machine; in production no other may.
        ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : []),
      ],
    })
  }
}
