import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEVELOPMENT_PASSWORD } from '../../api/seed.js'
import { connect, type Db } from '../../db/connect.js'
import { instant, type PersonId } from '../../domain/words.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { type Visitor, visitor } from '../support/visitor.js'

let door: OpenDoor
let db: Db
beforeAll(async () => {
  door = await openDoor()
  db = connect(door.database.url, 2)
})
afterAll(async () => {
  await db.destroy()
  await door.close()
})

const COOKIE = '__Host-bihuan'
const at = (path: string): string => `${door.serving().url}${path}`
const signedIn = async (username = 'office'): Promise<Visitor> => {
  const someone = visitor()
  await someone.signIn(at('/session/sign-in?to=/health/live'), username, DEVELOPMENT_PASSWORD)
  return someone
}
const whoIs = (someone: Visitor) => someone.ask('GET', at('/session'))

describe('signing in from a browser', () => {
  it('leads to the issuer and back to where one wanted to go, and the door knows who it is', async () => {
    const someone = visitor()
    expect((await whoIs(someone)).status).toBe(401)
    const end = await someone.signIn(at('/session/sign-in?to=/health/live'), 'office', DEVELOPMENT_PASSWORD)
    expect(end.href).toBe(at('/health/live'))
    const answer = await whoIs(someone)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      person: 'office',
      posts: [{ role: 'coordinator', title: expect.stringMatching(/[\u4e00-\u9fff]/) }],
      endsAt: expect.any(String),
    })
    expect((await someone.ask('GET', at('/me/todos'))).status).toBe(200)
  })

  it('says to anybody whether they are signed in, without counting as use', async () => {
    const known = async (someone: Visitor) => {
      const answer = await someone.ask('GET', at('/session/known'))
      return [answer.status, await answer.json()]
    }
    expect(await known(visitor())).toEqual([200, { signedIn: false }])
    const someone = await signedIn('mayor')
    expect(await known(someone)).toEqual([200, { signedIn: true }])
    const usedAt = instant(Date.now() - 3_500_000)
    await db
      .updateTable('sessions')
      .set({ usedAt })
      .where('person', '=', 'mayor' as PersonId)
      .execute()
    expect(await known(someone)).toEqual([200, { signedIn: true }])
    await db
      .updateTable('sessions')
      .set({ usedAt: instant(Date.now() - 3_700_000) })
      .where('person', '=', 'mayor' as PersonId)
      .execute()
    expect(await known(someone)).toEqual([200, { signedIn: false }])
  })

  it('gives the browser one cookie that no script, no neighbour and no plain connection gets, and no token', async () => {
    const someone = visitor()
    const { url } = await someone.open(at('/session/sign-in'))
    const sent = await someone.ask('POST', url.href, {
      body: new URLSearchParams({ username: 'office', password: DEVELOPMENT_PASSWORD }),
    })
    const callback = await (async () => {
      for (let next = new URL(sent.headers.get('location') ?? '', url); ; ) {
        const answer = await someone.ask('GET', next.href)
        if (next.pathname === '/session/callback') return answer
        next = new URL(answer.headers.get('location') ?? '', next)
      }
    })()
    const set = callback.headers.getSetCookie().find((one) => one.startsWith(`${COOKIE}=`)) ?? ''
    expect(set).toMatch(/^__Host-bihuan=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    expect(callback.headers.get('cache-control')).toBe('no-store')
    expect([...someone.cookies(at('/')).keys()]).toEqual([COOKIE])
    const rows = await db.selectFrom('sessions').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(someone.cookies(at('/')).get(COOKIE))
  })

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '/ok\n//evil',
  ])('goes on to no other place: %j', async (to) => {
    const answer = await visitor().ask('GET', at(`/session/sign-in?to=${encodeURIComponent(to)}`))
    expect(answer.status).toBe(422)
    expect(answer.headers.get('location')).toBeNull()
  })

  it('is not to be ended by somebody else: an answer of the issuer for another browser is not taken', async () => {
    const mine = visitor()
    const { url } = await mine.open(at('/session/sign-in'))
    const sent = await mine.ask('POST', url.href, {
      body: new URLSearchParams({ username: 'office', password: DEVELOPMENT_PASSWORD }),
    })
    const resumed = await mine.ask('GET', new URL(sent.headers.get('location') ?? '', url).href)
    const callback = resumed.headers.get('location') ?? ''
    expect(callback).toContain('/session/callback?code=')

    const victim = visitor()
    await victim.ask('GET', at('/session/sign-in'))
    const answer = await victim.ask('GET', callback)
    expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining('重新登录')])
    expect((await whoIs(victim)).status).toBe(401)

    const stranger = await visitor().ask('GET', callback)
    expect(stranger.status).toBe(400)
  })

  it('told no by the issuer, says so on a page', async () => {
    const someone = visitor()
    await someone.ask('GET', at('/session/sign-in'))
    const answer = await someone.ask('GET', at('/session/callback?error=access_denied'))
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(await answer.text()).toMatch(/没有登录.*身份认证没有通过/s)
  })

  it('from the machine’s other name leads to the one the issuer knows', async () => {
    const { host, port } = new URL(at('/'))
    const location = await new Promise<string | undefined>((done, fail) => {
      const asked = request(at('/session/sign-in?to=/console/cases'), {
        headers: { host: `localhost:${port}` },
      })
      asked.on('response', (answer) => {
        answer.resume()
        done(answer.headers.location)
      })
      asked.on('error', fail)
      asked.end()
    })
    expect(location).toBe(`http://${host}/session/sign-in?to=/console/cases`)
  })
})

describe('a session', () => {
  it.each<[string, Record<string, string>, number]>([
    ['from our own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['from an old browser on our own page', { 'sec-fetch-site': '', origin: 'own' }, 200],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['from a neighbour', { 'sec-fetch-site': 'same-site' }, 403],
    ['from another site by an old browser', { 'sec-fetch-site': '', origin: 'https://evil.example' }, 403],
    ['from nobody knows where', { 'sec-fetch-site': '' }, 403],
  ])('changes something only %s', async (_, told, status) => {
    const someone = await signedIn('unit')
    const headers = Object.fromEntries(
      Object.entries({ 'content-type': 'application/json', ...told })
        .filter(([, value]) => value !== '')
        .map(([name, value]) => [name, value === 'own' ? new URL(at('/')).origin : value]),
    )
    const jar = [...someone.cookies(at('/'))].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at('/me/inbox/read'), {
      method: 'POST',
      headers: { ...headers, cookie: jar },
      body: JSON.stringify({ ids: [1] }),
    })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('json')
  })

  it('ends for good when its owner signs out, and the next sign-in asks for the password', async () => {
    const someone = await signedIn()
    const kept = someone.cookies(at('/')).get(COOKIE) ?? ''
    expect((await someone.ask('POST', at('/session/sign-out'))).status).toBe(200)
    expect((await whoIs(someone)).status).toBe(401)
    const replayed = await fetch(at('/session'), { headers: { cookie: `${COOKIE}=${kept}` } })
    expect(replayed.status).toBe(401)
    expect(await replayed.json()).toMatchObject({ instead: [{ act: 'sign-in', href: '/session/sign-in' }] })
    const { url } = await someone.open(at('/session/sign-in'))
    expect(url.pathname).toMatch(/^\/interaction\//)
  })

  it('ends when it lay idle, and at the latest when it was said to', async () => {
    const idle = await signedIn()
    const old = await signedIn()
    const rows = await db
      .selectFrom('sessions')
      .select(['hash', 'createdAt'])
      .orderBy('createdAt', 'desc')
      .limit(2)
      .execute()
    const [latest, before] = rows
    if (!latest || !before) throw new Error('two sessions')
    await db
      .updateTable('sessions')
      .set({ usedAt: '2026-01-01T00:00:00.000Z' as never })
      .where('hash', '=', before.hash)
      .execute()
    await db
      .updateTable('sessions')
      .set({ endsAt: '2026-01-01T00:00:00.000Z' as never })
      .where('hash', '=', latest.hash)
      .execute()
    expect((await whoIs(idle)).status).toBe(401)
    expect((await whoIs(old)).status).toBe(401)
    await signedIn()
    const left = await db
      .selectFrom('sessions')
      .select('hash')
      .where('hash', 'in', [latest.hash, before.hash])
      .execute()
    expect(left).toEqual([])
  })

  it('is known at every door of the same ledger', async () => {
    const someone = await signedIn('leader')
    const second = await door.another()
    try {
      const jar = `${COOKIE}=${someone.cookies(at('/')).get(COOKIE)}`
      const answer = await fetch(`${second.url}/session`, { headers: { cookie: jar } })
      expect(await answer.json()).toMatchObject({ person: 'leader' })
      const unset = await fetch(`${second.url}/session/sign-in`, { redirect: 'manual' })
      expect([unset.status, await unset.json()]).toMatchObject([
        503,
        { detail: expect.stringContaining('BIHUAN_CLIENT_ID') },
      ])
    } finally {
      await second.stop()
    }
  })

  it('of somebody who left is of no use', async () => {
    const gone = await signedIn('wenlv')
    await door.ask('PUT', '/register/officers/wenlv/active', {
      as: 'officehead',
      body: { active: 'left' },
      key: crypto.randomUUID(),
    })
    await expect.poll(async () => (await whoIs(gone)).status, { timeout: 5_000 }).toBe(403)
  })

  it('never beats a token: who brings a bad one is refused whatever the cookie says', async () => {
    const someone = await signedIn()
    const answer = await someone.ask('GET', at('/session'), { headers: { authorization: 'Bearer nonsense' } })
    expect(answer.status).toBe(401)
  })
})
