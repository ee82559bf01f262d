import { resolve } from 'node:path'
import { z } from 'zod'
import type { SessionLimits } from '../db/sessions.js'

const port = z.coerce.number().int().min(1).max(65_535)

const PRODUCTION = 'production'

/** Passwords that everybody knows: a database behind one of them is a development's. */
const WELL_KNOWN = new Set(['', 'bihuan', 'password', 'postgres', 'secret', 'changeme'])

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/

/** Browsers keep a cookie marked `Secure` from https, and from their own machine. */
export const keepsCookies = (url: string): boolean => {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || LOOPBACK.test(hostname)
}

const environment = z
  .object({
    NODE_ENV: z.string().default('development'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: '应为 postgresql:// 开头的地址' }),
    TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
    TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
    BIHUAN_HOST: z.string().min(1).default('127.0.0.1'),
    BIHUAN_PORT: port.default(8600),
    BIHUAN_ISSUER: z.url({ protocol: /^https?$/, error: '应为 http(s):// 开头的地址' }).optional(),
    BIHUAN_ISSUER_PORT: port.default(8602),
    BIHUAN_AUDIENCE: z.string().min(1).default('urn:bihuan:api'),
    /** The claim of an external issuer's token that holds the sign-in name. */
    BIHUAN_PERSON_CLAIM: z.string().min(1).default('preferred_username'),
    /** How we are known to that issuer: for people who sign in from a browser. */
    BIHUAN_CLIENT_ID: z.string().min(1).optional(),
    BIHUAN_CLIENT_SECRET: z.string().min(1).optional(),
    /** Where browsers find the door: behind a proxy, the proxy's own address. */
    BIHUAN_URL: z
      .url({ protocol: /^https?$/, error: '应为 http(s):// 开头的地址' })
      .refine((url) => new URL(url).pathname === '/', '只写到主机和端口,不带路径')
      .optional(),
    /** Minutes somebody stays signed in without doing anything, and at the longest. */
    BIHUAN_SESSION_IDLE: z.coerce.number().int().min(1).max(1_440).default(60),
    BIHUAN_SESSION_LONGEST: z.coerce.number().int().min(1).max(10_080).default(720),
    BIHUAN_HOME: z.string().optional(),
    /** How many proxies stand before us: whose word on the caller's address is taken. */
    BIHUAN_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    /** Seconds a caller waits for a case's answer before being told to ask again (202). */
    BIHUAN_PATIENCE: z.coerce.number().int().min(1).max(60).default(10),
    BIHUAN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .check(({ value, issues }) => {
    const refuse = (name: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [name], message })
    if ((value.BIHUAN_CLIENT_ID === undefined) !== (value.BIHUAN_CLIENT_SECRET === undefined))
      refuse('BIHUAN_CLIENT_SECRET', '与 BIHUAN_CLIENT_ID 要么都写,要么都不写')
    if (value.NODE_ENV !== PRODUCTION) return
    if (value.BIHUAN_URL !== undefined && !keepsCookies(value.BIHUAN_URL))
      refuse('BIHUAN_URL', '正式环境须用 https')
    if (value.BIHUAN_CLIENT_SECRET !== undefined && WELL_KNOWN.has(value.BIHUAN_CLIENT_SECRET))
      refuse('BIHUAN_CLIENT_SECRET', '正式环境不得使用开发用的密钥')
    if (value.BIHUAN_ISSUER === undefined)
      refuse('BIHUAN_ISSUER', '正式环境须指定外部的身份认证服务,不得使用内置的')
    else if (!value.BIHUAN_ISSUER.startsWith('https://'))
      refuse('BIHUAN_ISSUER', '正式环境的身份认证服务须用 https')
    if (WELL_KNOWN.has(new URL(value.DATABASE_URL).password))
      refuse('DATABASE_URL', '正式环境不得使用开发用的数据库口令')
  })

/** Where tokens come from: our own small issuer (development, demonstration), or somebody else's. */
export type Issuer =
  | { readonly kind: 'embedded'; readonly port: number; readonly home: string }
  | {
      readonly kind: 'external'
      readonly url: string
      readonly personClaim: string
      /** Absent: nobody signs in from a browser. */
      readonly client?: { readonly id: string; readonly secret: string }
    }

export type Settings = {
  readonly databaseUrl: string
  readonly temporal: { readonly address: string; readonly namespace: string }
  readonly host: string
  readonly port: number
  /** The origin browsers know us by, without a slash at its end. */
  readonly publicUrl: string
  readonly sessions: SessionLimits
  readonly issuer: Issuer
  readonly audience: string
  readonly proxies: number
  readonly patienceMillis: number
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

const MINUTE_MILLIS = 60_000
const EVERYWHERE = new Set(['0.0.0.0', '::'])

/** Whoever listens everywhere is found on this machine by its own address. */
const addressOf = (host: string, port: number): string =>
  `http://${EVERYWHERE.has(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`

type Said = z.output<typeof environment>

const clientOf = ({ BIHUAN_CLIENT_ID: id, BIHUAN_CLIENT_SECRET: secret }: Said) =>
  id === undefined || secret === undefined ? {} : { client: { id, secret } }

/** The environment does not say what is needed; `message` is for the operator, one line for each fault. */
export class UnfitSettings extends Error {
  override readonly name = 'UnfitSettings'
}

/** @throws UnfitSettings naming every variable at fault. */
export const settingsFrom = (env: NodeJS.ProcessEnv): Settings => {
  // A variable set to nothing is not set: compose files and shells leave such behind.
  const said = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = environment.safeParse(said)
  if (!read.success) {
    const lines = read.error.issues.map(({ path, message }) => `  ${path.join('.')}:${message}`)
    throw new UnfitSettings(`环境变量有误:\n${lines.join('\n')}`)
  }
  const { data } = read
  return {
    databaseUrl: data.DATABASE_URL,
    temporal: { address: data.TEMPORAL_ADDRESS, namespace: data.TEMPORAL_NAMESPACE },
    host: data.BIHUAN_HOST,
    port: data.BIHUAN_PORT,
    publicUrl: new URL(data.BIHUAN_URL ?? addressOf(data.BIHUAN_HOST, data.BIHUAN_PORT)).origin,
    sessions: {
      idleMillis: data.BIHUAN_SESSION_IDLE * MINUTE_MILLIS,
      longestMillis: data.BIHUAN_SESSION_LONGEST * MINUTE_MILLIS,
    },
    issuer:
      data.BIHUAN_ISSUER === undefined
        ? { kind: 'embedded', port: data.BIHUAN_ISSUER_PORT, home: resolve(data.BIHUAN_HOME ?? '.bihuan') }
        : {
            kind: 'external',
            url: data.BIHUAN_ISSUER,
            personClaim: data.BIHUAN_PERSON_CLAIM,
            ...clientOf(data),
          },
    audience: data.BIHUAN_AUDIENCE,
    proxies: data.BIHUAN_PROXIES,
    patienceMillis: data.BIHUAN_PATIENCE * 1_000,
    logLevel: data.BIHUAN_LOG_LEVEL,
  }
}
