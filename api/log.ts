import type { LoggerService } from '@nestjs/common'
import { type Logger, pino } from 'pino'
import type { Settings } from './settings.js'

export type Log = Logger

/** One JSON line an event on stdout; lines about a command carry its case and its id. */
export const makeLog = ({ logLevel }: Pick<Settings, 'logLevel'>): Log =>
  pino({ level: logLevel, base: { part: 'api' }, timestamp: pino.stdTimeFunctions.isoTime })

/** What the framework says of itself, on the same log and one level quieter. */
export const frameworkLog = (log: Log): LoggerService => {
  const framework = log.child({ from: 'nest' })
  return {
    log: (message: unknown) => framework.debug(String(message)),
    error: (message: unknown, ...rest: unknown[]) => framework.error({ rest }, String(message)),
    warn: (message: unknown) => framework.warn(String(message)),
    debug: (message: unknown) => framework.debug(String(message)),
  }
}
