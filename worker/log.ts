import { asyncLocalStorage } from '@temporalio/activity'
import type { Logger as TemporalLogger } from '@temporalio/common'
import { jsonLog, type Log } from '../runtime/log.js'
import type { Settings } from './settings.js'

export type { Log } from '../runtime/log.js'

/** The case an errand is for. */
const errand = (): Readonly<Record<string, unknown>> => {
  const info = asyncLocalStorage.getStore()?.info
  return info?.workflowExecution === undefined
    ? {}
    : { case: info.workflowExecution.workflowId, activity: info.activityType, attempt: info.attempt }
}

/** One JSON line an event on stdout; lines about a case carry it as `case`. */
export const makeLog = ({ logLevel }: Pick<Settings, 'logLevel'>): Log => jsonLog('worker', logLevel, errand)

type Fields = Readonly<Record<string, unknown>>

/** A workflow's id is its case's. */
const withCase = ({ workflowId, error, ...fields }: Fields = {}): Fields => ({
  ...(workflowId !== undefined && { case: workflowId }),
  ...(error !== undefined && { err: error }),
  ...fields,
})

/** What the SDK, workflows and activities say, on the same log; what the SDK says of itself one level quieter. */
export const temporalLog = (log: Log): TemporalLogger => {
  const say: TemporalLogger['log'] = (level, message, meta) => {
    const fields = withCase(meta)
    switch (level) {
      case 'TRACE':
      case 'DEBUG':
        return log.trace(fields, message)
      case 'INFO':
        return log.debug(fields, message)
      case 'WARN':
        return log.warn(fields, message)
      case 'ERROR':
        return log.error(fields, message)
    }
  }
  return {
    log: say,
    trace: (message, meta) => say('TRACE', message, meta),
    debug: (message, meta) => say('DEBUG', message, meta),
    info: (message, meta) => say('INFO', message, meta),
    warn: (message, meta) => say('WARN', message, meta),
    error: (message, meta) => say('ERROR', message, meta),
  }
}
