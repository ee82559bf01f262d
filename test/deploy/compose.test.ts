import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { settingsFrom as apiSettings } from '../../api/settings.js'
import { projectRoot } from '../../runtime/project.js'
import { settingsFrom as workerSettings } from '../../worker/settings.js'

type Service = {
  readonly build?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly volumes?: readonly string[]
  readonly configs?: readonly { readonly source: string }[]
  readonly ports?: readonly string[]
}
type Compose = {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly configs: Readonly<Record<string, unknown>>
}

const text = (file: string): string => readFileSync(join(projectRoot, file), 'utf8')
const composeText = text('docker-compose.yml')
const compose = parse(composeText, { merge: true }) as Compose
const services = Object.entries(compose.services)
const ours = services.filter(([, { build }]) => build !== undefined)

/** An operator's `.env`. */
const SAID: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'long-and-random-1',
  BIHUAN_DB_PASSWORD: 'longandrandom2',
  BIHUAN_ISSUER: 'https://sso.example.gov.cn',
  BIHUAN_SITE: 'https://bihuan.example.gov.cn',
  BIHUAN_CODEC_KEYS: `2026:${Buffer.alloc(32, 7).toString('base64')}`,
}

/** As Compose puts values in: `${NAME:-default}`, `${NAME:?why it is needed}`. */
const filled = (value: string): string =>
  value.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, more?: string) => {
    const said = SAID[name]
    if (said !== undefined) return said
    if (kind === '-') return more ?? ''
    throw new Error(`${name} is not said`)
  })

/** Decided by the image, or a development's alone. */
const OF_THE_IMAGE = new Set(['BIHUAN_CONSOLE', 'BIHUAN_PAPERS', 'BIHUAN_ISSUER_PORT'])

const environmentOf = (service: string): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  ...Object.fromEntries(
    Object.entries(compose.services[service]?.environment ?? {}).map(([name, value]) => [
      name,
      filled(value),
    ]),
  ),
})

describe('docker-compose.yml', () => {
  it('names nothing that is not there: services, volumes, files, programs', () => {
    for (const [name, { depends_on = {}, volumes = [], configs = [] }] of services) {
      for (const needed of Object.keys(depends_on)) expect(compose.services, name).toHaveProperty(needed)
      for (const { source } of configs) expect(compose.configs, name).toHaveProperty(source)
      for (const volume of volumes) {
        const [from = ''] = volume.split(':')
        if (from.startsWith('.')) expect(existsSync(join(projectRoot, from)), from).toBe(true)
        else expect(compose.volumes, name).toHaveProperty(from)
      }
    }
    for (const [name, { command = [] }] of ours)
      expect(existsSync(join(projectRoot, command[0] ?? '')), name).toBe(true)
  })

  it('opens one service to people, and every page for operators on this machine alone', () => {
    const open = services.filter(([, { ports = [] }]) => ports.some((port) => !port.startsWith('127.0.0.1:')))
    expect(open.map(([name]) => name)).toEqual(['gateway'])
  })

  it('carries no secret, and does not start without those that are needed', () => {
    const defaults = [...composeText.matchAll(/\$\{(\w*(?:PASSWORD|SECRET|KEYS)\w*):-([^}]*)\}/g)]
    expect(defaults.filter(([, , value]) => value !== '')).toEqual([])
    for (const name of ['POSTGRES_PASSWORD', 'BIHUAN_DB_PASSWORD', 'BIHUAN_ISSUER', 'BIHUAN_SITE'])
      expect(composeText).toMatch(new RegExp(`\\$\\{${name}:\\?`))
  })

  it.each([
    ['api', ['api/settings.ts', 'codec/settings.ts', 'runtime/environment.ts']],
    ['worker', ['worker/settings.ts', 'codec/settings.ts', 'runtime/environment.ts']],
  ])('passes on to the %s whatever it can be told', (service, files) => {
    const known = files.flatMap((file) =>
      [...text(file).matchAll(/^ +((?:BIHUAN|OTEL|DATABASE)_[A-Z_]+): /gm)].map(([, name = '']) => name),
    )
    const given = Object.keys(compose.services[service]?.environment ?? {})
    expect(known.length).toBeGreaterThan(8)
    expect(known.filter((name) => !given.includes(name) && !OF_THE_IMAGE.has(name))).toEqual([])
  })

  it('gives API and worker settings on which production starts', () => {
    const api = apiSettings(environmentOf('api'))
    const worker = workerSettings(environmentOf('worker'))
    expect(api.issuer).toMatchObject({ kind: 'external', url: SAID.BIHUAN_ISSUER })
    expect(api.proxies).toBe(1)
    expect(api.temporal.namespace).toBe(worker.temporal.namespace)
    expect(worker.build).toBeDefined()
  })
})

describe('Dockerfile', () => {
  const lines = text('Dockerfile')
    .split('\n')
    .map((line) => line.trim())

  it('runs as nobody in particular, with the programs that are there', () => {
    const users = lines.filter((line) => line.startsWith('USER '))
    expect(users.at(-1)).toBe('USER node')
    const [, program = ''] = /^CMD \["([^"]+)"/.exec(lines.find((line) => line.startsWith('CMD')) ?? '') ?? []
    expect(existsSync(join(projectRoot, program))).toBe(true)
  })

  it('takes packages by the lock file alone, and no script of theirs runs', () => {
    const installs = lines.filter((line) => /\bnpm (ci|install|i)\b/.test(line))
    expect(installs.length).toBeGreaterThan(0)
    for (const line of installs) expect(line).toMatch(/npm ci .*--ignore-scripts/)
  })

  it('builds on images of a named version', () => {
    for (const line of lines.filter((one) => one.startsWith('FROM ')))
      expect(line).toMatch(/^FROM [\w./-]+:[\w.-]*\d[\w.-]*( AS \w+)?$/)
  })
})
