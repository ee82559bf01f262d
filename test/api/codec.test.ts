import { type Client, Connection } from '@temporalio/client'
import { temporal } from '@temporalio/proto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { keysIn } from '../../codec/keys.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { openedRound } from './given.js'

const secret = (letter: string): string => Buffer.alloc(32, letter).toString('base64')
const FIRST = `2025:${secret('a')}`
const SECOND = `2026:${secret('b')}`
const TEMPORAL_UI = 'http://temporal.example:8601'

/** What is said in the cases below, and must not lie in Temporal. */
const SAID = ['东栖区', '雨污混流', '沈知远', '黑臭', '立即核查', '栖霞', '退回的话', '市住房']

let door: OpenDoor
let connection: Connection
let instruction: string

beforeAll(async () => {
  door = await openDoor({ codecKeys: keysIn(FIRST), temporalUi: TEMPORAL_UI }, { BIHUAN_CODEC_KEYS: FIRST })
  connection = await Connection.connect({ address: door.temporal.address })
  await openedRound(await door.as('office'), 'sealed')
  await openedRound(await door.as('office'), 'closed', { policy: 'hohhot' })
})
afterAll(async () => {
  await connection?.close()
  await door.close()
})

const give = (as: string, caseId: string, body: unknown, key = newKey()) =>
  door.ask('POST', `/cases/${caseId}/commands`, { as, body, key })

/** A worker that was killed is missed for a while: the same key asks again until there is an answer. */
const done = async (as: string, caseId: string, body: unknown, key = newKey()): Promise<void> => {
  await vi.waitFor(
    async () => {
      const answer = await give(as, caseId, body, key)
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    },
    { timeout: 60_000, interval: 500 },
  )
}

type History = Awaited<ReturnType<Client['connection']['workflowService']['getWorkflowExecutionHistory']>>

const rawHistory = (workflowId: string): Promise<History> =>
  connection.workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution: { workflowId } })

const bytesOf = ({ history }: History): Buffer =>
  Buffer.from(temporal.api.history.v1.History.encode(history ?? {}).finish())

/** The units by which an operator finds problems lie in the clear, as search attributes; they are on the published plan. */
const withoutSearchAttributes = (history: History): History => {
  for (const event of history.history?.events ?? []) {
    if (event.workflowExecutionStartedEventAttributes)
      event.workflowExecutionStartedEventAttributes.searchAttributes = null
  }
  return history
}

describe('what Temporal holds of a case', () => {
  it('are none of its words: its start, commands, refusals, errands and timers', async () => {
    expect((await give('office', 'sealed/001', { type: 'hand-over' })).status).toBe(200)
    expect((await give('office', 'sealed/001', { type: 'hand-over' })).body.detail).toMatch(/\S/)
    expect((await give('unit', 'sealed/001', { type: 'return-handover', reason: '退回的话' })).status).toBe(
      200,
    )
    const papers = () => door.ask('GET', '/cases/sealed/001/papers', { as: 'office' })
    await vi.waitFor(async () => expect((await papers()).body.papers).toHaveLength(1), { timeout: 20_000 })

    const raw = bytesOf(withoutSearchAttributes(await rawHistory('sealed/001')))
    expect(raw.includes('binary/encrypted')).toBe(true)
    expect(raw.includes('json/plain')).toBe(false)
    expect(SAID.filter((word) => raw.includes(word))).toEqual([])
  })

  it('of a leader’s instruction not even whom it concerns', async () => {
    const opened = await door.ask('POST', '/rounds/closed/cases', {
      as: 'office',
      key: newKey(),
      body: {
        type: 'register-instruction',
        leader: { name: '沈知远', level: 'municipal', person: 'leader' },
        text: '立即核查',
        about: '栖霞厂偷排',
        given: '2026-06-20',
        units: ['市住房和城乡建设局'],
        due: '2099-01-01',
      },
    })
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    instruction = opened.body.caseId
    const raw = bytesOf(await rawHistory(instruction))
    expect(SAID.filter((word) => raw.includes(word))).toEqual([])
    expect(raw.includes('json/plain')).toBe(true) // the two search attributes that are left
  })
})

describe('keys that change', () => {
  it('a case begun under the old key goes on, and what is new lies under the new one', async () => {
    await door.useKeys(`${SECOND},${FIRST}`)
    await done('office', 'sealed/001', { type: 'hand-over' })
    const raw = bytesOf(await rawHistory('sealed/001'))
    expect(raw.includes('2025')).toBe(true)
    expect(raw.includes('2026')).toBe(true)
  })

  it('a key taken away too early is named in the log; nothing is lost, and given back all goes on', async () => {
    await door.useKeys(SECOND)
    const key = newKey()
    const asked = await give('unit', 'sealed/001', { type: 'acknowledge' }, key)
    expect(asked.status).toBe(202)
    expect(await door.workerSays(/缺少密钥 2025/)).toContain('sealed/001')
    await door.useKeys(`${SECOND},${FIRST}`)
    await done('unit', 'sealed/001', { type: 'acknowledge' }, key)
    const events = (await door.ask('GET', '/cases/sealed/001/events', { as: 'office' })).body.events
    const acknowledged = events.filter(({ type }: { type: string }) => type === 'acknowledged')
    expect(acknowledged).toHaveLength(1)
  })
})

describe('Temporal’s UI asks the door to decode', () => {
  const inputOf = async (workflowId: string) => {
    const [started] = (await rawHistory(workflowId)).history?.events ?? []
    const [payload] = started?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    return {
      metadata: Object.fromEntries(
        Object.entries(payload?.metadata ?? {}).map(([name, value]) => [name, base64(value)]),
      ),
      data: base64(payload?.data ?? Buffer.alloc(0)),
    }
  }
  const decoded = async (as: string, workflowId: string): Promise<string> => {
    const { status, body } = await door.ask('POST', '/codec/decode', {
      as,
      body: { payloads: [await inputOf(workflowId)] },
    })
    expect(status, JSON.stringify(body)).toBe(200)
    return Buffer.from(body.payloads[0].data, 'base64').toString('utf8')
  }

  it('the office reads a case there', async () => {
    expect(await decoded('office', 'sealed/001')).toContain('雨污混流')
  })

  it('the way to a case’s page there is shown to the office alone', async () => {
    const wayFor = async (as: string) =>
      (await door.ask('GET', '/cases/sealed/001', { as })).body.links.engine
    expect(await wayFor('office')).toBe(`${TEMPORAL_UI}/namespaces/default/workflows/sealed%2F001`)
    for (const other of ['unit', 'leader', 'secretary']) expect(await wayFor(other)).toBeUndefined()
  })

  it('of a case that is closed to them they read that they may not', async () => {
    await done('officehead', 'sealed/001', {
      type: 'restrict-case',
      persons: [],
      roles: ['secretary', 'leader', 'unit-clerk', 'unit-head'],
      units: [],
      reason: '涉密',
    })
    expect(await decoded('office', 'sealed/001')).toBe('"【没有这件案件,或者您无权查看】"')
  })

  it('a payload that was given another case’s name is not read', async () => {
    const payload = await inputOf('sealed/001')
    payload.metadata['bihuan-case'] = Buffer.from('sealed/002').toString('base64')
    const { body } = await door.ask('POST', '/codec/decode', { as: 'office', body: { payloads: [payload] } })
    expect(Buffer.from(body.payloads[0].data, 'base64').toString('utf8')).toContain('被改动过')
  })

  it.each([
    ['nobody', undefined, 401],
    ['a unit’s clerk', 'unit', 403],
    ['a leader', 'leader', 403],
  ])('%s may not ask', async (_, as, status) => {
    const body = { payloads: [] }
    expect((await door.ask('POST', '/codec/decode', { ...(as && { as }), body })).status).toBe(status)
    expect((await door.ask('POST', '/codec/encode', { ...(as && { as }), body })).status).toBe(status)
  })

  it('from a browser on its own page alone', async () => {
    const from = async (origin: string) =>
      (
        await door.ask('OPTIONS', '/codec/decode', {
          headers: { origin, 'access-control-request-method': 'POST' },
        })
      ).headers
    expect((await from(TEMPORAL_UI)).get('access-control-allow-origin')).toBe(TEMPORAL_UI)
    expect((await from(TEMPORAL_UI)).get('access-control-allow-headers')).toContain('authorization')
    expect((await from('http://elsewhere.example')).get('access-control-allow-origin')).toBeNull()
  })

  it('what is encoded there is decoded again', async () => {
    const clear = {
      metadata: { encoding: Buffer.from('json/plain').toString('base64') },
      data: 'IuaJueekuiI=',
    }
    const { body } = await door.ask('POST', '/codec/encode', { as: 'office', body: { payloads: [clear] } })
    expect(body.payloads[0].data).not.toBe(clear.data)
    expect(Buffer.from(body.payloads[0].metadata.encoding, 'base64').toString('utf8')).toBe(
      'binary/encrypted',
    )
  })
})
