import { Client, Connection } from '@temporalio/client'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { Trouble } from '../../runtime/trouble.js'
import type { TemporalPlace } from './where.js'

const PATIENCE_MILLIS = 8_000

/**
 * Works with a Temporal server and leaves. What Temporal's own configuration says besides (TLS, keys) holds here too.
 * @throws Trouble when it does not answer.
 */
export const withTemporal = async <T>(
  { address, namespace }: TemporalPlace,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const { connectionOptions } = loadClientConnectConfig()
  const connection = await Connection.connect({
    ...connectionOptions,
    address,
    connectTimeout: PATIENCE_MILLIS,
  }).catch((error: Error) => {
    throw new Trouble(`无法连接 Temporal(${address}):${error.message}`)
  })
  try {
    return await work(new Client({ connection, namespace }))
  } finally {
    await connection.close()
  }
}
