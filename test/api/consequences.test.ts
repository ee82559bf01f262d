import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { evidenceFrom, openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'after', { policy: 'hohhot' })
})
afterAll(() => door.close())

const open = (as: string, body: unknown) =>
  door.ask('POST', '/rounds/after/cases', { as, body, key: newKey() })
const give = (as: string, id: string, body: unknown) =>
  door.ask('POST', `/cases/${id}/commands`, { as, body, key: newKey() })

describe('HY-04 a leader’s instruction at the door', () => {
  it('is known to the leader, the office, the units and the discipline organ, and to nobody else', async () => {
    const { status, body } = await open('office', {
      type: 'register-instruction',
      leader: { name: '沈知远', level: 'municipal', person: 'leader' },
      text: '限期查清',
      about: '某厂偷排',
      given: '2026-06-20',
      units: ['市住房和城乡建设局'],
      due: '2099-01-01',
    })
    expect(status).toBe(201)
    const seen = async (as: string) => (await door.ask('GET', `/cases/${body.caseId}`, { as })).status
    for (const reader of ['office', 'officehead', 'leader', 'unit', 'unith', 'discipline'])
      expect([reader, await seen(reader)]).toEqual([reader, 200])
    for (const other of ['leader2', 'secretary', 'deputy1', 'shuiwu', 'observer'])
      expect([other, await seen(other)]).toEqual([other, 404])
    const listed = async (as: string) =>
      (await door.ask('GET', '/cases?kind=instruction', { as })).body.cases.length
    expect([
      await listed('leader'),
      await listed('leader2'),
      await listed('unit'),
      await listed('shuiwu'),
    ]).toEqual([1, 0, 1, 0])
    const counted = await door.ask('GET', '/summary?kind=instruction', { as: 'secretary' })
    expect(counted.body.total).toBe(0)
    const changed = await give('office', body.caseId, { type: 'amend-instruction', text: '不查了' })
    expect(changed.status).toBe(422)
    expect(await give('unith', body.caseId, { type: 'receipt-instruction' })).toMatchObject({ status: 200 })
    const evidence = [await evidenceFrom(await door.as('unit'), '照片')]
    expect(
      await give('unith', body.caseId, { type: 'report-instruction-result', result: '已查', evidence }),
    ).toMatchObject({ status: 409, body: { clause: 'HY-04', instead: [{ act: 'feed-back-instruction' }] } })
  })
})

describe('HH-09 HH-10 HH-11 HY-10 consequences at the door', () => {
  const common = { type: 'propose-consequence', unit: '汀洲县政府', facts: '六月排名末位', evidence: [] }
  const reading = {
    section: '栖水河口',
    pollutant: '氨氮',
    value: '1.6',
    limit: '1.0',
    measuredOn: '2026-06-01',
  }

  it('are refused with their clause, or proposed with the table’s amount', async () => {
    expect(await open('office', { ...common, sort: 'penalty', cause: '无名' })).toMatchObject({
      status: 422,
      body: { clause: 'HH-09' },
    })
    const within = await open('office', {
      ...common,
      sort: 'compensation',
      reading: { ...reading, value: '0.9' },
    })
    expect(within.body.events.map(({ told }: { told: string }) => told)).toEqual([
      '登记汀洲县政府监测值:栖水河口氨氮 0.9,限值 1.0',
      '没有超过标准限值,不产生补偿',
    ])
    expect(
      await open('office', { ...common, sort: 'removal', cause: '整改不力', person: '某人', post: '镇长' }),
    ).toMatchObject({ status: 409, body: { clause: 'HH-10' } })
    const proposed = await open('office', { ...common, sort: 'compensation', reading })
    expect(proposed.body.events[0].told).toBe(
      '建议对汀洲县政府水质超标补偿 200000元:栖水河口氨氮 1.6,限值 1.0',
    )
    const id = proposed.body.caseId
    expect((await door.ask('GET', `/cases/${id}`, { as: 'tingzhou' })).status).toBe(404)
    expect(
      await give('mayor', id, { type: 'decide-consequence', decision: 'impose', reason: '同意' }),
    ).toMatchObject({ status: 409, body: { clause: 'HY-10' } })
    await give('discipline', id, {
      type: 'review-excuse',
      result: 'not',
      reasons: '无免责情形',
      evidence: [],
    })
    const imposed = await give('mayor', id, {
      type: 'decide-consequence',
      decision: 'impose',
      reason: '同意',
    })
    expect(imposed.body.state.phaseTitle).toBe('待缴纳')
    expect((await door.ask('GET', `/cases/${id}`, { as: 'tingzhou' })).status).toBe(200)
  })
})
