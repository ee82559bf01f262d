import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { describe, expect, it } from 'vitest'
import { caseOf, encryption, isEncrypted, MissingKey, Tampered } from '../../codec/encryption.js'
import { type Keys, keysIn } from '../../codec/keys.js'

const keys = (text: string): Keys => {
  const read = keysIn(text)
  if (!read) throw new Error(`no keys: ${text}`)
  return read
}
const secret = (letter: string): string => Buffer.alloc(32, letter).toString('base64')
const OLD = `2025:${secret('a')}`
const NEW = `2026:${secret('b')}`

const said = { 批示: '请市环保局立即核查', 领导: '沈知远' }
const payload = (): Payload => defaultPayloadConverter.toPayload(said) as Payload
const context = { type: 'workflow', namespace: 'default', workflowId: 'qilan/ps-0001' } as const

const onePayload = async (payloads: Promise<readonly Payload[]>): Promise<Payload> => {
  const [one] = await payloads
  if (!one) throw new Error('nothing came')
  return one
}
const encoded = (text: string): Promise<Payload> =>
  onePayload(encryption(keys(text)).encode([payload()], context))
const decoded = (text: string, one: Payload): Promise<Payload> =>
  onePayload(encryption(keys(text)).decode([one]))

describe('a payload on its way to Temporal', () => {
  it('shows nothing but its key’s name and its case', async () => {
    const one = await encoded(OLD)
    expect(isEncrypted(one)).toBe(true)
    expect(caseOf(one)).toBe('qilan/ps-0001')
    const bytes = Buffer.concat([...Object.values(one.metadata ?? {}), one.data ?? Buffer.alloc(0)])
    for (const word of ['批示', '环保局', '沈知远']) expect(bytes.includes(word)).toBe(false)
    expect(defaultPayloadConverter.fromPayload(await decoded(OLD, one))).toEqual(said)
  })

  it('is never the same twice', async () => {
    expect((await encoded(OLD)).data).not.toEqual((await encoded(OLD)).data)
  })

  it('is read under a key that no longer encrypts', async () => {
    expect(defaultPayloadConverter.fromPayload(await decoded(`${NEW},${OLD}`, await encoded(OLD)))).toEqual(
      said,
    )
  })

  it('from before there were keys is read as it is', async () => {
    expect(await decoded(NEW, payload())).toEqual(payload())
  })

  it('says which key is missing', async () => {
    const one = await encoded(OLD)
    await expect(decoded(NEW, one)).rejects.toThrow(MissingKey)
    await expect(decoded(NEW, one)).rejects.toThrow('缺少密钥 2025')
  })

  it.each([
    [
      'moved to another case',
      (one: Payload) => ({ ...one, metadata: { ...one.metadata, 'bihuan-case': Buffer.from('qilan/001') } }),
    ],
    [
      'changed by a bit',
      (one: Payload) => ({
        ...one,
        data: Buffer.from(one.data ?? []).map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
      }),
    ],
    ['cut short', (one: Payload) => ({ ...one, data: Buffer.alloc(5) })],
  ])('%s is not believed', async (_, change) => {
    await expect(decoded(OLD, change(await encoded(OLD)))).rejects.toThrow(Tampered)
  })
})

describe('keys', () => {
  it.each([
    ['nothing', ''],
    ['a short one', `k:${Buffer.alloc(16).toString('base64')}`],
    ['two of one name', `${OLD},${OLD}`],
    ['one without a name', secret('a')],
    ['a stray comma', `${OLD},`],
  ])('are not %s', (_, text) => {
    expect(keysIn(text)).toBeUndefined()
  })
})
