import { z } from 'zod'
import type { Fault } from '../runtime/environment.js'
import { type Keys, keysIn } from './keys.js'

/** `BIHUAN_CODEC_KEYS`: the first encrypts, all decrypt. */
export const codecKeys = z
  .string()
  .transform((text, { addIssue }): Keys => {
    const keys = keysIn(text)
    if (keys) return keys
    addIssue({
      code: 'custom',
      message: '应写作 名称:密钥,名称:密钥;名称各不相同,密钥为 32 字节的 base64(openssl rand -base64 32)',
    })
    return z.NEVER
  })
  .optional()

/** What a person says in a case does not lie in the clear in Temporal's database in production. */
export const codecFaults = ({
  BIHUAN_CODEC_KEYS,
}: {
  readonly BIHUAN_CODEC_KEYS?: Keys | undefined
}): readonly Fault[] =>
  BIHUAN_CODEC_KEYS ? [] : [{ name: 'BIHUAN_CODEC_KEYS', why: '正式环境须给出加密案件内容的密钥' }]
