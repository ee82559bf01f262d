import {
  Client,
  Connection,
  type WorkflowClientInterceptor,
  WorkflowUpdateFailedError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { converterWith } from '../../codec/converter.js'
import { REFUSED, type RefusedDetails } from '../../contracts/case.js'
import { isRefusal, type Refusal } from '../../domain/refusal.js'
import { connectionOptions } from '../../runtime/temporal-access.js'
import type { Settings } from '../settings.js'

/** Lazy: the door opens also while Temporal is away, and says so. */
export const connectTemporal = (
  { temporal, codecKeys }: Pick<Settings, 'temporal' | 'codecKeys'>,
  interceptors: readonly WorkflowClientInterceptor[] = [],
) => {
  const connection = Connection.lazy(connectionOptions(temporal))
  const { namespace } = temporal
  return {
    connection,
    client: new Client({
      connection,
      namespace,
      dataConverter: converterWith(codecKeys),
      interceptors: { workflow: [...interceptors] },
    }),
  }
}

/** The domain's refusal inside a failed Update, if that is what it failed by. */
export const refusalIn = (error: unknown): Refusal | undefined => {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined
  const { cause } = error
  if (!(cause instanceof ApplicationFailure) || cause.type !== REFUSED) return undefined
  const [refusal] = (cause.details ?? []) as unknown as RefusedDetails
  return isRefusal(refusal) ? refusal : undefined
}
