import pg from 'pg'

/** Works on one connection of its own, which ends with the work. */
export const withClient = async <T>(
  settings: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client(settings)
  // A server that dies under a connection says so twice; the query's own rejection is enough.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
