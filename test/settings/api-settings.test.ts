import { describe, expect, it } from 'vitest'
import { settingsFrom } from '../../api/settings.js'
import { UnfitSettings } from '../../runtime/environment.js'

const DEVELOPMENT = { DATABASE_URL: 'postgresql://bihuan:bihuan@127.0.0.1/bihuan' }
const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://bihuan:7fk2-long-and-random@db/bihuan',
  BIHUAN_ISSUER: 'https://sso.example.gov.cn/realms/city',
  BIHUAN_CODEC_KEYS: `2026:${Buffer.alloc(32, 7).toString('base64')}`,
}

const faultsOf = (env: NodeJS.ProcessEnv): string => {
  try {
    settingsFrom(env)
    return ''
  } catch (error) {
    if (error instanceof UnfitSettings) return error.message
    throw error
  }
}

describe('settings of the door', () => {
  it('need nothing but a database for development, and bring their own issuer', () => {
    expect(settingsFrom(DEVELOPMENT)).toMatchObject({
      issuer: { kind: 'embedded', port: 8602 },
      host: '127.0.0.1',
      temporal: { address: '127.0.0.1:7233', namespace: 'default' },
    })
  })

  it('take an external issuer in production', () => {
    expect(settingsFrom(PRODUCTION).issuer).toEqual({
      kind: 'external',
      url: PRODUCTION.BIHUAN_ISSUER,
      personClaim: 'preferred_username',
    })
  })

  it.each([
    ['the embedded issuer', { BIHUAN_ISSUER: '' }, 'BIHUAN_ISSUER'],
    ['cases in the clear', { BIHUAN_CODEC_KEYS: '' }, 'BIHUAN_CODEC_KEYS'],
    ['an issuer in the clear', { BIHUAN_ISSUER: 'http://sso.example.gov.cn' }, 'BIHUAN_ISSUER'],
    ['a database behind a password everybody knows', DEVELOPMENT, 'DATABASE_URL'],
  ])('refuse production on %s', (_, changed, variable) => {
    expect(faultsOf({ ...PRODUCTION, ...changed })).toContain(`${variable}:`)
  })

  it.each([
    ['a door browsers reach in the clear', { BIHUAN_URL: 'http://bihuan.example.gov.cn' }, 'BIHUAN_URL'],
    [
      'a client secret everybody knows',
      { BIHUAN_CLIENT_ID: 'bihuan', BIHUAN_CLIENT_SECRET: 'secret' },
      'BIHUAN_CLIENT_SECRET',
    ],
    ['a client without its secret', { BIHUAN_CLIENT_ID: 'bihuan' }, 'BIHUAN_CLIENT_SECRET'],
    ['an address with a path', { BIHUAN_URL: 'https://bihuan.example.gov.cn/console' }, 'BIHUAN_URL'],
  ])('refuse %s', (_, changed, variable) => {
    expect(faultsOf({ ...PRODUCTION, ...changed })).toContain(`${variable}:`)
  })

  it('say where browsers find the door, and how long somebody stays signed in', () => {
    expect(settingsFrom({ ...DEVELOPMENT, BIHUAN_HOST: '0.0.0.0', BIHUAN_PORT: '8700' })).toMatchObject({
      publicUrl: 'http://127.0.0.1:8700',
      sessions: { idleMillis: 3_600_000, longestMillis: 43_200_000 },
    })
  })

  it('name every fault at once, in Chinese, and never show a password', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://root:hunter2@db',
      BIHUAN_PORT: '99999',
      BIHUAN_PROXIES: 'many',
    })
    for (const name of ['DATABASE_URL', 'BIHUAN_PORT', 'BIHUAN_PROXIES']) expect(faults).toContain(name)
    expect(faults).not.toContain('hunter2')
  })
})
