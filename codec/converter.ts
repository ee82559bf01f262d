import { fileURLToPath } from 'node:url'
import type { DataConverter } from '@temporalio/common'
import { encryption } from './encryption.js'
import type { Keys } from './keys.js'

/** For the bundle of the workflows, and for whoever runs them. */
export const failureConverterPath = fileURLToPath(new URL('./failures.ts', import.meta.url))

/** How messages go to Temporal: encrypted when there are keys. */
export const converterWith = (keys: Keys | undefined): DataConverter => ({
  failureConverterPath,
  payloadCodecs: keys ? [encryption(keys)] : [],
})
