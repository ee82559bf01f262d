import { AsyncLocalStorage } from 'node:async_hooks'
import type { LoggerService } from '@nestjs/common'
import { jsonLog, type Log } from '../runtime/log.js'
import type { Settings } from './settings.js'

export type { Log } from '../runtime/log.js'

/** What a request is about, for every line that is said while it is answered. */
export type About = { readonly case?: string; readonly command?: string }

const current = new AsyncLocalStorage<About>()

/** Everything `work` says, and whatever it begins says, is about this. */
export const sayingOf = <T>(about: About, work: () => T): T => current.run(about, work)

/** One JSON line an event on stdout, with the case and the command it is about. */
export const makeLog = ({ logLevel }: Pick<Settings, 'logLevel'>): Log =>
  jsonLog('api', logLevel, () => ({ ...current.getStore() }))

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
