import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import type { Key, Keys } from './keys.js'

const { Payload: Wire } = proto.temporal.api.common.v1

const CIPHER = 'aes-256-gcm'
const ENCODING = 'binary/encrypted'
/** Names in a payload's metadata. */
const NAMES = { encoding: 'encoding', key: 'encryption-key-id', case: 'bihuan-case' } as const
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Nobody here has the key a payload was encrypted under: it must be given back to us, nothing else helps. */
export class MissingKey extends Error {
  override readonly name = 'MissingKey'
  constructor(
    readonly key: string,
    readonly case_: string,
  ) {
    super(`缺少密钥 ${key},${case_ || '(未注明案件)'} 的内容无法解读;请把它加回 BIHUAN_CODEC_KEYS`)
  }
}

/** It was changed on the way, or under another key of the same name. */
export class Tampered extends Error {
  override readonly name = 'Tampered'
  constructor(key: string, caseId: string) {
    super(`${caseId || '(未注明案件)'} 的内容与密钥 ${key} 不符:被改动过,或密钥同名不同值`)
  }
}

const words = (bytes: Uint8Array | null | undefined): string =>
  bytes ? Buffer.from(bytes).toString('utf8') : ''

export const isEncrypted = ({ metadata }: Payload): boolean => words(metadata?.[NAMES.encoding]) === ENCODING

/** The case an encrypted payload says it is of; it decrypts as no other's. Empty: it says none. */
export const caseOf = ({ metadata }: Payload): string => words(metadata?.[NAMES.case])

/** The name of the key an encrypted payload lies under. */
export const keyOf = ({ metadata }: Payload): string => words(metadata?.[NAMES.key])

/** What is readable beside the text is what it is bound to. */
const boundTo = (keyId: string, caseId: string): Buffer => Buffer.from(`${ENCODING}\n${keyId}\n${caseId}`)

const encrypted = ({ id, secret }: Key, caseId: string, payload: Payload): Payload => {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, secret, nonce).setAAD(boundTo(id, caseId))
  const text = cipher.update(Wire.encode(payload).finish())
  return {
    metadata: {
      [NAMES.encoding]: Buffer.from(ENCODING),
      [NAMES.key]: Buffer.from(id),
      [NAMES.case]: Buffer.from(caseId),
    },
    data: Buffer.concat([nonce, text, cipher.final(), cipher.getAuthTag()]),
  }
}

/** @throws MissingKey, Tampered */
const decrypted = (keys: ReadonlyMap<string, Key>, payload: Payload): Payload => {
  const caseId = caseOf(payload)
  const id = keyOf(payload)
  const key = keys.get(id)
  if (!key) throw new MissingKey(id, caseId)
  const data = Buffer.from(payload.data ?? [])
  if (data.length < NONCE_BYTES + TAG_BYTES) throw new Tampered(id, caseId)
  try {
    const decipher = createDecipheriv(CIPHER, key.secret, data.subarray(0, NONCE_BYTES))
      .setAAD(boundTo(id, caseId))
      .setAuthTag(data.subarray(-TAG_BYTES))
    const text = decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES))
    return Wire.decode(Buffer.concat([text, decipher.final()]))
  } catch {
    throw new Tampered(id, caseId)
  }
}

/**
 * Everything that goes to Temporal is encrypted for its case (AES-256-GCM); what was written before there were keys is read as it
 * is. Decoding throws MissingKey or Tampered: the work is tried again, and nothing is lost when the key comes back.
 */
export const encryption = (keys: Keys): PayloadCodec => {
  const [first] = keys
  const byId = new Map(keys.map((key) => [key.id, key]))
  return {
    encode: async (payloads, context) =>
      payloads.map((one) => encrypted(first, context?.workflowId ?? '', one)),
    decode: async (payloads) => payloads.map((one) => (isEncrypted(one) ? decrypted(byId, one) : one)),
  }
}
