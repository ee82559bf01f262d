import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { settingsFrom as settingsOfDoor } from '../../api/settings.js'
import { temporalOf } from '../../cli/ledger/where.js'
import { UnfitSettings } from '../../runtime/environment.js'
import { settingsFrom } from '../../worker/settings.js'
import { temporaryFolder } from '../support/temporary.js'

const home = temporaryFolder('settings')
const profiles = join(home.path, 'temporal.toml')
writeFileSync(
  profiles,
  `[profile.city]
address = "temporal.example.gov.cn:7233"
namespace = "huanbao"
api_key = "key-of-the-profile"
`,
)
afterAll(home.remove)

const DATABASE_URL = 'postgresql://bihuan:7fk2-long-and-random@db/bihuan'
const CITY = { DATABASE_URL, TEMPORAL_CONFIG_FILE: profiles, TEMPORAL_PROFILE: 'city' }

describe('settings of the worker', () => {
  it('refuse production on a database behind a password everybody knows', () => {
    const production = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://bihuan:bihuan@db/bihuan' }
    expect(() => settingsFrom(production)).toThrow('正式环境不得使用开发用的数据库口令')
    expect(() => settingsFrom(production)).toThrow(UnfitSettings)
  })

  it('refuse production on cases in the clear, and keys that are none anywhere', () => {
    expect(() => settingsFrom({ NODE_ENV: 'production', DATABASE_URL })).toThrow('BIHUAN_CODEC_KEYS')
    expect(() => settingsFrom({ DATABASE_URL, BIHUAN_CODEC_KEYS: 'secret' })).toThrow('BIHUAN_CODEC_KEYS')
  })
})

describe('where Temporal is', () => {
  it.each([
    ['the worker', (env: NodeJS.ProcessEnv) => settingsFrom(env).temporal],
    ['the door', (env: NodeJS.ProcessEnv) => settingsOfDoor(env).temporal],
    ['the commands', (env: NodeJS.ProcessEnv) => temporalOf({}, env)],
  ])('is told to %s by a profile, and a variable goes before it', (_, read) => {
    expect(read(CITY)).toEqual({
      address: 'temporal.example.gov.cn:7233',
      namespace: 'huanbao',
      apiKey: 'key-of-the-profile',
      tls: true,
    })
    expect(read({ ...CITY, TEMPORAL_NAMESPACE: 'trial', TEMPORAL_TLS: 'false' })).toMatchObject({
      namespace: 'trial',
      tls: false,
    })
  })

  it.each([
    ['a profile that is not there', { ...CITY, TEMPORAL_PROFILE: 'village' }],
    ['a certificate that is not there', { ...CITY, TEMPORAL_TLS_CLIENT_CERT_PATH: '/nowhere/client.pem' }],
  ])('is not guessed at from %s', (_, env) => {
    expect(() => settingsFrom(env)).toThrow(UnfitSettings)
  })
})
