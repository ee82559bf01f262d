import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadCalendar } from '../../policies/calendars/load.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  await openedRound(office, 'moved')
  await office.post('/cases/moved/001/commands', { type: 'hand-over' })
})
afterAll(() => door.close())

/** Every weekday of the next two months off: whatever was counted over them moves. */
const nextYear = new Date().getFullYear() + 1
const { years } = loadCalendar()
const off = [1, 2].flatMap((month) =>
  Array.from({ length: 28 }, (_, day) => new Date(Date.UTC(nextYear, month - 1, day + 1)))
    .filter((day) => day.getUTCDay() % 6 !== 0)
    .map((day) => day.toISOString().slice(5, 10)),
)
const calendar = { years: { ...years, [String(nextYear)]: { off, on: [], source: '测试用' } } }

const ask = (as: string, path: string, body: unknown, key = newKey()) =>
  door.ask('POST', `/rounds/moved/${path}`, { as, body, key })

describe('GN-02 next year’s calendar arrives', () => {
  it('is previewed, decided by the office’s head, and recorded in each case; nothing done changes', async () => {
    const before = (await door.ask('GET', '/cases/moved/001/events', { as: 'office' })).body.events
    const preview = await ask('office', 'rules/preview', { calendar })
    expect(preview.status).toBe(200)
    expect(preview.body).toMatchObject({ obstructed: 0, cases: expect.any(Number) })
    const again = (await door.ask('GET', '/cases/moved/001/events', { as: 'office' })).body.events
    expect(again).toEqual(before)

    expect((await ask('office', 'rules', { calendar, reason: '通知已公布' })).status).toBe(403)
    const key = newKey()
    const decided = await ask('officehead', 'rules', { calendar, reason: '通知已公布' }, key)
    expect(decided.status).toBe(202)
    expect(decided.body.cases).toBeGreaterThanOrEqual(3)
    await ask('officehead', 'rules', { calendar, reason: '通知已公布' }, key)
    const orders = await vi.waitFor(
      async () => {
        const { body } = await door.ask('GET', '/rounds/moved/orders', { as: 'office' })
        expect(body.orders.every(({ state }: { state: string }) => state === 'done')).toBe(true)
        expect(body.orders).toHaveLength(decided.body.cases)
        return body.orders
      },
      { timeout: 30_000, interval: 200 },
    )
    expect(orders[0]).toMatchObject({ act: 'adopt-rules' })
    const { events } = (await door.ask('GET', '/cases/moved/001/events', { as: 'office' })).body
    expect(events.slice(0, before.length)).toEqual(before)
    const adopted = events.filter(({ type }: { type: string }) => type === 'rules-adopted')
    expect(adopted).toHaveLength(1)
    expect(adopted[0]).toMatchObject({
      author: expect.stringContaining('整改办主任'),
      event: { reason: '通知已公布' },
    })
    // The record is rebuilt from its events under both versions of the rules.
    expect((await ask('office', 'rules/preview', { calendar })).body.moving).toBe(0)
  })

  it('with a weekend day off, or a make-up day in the week, is refused: the notice was typed wrongly', async () => {
    const wrong = {
      years: { ...years, [String(nextYear)]: { off: ['02-30'], on: [off[0] ?? ''], source: '测试用' } },
    }
    const refused = await ask('office', 'rules/preview', { calendar: wrong })
    expect(refused).toMatchObject({ status: 422, body: { clause: 'GN-02' } })
    expect(refused.body.detail).toContain(`02-30 不是 ${nextYear} 年的日期`)
    expect(refused.body.detail).toContain('不是周末,不算调休上班')
  })

  it('a year once adopted is not lost, neither by a change of rules alone nor by a shorter calendar (GN-02)', async () => {
    const { years } = calendar
    const [first = '', ...others] = Object.keys(years)
    expect(others.length).toBeGreaterThan(0)
    const shorter = Object.fromEntries(Object.entries(years).filter(([year]) => year !== first))
    expect(await ask('officehead', 'rules', { calendar: { years: shorter }, reason: '更新' })).toMatchObject({
      status: 422,
      body: { clause: 'GN-02' },
    })
    const before = (await ask('office', 'rules/preview', { calendar })).body.calendar
    expect((await ask('office', 'rules/preview', {})).body.calendar).toBe(before)
  })

  it('another city’s rules are refused (GN-13)', async () => {
    expect(await ask('officehead', 'rules', { policy: 'jinan', reason: '试用' })).toMatchObject({
      status: 422,
      body: { clause: 'GN-13' },
    })
  })
})
