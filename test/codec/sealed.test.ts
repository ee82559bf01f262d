import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { describe, expect, it } from 'vitest'
import { keptIn } from '../../chaos/checks/sealed.js'
import { encryption } from '../../codec/encryption.js'
import { keysIn, newKey } from '../../codec/keys.js'

const keys = keysIn(newKey('2026'))
const context = { type: 'workflow', namespace: 'default', workflowId: 'qilan/001' } as const

const clear = defaultPayloadConverter.toPayload({ 批示: '立即核查' }) as Payload
const sealed = async (): Promise<Payload> => {
  const [one] = keys ? await encryption(keys).encode([clear], context) : []
  if (!one) throw new Error('nothing came')
  return one
}
const started = (input: Payload, more: object = {}) => ({
  events: [{ workflowExecutionStartedEventAttributes: { input: { payloads: [input] }, ...more } }],
})

describe('the look for clear words in what Temporal keeps', () => {
  it('finds none in a history that is encrypted, and says under which key it lies', async () => {
    expect(keptIn(started(await sealed()))).toEqual({ clear: [], keys: new Set(['2026']) })
  })

  it('finds a payload in the clear, whatever language it is in', () => {
    expect(keptIn(started(clear)).clear).toHaveLength(1)
    expect(keptIn(started(defaultPayloadConverter.toPayload('secret') as Payload)).clear).toHaveLength(1)
  })

  it('finds the words of a failure beside its payload', async () => {
    const failure = { message: '现在轮到书记签字', encodedAttributes: await sealed() }
    expect(keptIn({ events: [{ workflowTaskFailedEventAttributes: { failure } }] }).clear).toHaveLength(1)
  })

  it('leaves the search attributes alone: units are on the published plan', async () => {
    const searchAttributes = { indexedFields: { BihuanUnit: clear } }
    expect(keptIn(started(await sealed(), { searchAttributes })).clear).toEqual([])
  })
})
