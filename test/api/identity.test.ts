import { createHmac } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { exportSPKI, generateKeyPair, importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { NotSignedIn, signIn } from '../../cli/session.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { type Made, signingKey, tokenMade } from '../support/tokens.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const token = (made: Made = {}, key?: Parameters<typeof tokenMade>[2]) => tokenMade(door, made, key)

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = () => ({
  sub: 'office',
  iss: door.serving().issuerUrl,
  aud: 'urn:bihuan:api',
  iat: Math.floor(Date.now() / 1000),
  exp: Math.floor(Date.now() / 1000) + 300,
})

const me = (bearer: string) => door.ask('GET', '/me', { token: bearer })

describe('signing in at the embedded issuer', () => {
  it('as oneself gives a token the door takes', async () => {
    const office = await door.as('office')
    expect(await office.get('/me')).toMatchObject({ person: 'office', posts: [{ role: 'coordinator' }] })
  })

  it.each([
    ['a wrong password', 'office', 'nihao'],
    ['an unknown name', 'nobody', 'bihuan'],
    ['no password', 'office', ''],
  ])('with %s tells nothing but that', async (_, username, password) => {
    const issuer = door.serving().issuerUrl
    await expect(signIn({ issuer, username, password })).rejects.toThrow(new NotSignedIn('登录名或密码不对'))
  })

  it('keeps its keys to their owner', () => {
    expect(statSync(join(door.home, 'issuer.json')).mode & 0o777).toBe(0o600)
  })

  it('a page that no client asked for is refused', async () => {
    const answer = await fetch(`${door.serving().issuerUrl}/interaction/made-up`)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it('without PKCE there is no code', async () => {
    const { issuerUrl } = door.serving()
    const asked = new URLSearchParams({
      client_id: 'bihuan-cli',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1/signed-in',
      scope: 'openid',
    })
    const answer = await fetch(`${issuerUrl}/auth?${asked}`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toContain('error=invalid_request')
  })

  it('keeps its keys over a restart: who was signed in still is', async () => {
    const kept = await (await door.session('office')).token()
    await door.reopen()
    expect((await me(kept)).status).toBe(200)
  })
})

describe('a token', () => {
  it('that holds is taken', async () => {
    expect((await me(await token())).status).toBe(200)
  })

  it.each<[string, () => Promise<string>]>([
    ['expired', () => token({ expires: '-' })],
    ['for another audience', () => token({ audience: 'urn:other' })],
    ['of another issuer', () => token({ issuer: 'http://127.0.0.1:1' })],
    ['that is no access token', () => token({ type: 'JWT' })],
    ['signed by somebody else', async () => token({}, (await generateKeyPair('ES256')).privateKey)],
    ['with alg none', async () => `${base64({ alg: 'none', typ: 'at+jwt' })}.${base64(claims())}.`],
    [
      'signed with the public key as if it were a secret',
      async () => {
        const { jwk } = await signingKey(door)
        const { d: _secret, ...open } = jwk
        const spki = await exportSPKI((await importJWK(open, 'ES256')) as never)
        const head = `${base64({ alg: 'HS256', typ: 'at+jwt', kid: jwk.kid })}.${base64(claims())}`
        return `${head}.${createHmac('sha256', spki).update(head).digest('base64url')}`
      },
    ],
    [
      'with a changed name',
      async () => {
        const [head, , signature] = (await token()).split('.')
        return `${head}.${base64({ ...claims(), sub: 'secretary' })}.${signature}`
      },
    ],
    ['that is no token', async () => 'not-a-token'],
  ])('%s is not', async (_, make) => {
    const { status, headers, body } = await me(await make())
    expect([status, body.type]).toEqual([401, 'urn:bihuan:refusal:unauthenticated'])
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  it('in no form the door knows is 401, too', async () => {
    const { status } = await door.ask('GET', '/me', {
      headers: { authorization: 'Basic b2ZmaWNlOmJpaHVhbg==' },
    })
    expect(status).toBe(401)
  })

  it('of somebody the register does not have is of no use', async () => {
    const { status, body } = await me(await token({ subject: 'ghost' }))
    expect([status, body.detail]).toEqual([403, '您不在名册上,或者已经离任'])
  })
})

describe('posts', () => {
  it('come from the register at each request, never from the token', async () => {
    const head = await door.as('officehead')
    const unit = await door.as('linye')
    const open = () => door.ask('GET', '/register/units', { as: 'linye' })
    expect((await open()).status).toBe(403)
    const post = { role: 'coordinator' }
    await head.post('/register/officers/linye/posts', { post, from: '2026-01-01' })
    expect((await open()).status).toBe(200)
    expect(await unit.get('/me')).toMatchObject({ posts: [{ role: 'unit-clerk' }, post] })
    await head.post('/register/officers/linye/posts/end', { post, lastDay: '2026-01-02' })
    await vi.waitFor(async () => expect((await open()).status).toBe(403), { timeout: 5_000 })
  })

  it('end with the person: who left signs in no more', async () => {
    await door.session('wenlv')
    const left = await door.ask('PUT', '/register/officers/wenlv/active', {
      as: 'officehead',
      body: { active: 'left' },
      key: newKey(),
    })
    expect(left.status).toBe(200)
    expect((await door.ask('GET', '/me', { as: 'wenlv' })).status).toBe(403)
    const again = signIn({ issuer: door.serving().issuerUrl, username: 'wenlv', password: 'bihuan' })
    await expect(again).rejects.toThrow('登录名或密码不对')
  })
})
