import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Keys } from '../codec/keys.js'
import { codecFaults, codecKeys } from '../codec/settings.js'
import type { SessionLimits } from '../db/sessions.js'
import {
  common,
  type Fault,
  fitForProduction,
  isWellKnown,
  type LogLevel,
  readEnvironment,
} from '../runtime/environment.js'
import { projectRoot } from '../runtime/project.js'
import { type TemporalAccess, temporalAccess } from '../runtime/temporal-access.js'
import type { StreamLimits } from './stream/streams.js'
import type { Rates } from './throttle.js'

const port = z.coerce.number().int().min(1).max(65_535)

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])$/

/** Browsers keep a cookie marked `Secure` from https, and from their own machine. */
export const keepsCookies = (url: string): boolean => {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || LOOPBACK.test(hostname)
}

const issuerFaults = (issuer: string | undefined): readonly Fault[] => {
  if (issuer === undefined)
    return [{ name: 'BIHUAN_ISSUER', why: '正式环境须指定外部的身份认证服务,不得使用内置的' }]
  return issuer.startsWith('https://')
    ? []
    : [{ name: 'BIHUAN_ISSUER', why: '正式环境的身份认证服务须用 https' }]
}

type Signing = {
  readonly BIHUAN_ISSUER?: string | undefined
  readonly BIHUAN_URL?: string | undefined
  readonly BIHUAN_CLIENT_SECRET?: string | undefined
}

const faultsOf = ({ BIHUAN_ISSUER, BIHUAN_URL, BIHUAN_CLIENT_SECRET }: Signing): readonly Fault[] => [
  ...(BIHUAN_URL !== undefined && !keepsCookies(BIHUAN_URL)
    ? [{ name: 'BIHUAN_URL', why: '正式环境须用 https' }]
    : []),
  ...(BIHUAN_CLIENT_SECRET !== undefined && isWellKnown(BIHUAN_CLIENT_SECRET)
    ? [{ name: 'BIHUAN_CLIENT_SECRET', why: '正式环境不得使用开发用的密钥' }]
    : []),
  ...issuerFaults(BIHUAN_ISSUER),
]

const environment = z
  .object({
    ...common,
    BIHUAN_CODEC_KEYS: codecKeys,
    /** Where people open Temporal's UI; the only other page that may ask us to decode. */
    BIHUAN_TEMPORAL_UI: z.url({ protocol: /^https?$/, error: '应为 http(s):// 开头的地址' }).optional(),
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
    /** Requests a minute that are answered: to one person, and to one address, however many are behind it. */
    BIHUAN_RATE_PERSON: z.coerce.number().int().min(1).default(3_000),
    BIHUAN_RATE_ADDRESS: z.coerce.number().int().min(1).default(12_000),
    /** Readers of the live stream: of one person, and in all; seconds between two signs of life. */
    BIHUAN_STREAMS_PERSON: z.coerce.number().int().min(1).max(100).default(8),
    BIHUAN_STREAMS: z.coerce.number().int().min(1).max(10_000).default(500),
    BIHUAN_STREAM_HEARTBEAT: z.coerce.number().int().min(1).max(120).default(15),
    /** Where the console's built files are. */
    BIHUAN_CONSOLE: z
      .string()
      .min(1)
      .default(join(projectRoot, 'web', 'dist')),
    /** How many proxies stand before us: whose word on the caller's address is taken. */
    BIHUAN_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    /** Seconds a caller waits for a case's answer before being told to ask again (202). */
    BIHUAN_PATIENCE: z.coerce.number().int().min(1).max(60).default(10),
  })
  .check(({ value, issues }) => {
    if ((value.BIHUAN_CLIENT_ID === undefined) !== (value.BIHUAN_CLIENT_SECRET === undefined))
      issues.push({
        code: 'custom',
        input: value,
        path: ['BIHUAN_CLIENT_SECRET'],
        message: '与 BIHUAN_CLIENT_ID 要么都写,要么都不写',
      })
  })
  .check(fitForProduction((said) => [...faultsOf(said), ...codecFaults(said)]))

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
  readonly temporal: TemporalAccess
  /** Absent: what goes to Temporal goes in the clear. */
  readonly codecKeys?: Keys | undefined
  /** Without a slash at its end; absent: nobody is shown the way there. */
  readonly temporalUi?: string | undefined
  readonly host: string
  readonly port: number
  /** The origin browsers know us by, without a slash at its end. */
  readonly publicUrl: string
  readonly sessions: SessionLimits
  readonly rates: Rates
  readonly streams: StreamLimits
  readonly consoleFolder: string
  readonly issuer: Issuer
  readonly audience: string
  readonly proxies: number
  readonly patienceMillis: number
  readonly logLevel: LogLevel
  /** `host:port` for Prometheus; absent: nothing is served. */
  readonly metrics?: string | undefined
  /** Where OTLP/HTTP is taken; absent: nobody keeps traces. */
  readonly traces?: string | undefined
}

const MINUTE_MILLIS = 60_000
const EVERYWHERE = new Set(['0.0.0.0', '::'])

/** Whoever listens everywhere is found on this machine by its own address. */
const addressOf = (host: string, port: number): string =>
  `http://${EVERYWHERE.has(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`

type Said = z.output<typeof environment>

const clientOf = ({ BIHUAN_CLIENT_ID: id, BIHUAN_CLIENT_SECRET: secret }: Said) =>
  id === undefined || secret === undefined ? {} : { client: { id, secret } }

/** @throws UnfitSettings naming every variable at fault. */
export const settingsFrom = (env: NodeJS.ProcessEnv): Settings => {
  const data = readEnvironment(environment, env)
  return {
    databaseUrl: data.DATABASE_URL,
    temporal: temporalAccess(env),
    codecKeys: data.BIHUAN_CODEC_KEYS,
    temporalUi: data.BIHUAN_TEMPORAL_UI?.replace(/\/+$/, ''),
    host: data.BIHUAN_HOST,
    port: data.BIHUAN_PORT,
    publicUrl: new URL(data.BIHUAN_URL ?? addressOf(data.BIHUAN_HOST, data.BIHUAN_PORT)).origin,
    sessions: {
      idleMillis: data.BIHUAN_SESSION_IDLE * MINUTE_MILLIS,
      longestMillis: data.BIHUAN_SESSION_LONGEST * MINUTE_MILLIS,
    },
    rates: { person: data.BIHUAN_RATE_PERSON, address: data.BIHUAN_RATE_ADDRESS },
    streams: {
      perPerson: data.BIHUAN_STREAMS_PERSON,
      inAll: data.BIHUAN_STREAMS,
      heartbeatMillis: data.BIHUAN_STREAM_HEARTBEAT * 1_000,
    },
    consoleFolder: resolve(data.BIHUAN_CONSOLE),
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
    metrics: data.BIHUAN_METRICS,
    traces: data.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: data.BIHUAN_LOG_LEVEL,
  }
}
