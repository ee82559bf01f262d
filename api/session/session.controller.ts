import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { post } from '../../contracts/register.js'
import { type Actor, ROLE_TITLES } from '../../domain/parties.js'
import { drillOf } from '../../domain/people/drill.js'
import { By, type SignedInBy, Who } from '../identity/guard.js'
import { Operation } from '../openapi/operation.js'
import { BROWSERS } from '../tokens.js'
import type { Browsers } from './browsers.js'
import { cookie, noCookie } from './cookies.js'

const sessionView = z
  .object({
    person: z.string(),
    name: z.string(),
    posts: z.array(post.extend({ title: z.string() })),
    drill: z.string().nullable().meta({ description: '演练人员所属的轮次' }),
    endsAt: z.string().meta({ description: '最迟到这时须重新登录' }),
  })
  .meta({ id: 'Session' })

const signedOut = z.object({ signIn: z.string().meta({ description: '再次登录的地址' }) })

@Controller('session')
export class SessionController {
  constructor(@Inject(BROWSERS) private readonly browsers: Browsers) {}

  @Get()
  @Operation({ id: 'session', chapter: 'session', summary: '我登录着吗,是谁', answers: { 200: sessionView } })
  session(@Who() { person, name, posts }: Actor, @By() { endsAt }: SignedInBy) {
    return {
      person,
      name,
      posts: posts.map((held) => ({ ...held, title: ROLE_TITLES[held.role] })),
      drill: drillOf(person) ?? null,
      endsAt,
    }
  }

  @Get('known')
  @Operation({
    id: 'sessionKnown',
    chapter: 'session',
    summary: '这个浏览器登录着吗',
    description: '不要求登录,不延长登录,也不说是谁。',
    who: 'anybody',
    answers: { 200: z.object({ signedIn: z.boolean() }) },
  })
  async known(@Req() request: FastifyRequest) {
    return { signedIn: await this.browsers.isSignedIn(request) }
  }

  @Post('sign-out')
  @Operation({
    id: 'signOut',
    chapter: 'session',
    summary: '退出登录',
    description: '从浏览器登录的,此后这次登录不再有效,再登录时重新核对身份;持令牌的,弃置令牌即可。',
    answers: { 200: signedOut },
  })
  async signOut(@By() by: SignedInBy, @Res({ passthrough: true }) reply: FastifyReply) {
    if (by.kind === 'session') {
      await this.browsers.end(by.secret)
      const { cookies } = this.browsers
      reply.header('set-cookie', [noCookie(cookies, 'bihuan'), cookie(cookies, 'bihuan-signed-out', '1')])
    }
    return { signIn: '/session/sign-in' }
  }
}
