import pg from 'pg'
import { clientSettings } from '../connect.js'

/** Works on one connection that may take its time: disks are slow, tables are large. */
export const withPatientClient = async <T>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({
    ...clientSettings(databaseUrl),
    idle_in_transaction_session_timeout: 0,
    statement_timeout: 0,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
