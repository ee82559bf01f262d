import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'asked')
})
afterAll(() => door.close())

const give = (as: string, body: unknown, key = newKey()) =>
  door.ask('POST', '/cases/asked/001/commands', { as, body, key })
const get = async (as: string, what: 'why' | 'next') =>
  (await door.ask('GET', `/cases/asked/001/${what}`, { as })).body

describe('why, and what next', () => {
  it('a refusal is told once, with its clause and what the case was then', async () => {
    await give('office', { type: 'hand-over' })
    const key = newKey()
    const early = { type: 'submit-closing', statement: '已完成', checklist: [], evidence: [] }
    expect((await give('unit', early, key)).status).toBeGreaterThanOrEqual(400)
    await give('unit', early, key)
    const { refused, closed } = await get('unit', 'why')
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({
      who: '市住房和城乡建设局经办人',
      title: '提请销号',
      clause: expect.stringMatching(/^[A-Z]{2}-\d\d$/),
      facts: expect.arrayContaining(['当时“已交办”']),
    })
    expect(closed.find(({ act }: { act: string }) => act === 'hand-over')).toMatchObject({ clause: 'GN-08' })
  })

  it('what is owed says by when, and what happens otherwise', async () => {
    const { owed, coming } = await get('unit', 'next')
    const receipt = owed.find(({ act }: { act: string }) => act === 'acknowledge')
    expect(receipt).toMatchObject({ who: '市住房和城乡建设局', due: expect.any(String) })
    expect(receipt.otherwise[0].told).toBe('到期未签收')
    expect(coming.length).toBeGreaterThan(3)
  })
})
