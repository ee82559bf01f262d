import { join } from 'node:path'
import { z } from 'zod'
import type { Keys } from '../codec/keys.js'
import { codecFaults, codecKeys } from '../codec/settings.js'
import { common, fitForProduction, type LogLevel, readEnvironment } from '../runtime/environment.js'
import { type TemporalAccess, temporalAccess } from '../runtime/temporal-access.js'

const count = (most: number) => z.coerce.number().int().min(1).max(most)

const environment = z
  .object({
    ...common,
    BIHUAN_CODEC_KEYS: codecKeys,
    /** Where papers are kept as files, beside the database. */
    BIHUAN_PAPERS: z.string().optional(),
    /** Running cases kept in memory: more than are open, or every wake-up replays its history. */
    BIHUAN_CACHED_CASES: count(100_000).default(3_000),
    /** Connections to PostgreSQL; activities at once are twice as many. */
    BIHUAN_CONNECTIONS: count(200).default(10),
    /** `host:port` for what Temporal's own SDK measures; none by default. */
    BIHUAN_SDK_METRICS: z
      .string()
      .regex(/^[^:\s]+:\d+$/, { error: '应写作 主机:端口' })
      .optional(),
    /** The release this worker is of: Temporal hands cases over from one to the next. Without it, workers are all alike. */
    BIHUAN_BUILD: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/, { error: '只用字母、数字和 . _ + -' })
      .optional(),
  })
  .check(fitForProduction((said) => codecFaults(said)))

export type Settings = {
  readonly databaseUrl: string
  readonly connections: number
  readonly temporal: TemporalAccess
  /** Undefined: what goes to Temporal goes in the clear. */
  readonly codecKeys: Keys | undefined
  readonly cachedCases: number
  readonly papersDir: string | undefined
  readonly metrics: string | undefined
  readonly traces: string | undefined
  readonly build: string | undefined
  readonly sdkMetrics: string | undefined
  readonly logLevel: LogLevel
}

/** @throws UnfitSettings naming every variable at fault. */
export const settingsFrom = (env: NodeJS.ProcessEnv): Settings => {
  const data = readEnvironment(environment, env)
  return {
    databaseUrl: data.DATABASE_URL,
    connections: data.BIHUAN_CONNECTIONS,
    temporal: temporalAccess(env),
    codecKeys: data.BIHUAN_CODEC_KEYS,
    cachedCases: data.BIHUAN_CACHED_CASES,
    papersDir:
      data.BIHUAN_PAPERS ?? (data.BIHUAN_HOME === undefined ? undefined : join(data.BIHUAN_HOME, 'papers')),
    metrics: data.BIHUAN_METRICS,
    traces: data.OTEL_EXPORTER_OTLP_ENDPOINT,
    build: data.BIHUAN_BUILD,
    sdkMetrics: data.BIHUAN_SDK_METRICS,
    logLevel: data.BIHUAN_LOG_LEVEL,
  }
}
