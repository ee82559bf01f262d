import { existsSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { Controller, Get, HttpStatus, Inject, Req, Res } from '@nestjs/common'
import { ApiExcludeController } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Open } from '../identity/guard.js'
import { problem } from '../problems/problem.js'
import type { Browsers } from '../session/browsers.js'
import { signInHref } from '../session/return-path.js'
import type { Settings } from '../settings.js'
import { BROWSERS, SETTINGS } from '../tokens.js'

/** The build names these by their content. */
const HASHED = 'assets/'
const FOR_GOOD = 'public, max-age=31536000, immutable'
const ASK_EACH_TIME = 'no-cache'
const PAGE = 'index.html'
/** The one page for whoever has just signed out. */
const SIGNED_OUT = 'signed-out'

/** Scripts from here alone, and none in the page; the component library writes its styles into it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A name that no file can have, too long or with a character none has, is none. */
const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/**
 * The console's built files. Any other address under `/console/` is a page of it, which it finds by itself; whoever asks for
 * one without a session that holds is sent to sign in, and back to that very address.
 */
@Controller()
@ApiExcludeController()
export class ConsoleController {
  private readonly folder: string

  constructor(
    @Inject(SETTINGS) { consoleFolder }: Settings,
    @Inject(BROWSERS) private readonly browsers: Browsers,
  ) {
    this.folder = resolve(consoleFolder)
  }

  /** Where it was not built, the interface's document is the first page. */
  @Get()
  @Open()
  home(@Res() reply: FastifyReply): void {
    void reply.redirect(existsSync(join(this.folder, PAGE)) ? '/console/' : '/docs', HttpStatus.FOUND)
  }

  @Get(['console', 'console/*'])
  @Open()
  async file(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = (request.params as { readonly '*'?: string })['*'] ?? ''
    const found = this.holds(asked) ? asked : this.pageFor(asked)
    if (found === PAGE && asked !== SIGNED_OUT && !(await this.mayBeSignedIn(request)))
      return void reply
        .header('cache-control', 'no-store')
        .redirect(signInHref(request.url), HttpStatus.SEE_OTHER)
    void reply
      .headers({
        'content-security-policy': POLICY,
        'cache-control': found.startsWith(HASHED) ? FOR_GOOD : ASK_EACH_TIME,
      })
      .sendFile(found, this.folder)
  }

  /** Where it cannot be told now, the page itself says what is wrong. */
  private mayBeSignedIn(request: FastifyRequest): Promise<boolean> {
    return this.browsers.isSignedIn(request).catch(() => true)
  }

  private pageFor(asked: string): string {
    if (asked.startsWith(HASHED)) throw problem('not-found', '没有这个文件,请刷新页面')
    if (this.holds(PAGE)) return PAGE
    throw problem('not-found', '控制台还没有构建', {
      instead: [{ act: 'docs', title: '接口文档', href: '/docs' }],
    })
  }

  private holds(name: string): boolean {
    const path = resolve(this.folder, name)
    return path.startsWith(`${this.folder}${sep}`) && isFile(path)
  }
}
