import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draw } from '../../domain/draw/draw.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  await openedRound(office, 'inspected')
  await office.post('/cases/inspected/001/commands', { type: 'hand-over' })
  await office.post('/register/units', { name: '东栖区政府', area: '东栖区' })
})
afterAll(() => door.close())

const order = (more: Readonly<Record<string, unknown>>) =>
  door.ask('POST', '/rounds/inspected/cases', {
    as: 'office',
    key: newKey(),
    body: {
      type: 'order-inspection',
      form: 'supervision',
      title: '雨污分流进展',
      order: '逐项核查',
      subjects: { cases: [], units: [], areas: [] },
      team: [{ person: 'shuiwu', name: '甲' }],
      until: '2099-01-01',
      ...more,
    },
  })

describe('who inspects what is the register’s and the ledger’s to say', () => {
  it('JN-20 a district’s own officer is refused, whatever unit the request claims', async () => {
    const subjects = { cases: [], units: [], areas: ['东栖区'] }
    const claimed = [{ person: 'dongqi', name: '他人', unit: '汀洲县政府', area: '汀洲县' }]
    expect(await order({ form: 'cross', subjects, team: claimed })).toMatchObject({
      status: 403,
      body: { clause: 'JN-20', detail: expect.stringContaining('东栖区政府经办人来自被查的东栖区') },
    })
    const { body } = await order({ form: 'cross', subjects, team: [{ person: 'tingzhou', name: '乙' }] })
    expect(body.caseId).toBe('inspected/dc-0001')
    const change = { type: 'change-team', team: claimed, reason: '换人' }
    expect(
      await door.ask('POST', `/cases/${body.caseId}/commands`, { as: 'office', key: newKey(), body: change }),
    ).toMatchObject({ status: 403, body: { clause: 'JN-20' } })
  })

  it('GN-08 the units of the cases inspected are added from the ledger', async () => {
    const subjects = { cases: ['inspected/001'], units: [], areas: [] }
    expect(await order({ subjects, team: [{ person: 'unit', name: '丙' }] })).toMatchObject({
      status: 403,
      body: { clause: 'GN-08', detail: expect.stringContaining('市住房和城乡建设局') },
    })
  })

  it('JN-11 a random check takes the round’s cases; its draw can be drawn again from the record', async () => {
    const { body } = await order({ form: 'random' })
    const whole = await door.ask('GET', `/cases/${body.caseId}`, { as: 'discipline' })
    expect(whole.body.state.subjects).toEqual({
      cases: ['inspected/001'],
      units: ['市住房和城乡建设局'],
      areas: [],
    })
    // Not announced: the unit inspected does not see it yet.
    expect((await door.ask('GET', `/cases/${body.caseId}`, { as: 'unit' })).status).toBe(404)
    const drawn = await door.ask('POST', `/cases/${body.caseId}/commands`, {
      as: 'office',
      key: newKey(),
      body: { type: 'draw-sample', seed: '公开种子', take: 1 },
    })
    const { selected, seed, take } = drawn.body.events[0].event
    expect(selected).toEqual(draw(['inspected/001'], seed, take))
  })

  it('a look-back campaign without closed cases is refused (YZ-16)', async () => {
    expect(await order({ form: 'campaign' })).toMatchObject({ status: 422, body: { clause: 'YZ-16' } })
  })
})
