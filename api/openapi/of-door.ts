import type { OpenAPIObject } from '@nestjs/swagger'
import { makeApplication } from '../application.js'
import { makeLog } from '../log.js'
import { makeParts } from '../parts.js'
import { settingsFrom } from '../settings.js'

/** The interface's document, from a door that is made and never opened: no service has to be there. */
export const documentOfDoor = async (): Promise<OpenAPIObject> => {
  const settings = settingsFrom({
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    BIHUAN_LOG_LEVEL: 'silent',
  })
  const parts = makeParts(settings, makeLog(settings))
  const app = await makeApplication(parts)
  try {
    const answer = await app.getHttpAdapter().getInstance().inject('/docs/openapi.json')
    return answer.json()
  } finally {
    await app.close()
    await parts.close()
  }
}
