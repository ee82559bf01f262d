import { Controller, Get, HttpStatus, Inject, Query, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Open } from '../identity/guard.js'
import type { People } from '../identity/people.js'
import { PAGE_HEADERS, signInFailedPage } from '../issuer/pages.js'
import { BROWSERS, PEOPLE, RELYING_PARTY } from '../tokens.js'
import type { Browsers } from './browsers.js'
import { type CookieName, cookie, cookieIn, noCookie } from './cookies.js'
import { type PendingSignIn, pendingSignIn, type RelyingParty } from './relying-party.js'
import { isReturnPath } from './return-path.js'

const signInQuery = z.object({
  to: z.string().refine(isReturnPath, '只能回到本系统的页面,形如 /console/cases').default('/console/'),
})

const MINUTES_TO_SIGN_IN = 10

/** Pages on the way in: a browser is led to the issuer and back. */
@Controller('session')
@ApiExcludeController()
export class SignInController {
  constructor(
    @Inject(BROWSERS) private readonly browsers: Browsers,
    @Inject(RELYING_PARTY) private readonly relyingParty: RelyingParty,
    @Inject(PEOPLE) private readonly people: People,
  ) {}

  @Get('sign-in')
  @Open()
  async signIn(
    @Query({ schema: signInQuery }) { to }: z.output<typeof signInQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const elsewhere = this.byItsOtherName(request)
    if (elsewhere !== undefined) return void reply.redirect(elsewhere, HttpStatus.FOUND)
    const asking = this.has(request, 'bihuan-signed-out') === undefined ? 'as-known' : 'again'
    const { url, pending } = await this.relyingParty.begin(to, asking)
    void reply
      .headers({ 'cache-control': 'no-store', 'set-cookie': this.remembering(pending) })
      .redirect(url.href, HttpStatus.FOUND)
  }

  @Get('callback')
  @Open()
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const pending = this.pendingOf(request)
    if (!pending) return this.failed(reply, HttpStatus.BAD_REQUEST, '登录已超时,或者不是从这个浏览器开始的')
    const [, query = ''] = request.url.split('?')
    const person = await this.relyingParty.finish(query, pending)
    if (person === undefined)
      return this.failed(reply, HttpStatus.UNAUTHORIZED, '身份认证没有通过,或者已经取消')
    if (!(await this.people.actor(person)))
      return this.failed(reply, HttpStatus.FORBIDDEN, '您不在名册上,或者已经离任')
    const before = this.browsers.secretIn(request)
    if (before !== undefined) await this.browsers.end(before)
    const secret = await this.browsers.begin(person)
    void reply
      .headers({
        'cache-control': 'no-store',
        'set-cookie': [
          cookie(this.browsers.cookies, 'bihuan', secret),
          noCookie(this.browsers.cookies, 'bihuan-sign-in'),
          noCookie(this.browsers.cookies, 'bihuan-signed-out'),
        ],
      })
      .redirect(pending.to, HttpStatus.FOUND)
  }

  /** Cookies belong to one name of a machine: whoever came as `localhost` is led to the name the issuer leads back to. */
  private byItsOtherName({ headers, url }: FastifyRequest): string | undefined {
    const { hostname, port, origin } = new URL(this.browsers.origin)
    const isOther = headers.host === `localhost:${port}` && hostname !== 'localhost'
    return isOther ? `${origin}${url}` : undefined
  }

  private has(request: FastifyRequest, name: CookieName): string | undefined {
    return cookieIn(request, this.browsers.cookies, name)
  }

  private remembering(pending: PendingSignIn): string {
    const value = Buffer.from(JSON.stringify(pending)).toString('base64url')
    return cookie(this.browsers.cookies, 'bihuan-sign-in', value, MINUTES_TO_SIGN_IN * 60)
  }

  private pendingOf(request: FastifyRequest): PendingSignIn | undefined {
    const value = this.has(request, 'bihuan-sign-in') ?? ''
    try {
      const pending = pendingSignIn.parse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')))
      return isReturnPath(pending.to) ? pending : undefined
    } catch {
      return undefined
    }
  }

  /** The next attempt asks for a name, so that whoever came as the wrong person can come as another. */
  private failed(reply: FastifyReply, status: HttpStatus, why: string): void {
    const { cookies } = this.browsers
    void reply
      .status(status)
      .headers({
        ...PAGE_HEADERS,
        'set-cookie': [noCookie(cookies, 'bihuan-sign-in'), cookie(cookies, 'bihuan-signed-out', '1')],
      })
      .send(signInFailedPage(why))
  }
}
