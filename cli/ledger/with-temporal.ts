import { Client, Connection } from '@temporalio/client'
import { converterWith } from '../../codec/converter.js'
import type { Keys } from '../../codec/keys.js'
import { connectionOptions, type TemporalAccess } from '../../runtime/temporal-access.js'
import { Trouble } from '../../runtime/trouble.js'

/** A Temporal server, and the keys under which cases lie there; without them they lie in the clear. */
export type TemporalPlace = TemporalAccess & { readonly codecKeys?: Keys | undefined }

const PATIENCE_MILLIS = 8_000

/**
 * Works with a Temporal server and leaves.
 * @throws Trouble when it does not answer.
 */
export const withTemporal = async <T>(
  access: TemporalPlace,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const { address, namespace, codecKeys } = access
  const connection = await Connection.connect({
    ...connectionOptions(access),
    connectTimeout: PATIENCE_MILLIS,
  }).catch((error: Error) => {
    throw new Trouble(`无法连接 Temporal(${address}):${error.message}`)
  })
  try {
    return await work(new Client({ connection, namespace, dataConverter: converterWith(codecKeys) }))
  } finally {
    await connection.close()
  }
}
