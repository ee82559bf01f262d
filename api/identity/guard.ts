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
import { problem } from '../problems/problem.js'
import { PEOPLE, VERIFIER } from '../tokens.js'
import type { People } from './people.js'
import { notSignedIn, type Verifier } from './verifier.js'

const OPEN = 'bihuan:open'

/** The route may be called by anybody. */
export const Open = () => SetMetadata(OPEN, true)

type Known = FastifyRequest & { actor?: Actor }

const BEARER = /^Bearer ([\w\-.~+/]+=*)$/i

const tokenOf = ({ headers }: FastifyRequest): string => {
  const { authorization } = headers
  if (authorization === undefined) throw notSignedIn('请先登录', 'missing')
  const [, token] = BEARER.exec(authorization) ?? []
  if (token === undefined) throw notSignedIn('令牌无效')
  return token
}

/** Every route wants a person of the register, unless it is marked open. */
@Injectable()
export class SignedIn implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(VERIFIER) private readonly verifier: Verifier,
    @Inject(PEOPLE) private readonly people: People,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride(OPEN, [context.getHandler(), context.getClass()])) return true
    const request = context.switchToHttp().getRequest<Known>()
    const actor = await this.people.actor(await this.verifier.personIn(tokenOf(request)))
    if (!actor) throw problem('forbidden', '您不在名册上,或者已经离任', { clause: 'GN-08' })
    request.actor = actor
    return true
  }
}

/** Who is calling, on a route that is not open. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<Known>()
  if (!actor) throw new TypeError('an open route has no actor')
  return actor
})
