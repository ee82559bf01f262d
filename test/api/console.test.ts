import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEVELOPMENT_PASSWORD } from '../../api/seed.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { type Visitor, visitor } from '../support/visitor.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const build = (): void => {
  const folder = join(door.home, 'console')
  const script = 'console.log("闭环")'
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>闭环</title>')
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js'), script)
  writeFileSync(join(folder, 'assets', 'main-1a2b3c.js.gz'), gzipSync(script))
  writeFileSync(join(door.home, 'secret.txt'), '不给人看')
}
const get = (path: string) => door.ask('GET', path)
const at = (path: string): string => `${door.serving().url}${path}`

let officer: Visitor | undefined
/** As a browser asks in which somebody has signed in. */
const seen = async (path: string) => {
  if (!officer) {
    officer = visitor()
    await officer.signIn(at('/session/sign-in?to=/health/live'), 'office', DEVELOPMENT_PASSWORD)
  }
  const answer = await officer.ask('GET', at(path))
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

describe('the console', () => {
  it('that was not built leaves the first page to the interface’s document', async () => {
    const home = await get('/')
    expect([home.status, home.headers.get('location')]).toEqual([302, '/docs'])
    const answer = await get('/console/')
    expect([answer.status, answer.body.detail]).toEqual([404, '控制台还没有构建'])
  })

  it('once built is the first page, asked for anew each time', async () => {
    build()
    expect((await get('/')).headers.get('location')).toBe('/console/')
    const { status, headers, body } = await seen('/console/')
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-cache'])
    expect(headers.get('content-type')).toContain('text/html')
    expect(body).toContain('<title>闭环</title>')
  })

  it.each(['/console', '/console/', '/console/cases?round=jinan-2018&overdue=true', '/console/index.html'])(
    'sends whoever has not signed in to do so, and back to that very address: %s',
    async (path) => {
      const { status, headers } = await get(path)
      expect([status, headers.get('cache-control')]).toEqual([303, 'no-store'])
      expect(headers.get('location')).toBe(`/session/sign-in?to=${encodeURIComponent(path)}`)
      const end = await visitor().signIn(at(path), 'unit', DEVELOPMENT_PASSWORD)
      expect(end.href).toBe(at(path))
    },
  )

  it('sends whoever’s session is over to sign in, too, and back', async () => {
    const someone = visitor()
    await someone.signIn(at('/session/sign-in?to=/health/live'), 'leader', DEVELOPMENT_PASSWORD)
    expect((await someone.ask('GET', at('/console/cases'))).status).toBe(200)
    await sql`delete from sessions where person = 'leader'`.execute(door.serving().parts.db)
    const { status, headers } = await someone.ask('GET', at('/console/cases'))
    expect([status, headers.get('location')]).toEqual([303, '/session/sign-in?to=%2Fconsole%2Fcases'])
  })

  it('shows whoever has signed out that they have, and its files to anybody', async () => {
    for (const path of ['/console/signed-out', '/console/icon.svg', '/console/assets/main-1a2b3c.js'])
      expect((await get(path)).status).toBe(200)
  })

  it('sends nobody to an address that cannot be come back to', async () => {
    const { status, headers } = await get(`/console/${'x'.repeat(3_000)}`)
    expect([status, headers.get('location')]).toEqual([303, '/session/sign-in'])
  })

  it.each(['/console', '/console/cases', '/console/cases/jinan-2018/041', '/console/index.html'])(
    'opens at any of its pages: %s',
    async (path) => {
      const { status, body } = await seen(path)
      expect([status, body]).toEqual([200, '<!doctype html><title>闭环</title>'])
    },
  )

  it('keeps what is named by its content for good, and sends it packed', async () => {
    const { status, headers, body } = await get('/console/assets/main-1a2b3c.js')
    expect([status, body]).toEqual([200, 'console.log("闭环")'])
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(headers.get('content-type')).toContain('javascript')
    expect(headers.get('content-encoding')).toBe('gzip')
  })

  it('does not give a page for a script that is gone', async () => {
    const answer = await get('/console/assets/main-old.js')
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  it.each([
    '/console/../secret.txt',
    '/console/%2e%2e/secret.txt',
    '/console/..%2fsecret.txt',
    '/console/assets%00',
  ])('gives nothing from outside its folder: %s', async (path) => {
    const { body } = await get(path)
    expect(JSON.stringify(body)).not.toContain('不给人看')
  })

  it('lets no script into its page but its own, and nobody frame it', async () => {
    const policy = (await seen('/console/')).headers.get('content-security-policy') ?? ''
    const scripts = policy.split('; ').find((part) => part.startsWith('script-src'))
    expect(scripts).toBe("script-src 'self'")
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(part)
  })
})

describe('every answer', () => {
  it.each(['/console/', '/me', '/docs/openapi.json', '/nowhere'])(
    'is guarded in the browser: %s',
    async (path) => {
      const { headers } = await door.ask('GET', path, { as: 'office' })
      expect(Object.fromEntries(headers)).toMatchObject({
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'permissions-policy': expect.stringContaining('microphone=()'),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      })
      expect(headers.get('x-powered-by')).toBeNull()
    },
  )

  it.each([['/me'], ['/cases'], ['/me/inbox'], ['/nowhere']])(
    'that is somebody’s own is kept by nobody: %s',
    async (path) => {
      expect((await door.ask('GET', path, { as: 'office' })).headers.get('cache-control')).toBe('no-store')
    },
  )

  it('comes only so often: to a person, and to an address whoever asks', async () => {
    const narrow = await door.another({ rates: { person: 5, address: 20 } })
    try {
      const token = await (await door.session('unit')).token()
      const other = await (await door.session('office')).token()
      const ask = (bearer?: string) =>
        fetch(
          `${narrow.url}/me`,
          bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } },
        )
      const statuses = []
      for (let n = 0; n < 6; n += 1) statuses.push((await ask(token)).status)
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
      expect((await ask(other)).status).toBe(200)
      let last = await ask()
      for (let n = 0; n < 30 && last.status !== 429; n += 1) last = await ask()
      expect(last.status).toBe(429)
      expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(last.headers.get('content-type')).toContain('application/problem+json')
      expect(await last.json()).toMatchObject({
        type: 'urn:bihuan:refusal:too-many',
        detail: expect.stringMatching(/^请求过于频繁,请在 \d+ 秒后再试$/),
      })
    } finally {
      await narrow.stop()
    }
  })
})
