import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig'
import { saidIn, UnfitSettings } from './environment.js'

type Options = ClientConnectConfig['connectionOptions']

/** Where Temporal is, in which namespace our cases live, and what lets us in. */
export type TemporalAccess = {
  /** `host:port` */
  readonly address: string
  readonly namespace: string
  readonly tls?: NonNullable<Options['tls']>
  readonly apiKey?: string
  /** Sent along with every call. */
  readonly metadata?: Readonly<Record<string, string>>
}

const USUAL = { address: '127.0.0.1:7233', namespace: 'default' } as const

/**
 * By the SDK's own variables (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_TLS…`, `TEMPORAL_API_KEY`) and profiles
 * (`TEMPORAL_PROFILE` in `TEMPORAL_CONFIG_FILE`); a variable goes before its profile.
 *
 * @throws UnfitSettings when the profile, or a file it names, is not to be had.
 */
export const temporalAccess = (env: NodeJS.ProcessEnv): TemporalAccess => {
  const { namespace, connectionOptions } = configured(env)
  const { address, tls, apiKey, metadata } = connectionOptions
  return {
    address: address ?? USUAL.address,
    namespace: namespace ?? USUAL.namespace,
    ...(tls !== undefined && tls !== null && { tls }),
    ...(typeof apiKey === 'string' && { apiKey }),
    ...(metadata && { metadata: metadata as Readonly<Record<string, string>> }),
  }
}

const configured = (env: NodeJS.ProcessEnv): ClientConnectConfig => {
  try {
    return loadClientConnectConfig({ overrideEnvVars: { ...saidIn(env) } })
  } catch (error) {
    throw new UnfitSettings(
      `Temporal 的设置有误(TEMPORAL_PROFILE、TEMPORAL_CONFIG_FILE、TEMPORAL_TLS_…):\n  ${(error as Error).message}`,
    )
  }
}

/** Whether somebody means a Temporal of theirs: by its address, or by a profile or file they name. */
export const namesTemporal = (env: NodeJS.ProcessEnv): boolean => {
  const said = saidIn(env)
  return [said.TEMPORAL_ADDRESS, said.TEMPORAL_PROFILE, said.TEMPORAL_CONFIG_FILE].some(
    (value) => value !== undefined,
  )
}

/** What `Connection` and `NativeConnection` are opened with. */
export const connectionOptions = ({ address, tls, apiKey, metadata }: TemporalAccess) => ({
  address,
  ...(tls !== undefined && { tls }),
  ...(apiKey !== undefined && { apiKey }),
  ...(metadata && { metadata: { ...metadata } }),
})
