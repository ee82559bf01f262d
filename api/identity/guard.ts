import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../domain/parties.js'
import type { Instant, PersonId } from '../../domain/words.js'
import { problem } from '../problems/problem.js'
import type { Browsers } from '../session/browsers.js'
import type { Throttle } from '../throttle.js'
import { BROWSERS, PEOPLE, THROTTLE, VERIFIER } from '../tokens.js'
import type { People } from './people.js'
import { notSignedIn, type Verifier } from './verifier.js'

const OPEN = 'bihuan:open'

/** The route may be called by anybody. */
export const Open = () => SetMetadata(OPEN, true)

/** By what somebody is known, and until when at the longest. */
export type SignedInBy =
  | { readonly kind: 'token'; readonly endsAt: Instant }
  | { readonly kind: 'session'; readonly endsAt: Instant; readonly secret: string }

type Known = FastifyRequest & { actor?: Actor; signedInBy?: SignedInBy }

const BEARER = /^Bearer ([\w\-.~+/]+=*)$/i

const tokenIn = (authorization: string): string => {
  const [, token] = BEARER.exec(authorization) ?? []
  if (token === undefined) throw notSignedIn('令牌无效')
  return token
}

/** Every route wants a person of the register, by a token or by a browser's session, unless it is marked open. */
@Injectable()
export class SignedIn implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(VERIFIER) private readonly verifier: Verifier,
    @Inject(BROWSERS) private readonly browsers: Browsers,
    @Inject(PEOPLE) private readonly people: People,
    @Inject(THROTTLE) private readonly throttle: Throttle,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride(OPEN, [context.getHandler(), context.getClass()])) return true
    const request = context.switchToHttp().getRequest<Known>()
    const { person, by } = await this.callerOf(request)
    this.throttle.person(person)
    const actor = await this.people.actor(person)
    if (!actor) throw problem('forbidden', '您不在名册上,或者已经离任', { clause: 'GN-08' })
    request.actor = actor
    request.signedInBy = by
    return true
  }

  private async callerOf(
    request: FastifyRequest,
  ): Promise<{ readonly person: PersonId; readonly by: SignedInBy }> {
    const { authorization } = request.headers
    if (authorization !== undefined) {
      const { person, endsAt } = await this.verifier.holderOf(tokenIn(authorization))
      return { person, by: { kind: 'token', endsAt } }
    }
    const secret = this.browsers.secretIn(request)
    if (secret === undefined) throw notSignedIn('请先登录', 'missing')
    const session = await this.browsers.sessionOf(request, secret)
    if (!session) throw notSignedIn('登录已过期,请重新登录', 'missing')
    return { person: session.person, by: { kind: 'session', endsAt: session.endsAt, secret } }
  }
}

const known = (context: ExecutionContext): Required<Pick<Known, 'actor' | 'signedInBy'>> => {
  const { actor, signedInBy } = context.switchToHttp().getRequest<Known>()
  if (!actor || !signedInBy) throw new TypeError('an open route has no actor')
  return { actor, signedInBy }
}

/** Who is calling, on a route that is not open. */
export const Who = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => known(context).actor,
)

/** By what the caller is known, on a route that is not open. */
export const By = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedInBy => known(context).signedInBy,
)
