import { UnfitSettings } from '../runtime/environment.js'
import { makeLog } from './log.js'
import { untilSchemaFits } from './schema-wait.js'
import { serve } from './serve.js'
import { type Settings, settingsFrom } from './settings.js'

const UNFIT = 2
/** Connections that will not end are ended. */
const GRACE_MILLIS = 12_000

const readSettings = (): Settings => {
  try {
    return settingsFrom(process.env)
  } catch (error) {
    if (!(error instanceof UnfitSettings)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(UNFIT)
  }
}

const settings = readSettings()
const log = makeLog(settings)
await untilSchemaFits(settings.databaseUrl, log)
const serving = await serve(settings, log)

const end = (): void => {
  setTimeout(() => process.exit(1), GRACE_MILLIS).unref()
  serving.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ err: error }, 'closing failed')
      process.exit(1)
    },
  )
}
process.once('SIGTERM', end)
process.once('SIGINT', end)
