import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../db/connect.js'
import { OlderSchema, requireSchema } from '../db/schema-age.js'
import type { Log } from './log.js'

const AGAIN_MILLIS = 1_000

/**
 * On tables of an older version the door stays shut, and says once what it waits for. A database that is away keeps it
 * from nothing: readiness tells.
 */
export const untilSchemaFits = async (databaseUrl: string, log: Log): Promise<void> => {
  const db = connect(databaseUrl, 1)
  try {
    for (let tries = 0; ; tries += 1) {
      const found = await requireSchema(db).catch((error: unknown) => error)
      if (!(found instanceof OlderSchema)) return
      if (tries === 0) log.warn(`${found.message};在此之前接口不开放`)
      await pause(AGAIN_MILLIS)
    }
  } finally {
    await db.destroy()
  }
}
