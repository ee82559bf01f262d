import { type Logger, type LoggerOptions, pino } from 'pino'
import type { LogLevel } from './environment.js'

export type Log = Logger

type Told = {
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly code?: string
  readonly cause?: Told
}

/** Of a failure what it is and where: databases and mail servers hang what people wrote on it as well, and that stays out. */
const failure = (error: unknown): Told => {
  if (!(error instanceof Error)) return { type: typeof error, message: '' }
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return {
    type: name,
    message,
    ...(stack !== undefined && { stack }),
    ...(typeof code === 'string' && { code }),
    ...(cause instanceof Error && { cause: failure(cause) }),
  }
}

/** One JSON line an event on stdout. `about`: what every line said meanwhile carries, the case and the command. */
export const jsonLog = (part: string, level: LogLevel, about: NonNullable<LoggerOptions['mixin']>): Log =>
  pino({
    level,
    base: { part },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: about,
    serializers: { err: failure },
  })
