import { join } from 'node:path'
import { z } from 'zod'

const count = (most: number) => z.coerce.number().int().min(1).max(most)

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: '应为 postgresql:// 开头的地址' }),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  BIHUAN_HOME: z.string().optional(),
  /** Where papers are kept as files, beside the database. */
  BIHUAN_PAPERS: z.string().optional(),
  /** Running cases kept in memory: more than are open, or every wake-up replays its history. */
  BIHUAN_CACHED_CASES: count(100_000).default(3_000),
  /** Connections to PostgreSQL; activities at once are twice as many. */
  BIHUAN_CONNECTIONS: count(200).default(10),
  /** `host:port` on which Prometheus may read Temporal's metrics; none by default. */
  BIHUAN_METRICS: z
    .string()
    .regex(/^[^:\s]+:\d+$/, { error: '应写作 主机:端口' })
    .optional(),
  BIHUAN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Settings = {
  readonly databaseUrl: string
  readonly connections: number
  readonly temporal: { readonly address: string; readonly namespace: string }
  readonly cachedCases: number
  readonly papersDir: string | undefined
  readonly metrics: string | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

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
    connections: data.BIHUAN_CONNECTIONS,
    temporal: { address: data.TEMPORAL_ADDRESS, namespace: data.TEMPORAL_NAMESPACE },
    cachedCases: data.BIHUAN_CACHED_CASES,
    papersDir:
      data.BIHUAN_PAPERS ?? (data.BIHUAN_HOME === undefined ? undefined : join(data.BIHUAN_HOME, 'papers')),
    metrics: data.BIHUAN_METRICS,
    logLevel: data.BIHUAN_LOG_LEVEL,
  }
}
