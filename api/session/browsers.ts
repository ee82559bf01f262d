import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../../db/connect.js'
import {
  beginSession,
  endSession,
  type SessionLimits,
  type SignedInSession,
  sessionsHolding,
  useSession,
} from '../../db/sessions.js'
import type { PersonId } from '../../domain/words.js'
import { worldNow } from '../clock.js'
import { keepsCookies, type Settings } from '../settings.js'
import { type CookieKind, cookieIn } from './cookies.js'
import { refuseForeign } from './same-origin.js'

/** People signed in from a browser. The sessions are in the ledger's database: several doors share them. */
export class Browsers {
  readonly origin: string
  readonly cookies: CookieKind
  private readonly limits: SessionLimits

  constructor(
    private readonly db: Db,
    { publicUrl, sessions }: Pick<Settings, 'publicUrl' | 'sessions'>,
  ) {
    this.origin = publicUrl
    this.cookies = keepsCookies(publicUrl) ? 'host' : 'plain'
    this.limits = sessions
  }

  /** Does this request bring a session's cookie, whether or not the session holds? */
  secretIn(request: Pick<FastifyRequest, 'headers'>): string | undefined {
    return cookieIn(request, this.cookies, 'bihuan')
  }

  /** The session of a request. @throws Problem 403 for one that changes something and comes from elsewhere. */
  async sessionOf(request: FastifyRequest, secret: string): Promise<SignedInSession | undefined> {
    refuseForeign(request, this.origin)
    return useSession(this.db, secret, worldNow(), this.limits)
  }

  /** Is somebody signed in who comes with this request? Asking is not using. */
  async isSignedIn(request: Pick<FastifyRequest, 'headers'>): Promise<boolean> {
    const secret = this.secretIn(request)
    return secret !== undefined && (await this.holding([secret])).has(secret)
  }

  /** Of these sessions, those that go on; looking is not using them. */
  holding(secrets: readonly string[]): Promise<ReadonlySet<string>> {
    return sessionsHolding(this.db, secrets, worldNow(), this.limits)
  }

  /** Gives what the browser is to keep. */
  async begin(person: PersonId): Promise<string> {
    const secret = randomBytes(32).toString('base64url')
    await beginSession(this.db, { secret, person, now: worldNow() }, this.limits)
    return secret
  }

  end(secret: string): Promise<void> {
    return endSession(this.db, secret)
  }
}
