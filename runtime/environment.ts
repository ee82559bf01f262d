import { z } from 'zod'
import { Trouble } from './trouble.js'

/** The environment does not say what is needed; `message` is for the operator, one line for each fault. */
export class UnfitSettings extends Trouble {
  override readonly name = 'UnfitSettings'
}

/** A variable set to nothing is not set: compose files and shells leave such behind. */
export const saidIn = (env: NodeJS.ProcessEnv): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])))

/** @throws UnfitSettings naming every variable at fault, and no value. */
export const readEnvironment = <T>(schema: z.ZodType<T>, env: NodeJS.ProcessEnv): T => {
  const read = schema.safeParse(saidIn(env))
  if (read.success) return read.data
  const lines = read.error.issues.map(({ path, message }) => `  ${path.join('.')}:${message}`)
  throw new UnfitSettings(`环境变量有误:\n${lines.join('\n')}`)
}

const PRODUCTION = 'production'

/** What every process of ours is told. */
export const common = {
  NODE_ENV: z.string().default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: '应为 postgresql:// 开头的地址' }),
  BIHUAN_HOME: z.string().optional(),
  /** `host:port` on which Prometheus may read what this process measures, at `/metrics`; none by default. */
  BIHUAN_METRICS: z
    .string()
    .regex(/^[^\s]+:\d+$/, { error: '应写作 主机:端口' })
    .optional(),
  /** Where OTLP/HTTP is taken, without `/v1/traces`; nobody keeps traces by default. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: '应为 http(s):// 开头的地址' })
    .optional(),
  BIHUAN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
}

export type LogLevel = z.output<typeof common.BIHUAN_LOG_LEVEL>

/** Passwords that everybody knows: what is behind one of them is a development's. */
const WELL_KNOWN = new Set(['', 'bihuan', 'password', 'postgres', 'secret', 'changeme'])

export const isWellKnown = (secret: string): boolean => WELL_KNOWN.has(secret)

/** Why a process may not start on these settings in production. */
export type Fault = { readonly name: string; readonly why: string }

/** What no process of ours may run on in production. */
const commonFaults = ({ DATABASE_URL }: { readonly DATABASE_URL: string }): readonly Fault[] =>
  isWellKnown(new URL(DATABASE_URL).password)
    ? [{ name: 'DATABASE_URL', why: '正式环境不得使用开发用的数据库口令' }]
    : []

type Common = { readonly NODE_ENV: string; readonly DATABASE_URL: string }

/** Refuses what is for development alone, when `NODE_ENV` says production; `more`: what else of this process is. */
export const fitForProduction =
  <T extends Common>(more: (said: T) => readonly Fault[] = () => []) =>
  ({ value, issues }: z.core.ParsePayload<T>): void => {
    if (value.NODE_ENV !== PRODUCTION) return
    for (const { name, why } of [...commonFaults(value), ...more(value)])
      issues.push({ code: 'custom', input: value, path: [name], message: why })
  }
