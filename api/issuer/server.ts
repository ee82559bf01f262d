import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import type { Db } from '../../db/connect.js'
import { credentialsOf } from '../../db/register.js'
import { instant, type PersonId } from '../../domain/words.js'
import type { Log } from '../log.js'
import { RateLimit } from '../rate-limit.js'
import { errorPage, loginPage, PAGE_HEADERS } from './pages.js'
import { passwordMatches } from './password.js'

const INTERACTION = /^\/interaction\/[\w-]{1,64}$/
const LONGEST_FORM = 8 * 1_024
const FIVE_MINUTES = 300_000

/** The embedded issuer's own web server: our login page, everything else the library's. */
export const serveIssuer = (provider: Provider, db: Db, log: Log): Server => {
  const failures = new RateLimit(20, FIVE_MINUTES, () => instant(Date.now()))
  const library = provider.callback()
  return createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?')
    if (!INTERACTION.test(path)) {
      void library(request, response)
      return
    }
    logIn({ provider, db, failures, request, response, path }).catch((error: unknown) => {
      log.warn({ err: error }, 'sign-in failed')
      show(response, 400, errorPage('登录已超时,请回到原来的页面重新登录。'))
    })
  })
}

type Visit = {
  readonly provider: Provider
  readonly db: Db
  readonly failures: RateLimit
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly path: string
}

const logIn = async (visit: Visit): Promise<void> => {
  const { provider, request, response, path } = visit
  // Throws when the visit was not begun by a client of ours, or too long ago.
  await provider.interactionDetails(request, response)
  if (request.method === 'GET') return show(response, 200, loginPage(path))
  if (request.method !== 'POST') return show(response, 405, errorPage('不支持这种请求。'))
  const form = new URLSearchParams(await bodyOf(request))
  const username = (form.get('username') ?? '').trim().toLowerCase()
  const accountId = await identified(visit, username, form.get('password') ?? '')
  if (accountId === undefined) return show(response, 401, loginPage(path, username, '登录名或密码不对'))
  // The clients are ours: signing in is consenting.
  return provider.interactionFinished(request, response, {
    login: { accountId, remember: false },
    consent: {},
  })
}

const identified = async (
  { db, failures }: Visit,
  username: string,
  password: string,
): Promise<string | undefined> => {
  const officer = await credentialsOf(db, username as PersonId)
  const right = await passwordMatches(password, officer?.password)
  if (right) return officer?.person
  // A locked-out guesser is told the same as a wrong one, only later.
  if (failures.take(username) > 0) await new Promise((done) => setTimeout(done, 2_000))
  return undefined
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > LONGEST_FORM) throw new Error('form too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

const show = (response: ServerResponse, status: number, html: string): void => {
  response.writeHead(status, PAGE_HEADERS)
  response.end(html)
}
