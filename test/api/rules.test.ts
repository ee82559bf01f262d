import { readFileSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadCalendar } from '../../policies/calendars/load.js'
import { typescript } from '../../runtime/project.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { startProcess } from '../support/program.js'
import { everyCaseIsThere, openedRound } from './given.js'
import { openBody, SMALL_PLAN } from './plans.js'

const { years } = loadCalendar()
/** The last year whose notice is out; the round stands ten days before its end, and its clock hardly goes. */
const last = Math.max(...Object.keys(years).map(Number))
const next = String(last + 1)
const drill = { daysPerSecond: 0.000_01, start: `${last}-12-21` }

/** Every weekday of the next year's January and February off: whatever was counted over them moves. */
const off = [1, 2].flatMap((month) =>
  Array.from({ length: 28 }, (_, day) => new Date(Date.UTC(Number(next), month - 1, day + 1)))
    .filter((day) => day.getUTCDay() % 6 !== 0)
    .map((day) => day.toISOString().slice(5, 10)),
)
const calendar = { years: { ...years, [next]: { off, on: [], source: '测试用' } } }

/** The sample city, its returns on another day of the week. */
const onWednesdays = {
  yaml: `${readFileSync(new URL('../../policies/sample.yaml', import.meta.url), 'utf8')}
returns:
  each: week
  due: Wednesday 17:00
  chase: { before: 1 working day, at: "09:00" }
  grace: 2 working days
  source: parameter
`,
}

type Moved = { readonly title: string; readonly from: string; readonly to: string; readonly words: string }
type Line = { readonly case: string; readonly rules?: string; readonly dates: readonly Moved[] }
type Event = { readonly type: string; readonly event: { readonly moved: readonly Moved[] } }

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  const office = await door.as('office')
  await openedRound(office, 'moved', { drill })
  await office.post('/cases/moved/001/commands', { type: 'hand-over' })
})
afterAll(() => door.close())

const ask = (as: string, path: string, body: unknown, key = newKey()) =>
  door.ask('POST', path, { as, body, key })
const seen = async (path: string) => (await door.ask('GET', path, { as: 'office' })).body
const eventsOf = async (id: string): Promise<readonly Event[]> => (await seen(`/cases/${id}/events`)).events
const adoptionsOf = async (id: string): Promise<readonly Event[]> =>
  (await eventsOf(id)).filter(({ type }) => type === 'rules-adopted')
const planBy = async (id: string): Promise<string> => (await seen(`/cases/${id}`)).state.handover.planBy
const datesOf = ({ dates }: Pick<Line, 'dates'>) => dates.map(({ title, from, to }) => ({ title, from, to }))

const untilAllOrdersAreDone = (round: string, cases: number) =>
  vi.waitFor(
    async () => {
      const { orders } = await seen(`/rounds/${round}/orders`)
      expect(orders.map(({ state }: { state: string }) => state)).toEqual(Array(cases).fill('done'))
      return orders
    },
    { timeout: 60_000, interval: 200 },
  )

describe('GN-02 next year’s calendar arrives', () => {
  it('is previewed, decided by the office’s head, and recorded in each case; nothing done changes', async () => {
    const before = await eventsOf('moved/001')
    const given = await planBy('moved/001')
    const preview = await ask('office', '/rounds/moved/rules/preview', { calendar })
    expect(preview.status).toBe(200)
    expect(preview.body).toMatchObject({ obstructed: 0, cases: expect.any(Number) })
    const line: Line = preview.body.moved.find((one: Line) => one.case === 'moved/001')
    expect(line.rules).toBe('of-the-round')
    expect(line.dates).toMatchObject([{ title: '报送整改方案', from: given }])
    expect(line.dates[0]?.to).toMatch(new RegExp(`^${next}-03-`))
    expect(line.dates[0]?.words).toMatch(/^“报送整改方案”由\d+年1月\d+日改为\d+年3月\d+日$/)
    expect(await eventsOf('moved/001')).toEqual(before)

    expect((await ask('office', '/rounds/moved/rules', { calendar, reason: '通知已公布' })).status).toBe(403)
    const key = newKey()
    const decided = await ask('officehead', '/rounds/moved/rules', { calendar, reason: '通知已公布' }, key)
    expect(decided.status).toBe(202)
    expect(decided.body.cases).toBeGreaterThanOrEqual(3)
    await ask('officehead', '/rounds/moved/rules', { calendar, reason: '通知已公布' }, key)
    const orders = await untilAllOrdersAreDone('moved', decided.body.cases)
    expect(orders[0]).toMatchObject({ act: 'adopt-rules' })
    expect((await eventsOf('moved/001')).slice(0, before.length)).toEqual(before)
    const adopted = await adoptionsOf('moved/001')
    expect(adopted).toHaveLength(1)
    expect(adopted[0]).toMatchObject({
      author: expect.stringContaining('整改办主任'),
      event: { reason: '通知已公布', moved: datesOf(line) },
    })
    expect(await planBy('moved/001')).toBe(line.dates[0]?.to)
    // The record is rebuilt from its events under both versions of the rules.
    expect((await ask('office', '/rounds/moved/rules/preview', { calendar })).body.moving).toBe(0)
  })

  it('with a weekend day off, or a make-up day in the week, is refused: the notice was typed wrongly', async () => {
    const wrong = {
      years: { ...years, [next]: { off: ['02-30'], on: [off[0] ?? ''], source: '测试用' } },
    }
    const refused = await ask('office', '/rounds/moved/rules/preview', { calendar: wrong })
    expect(refused).toMatchObject({ status: 422, body: { clause: 'GN-02' } })
    expect(refused.body.detail).toContain(`02-30 不是 ${next} 年的日期`)
    expect(refused.body.detail).toContain('不是周末,不算调休上班')
  })

  it('a year once adopted is not lost, neither by a change of rules alone nor by a shorter calendar (GN-02)', async () => {
    const [first = '', ...others] = Object.keys(calendar.years)
    expect(others.length).toBeGreaterThan(0)
    const shorter = Object.fromEntries(Object.entries(calendar.years).filter(([year]) => year !== first))
    expect(
      await ask('officehead', '/rounds/moved/rules', { calendar: { years: shorter }, reason: '更新' }),
    ).toMatchObject({ status: 422, body: { clause: 'GN-02' } })
    const before = (await ask('office', '/rounds/moved/rules/preview', { calendar })).body.calendar
    expect((await ask('office', '/rounds/moved/rules/preview', {})).body.calendar).toBe(before)
  })

  it('another city’s rules are refused (GN-13)', async () => {
    expect(await ask('officehead', '/rounds/moved/rules', { policy: 'jinan', reason: '试用' })).toMatchObject(
      {
        status: 422,
        body: { clause: 'GN-13' },
      },
    )
  })
})

describe('one case goes over by itself', () => {
  beforeAll(async () => {
    const office = await door.as('office')
    await openedRound(office, 'alone', { drill })
    await office.post('/cases/alone/001/commands', { type: 'hand-over' })
  })

  it('GN-02 what the preview says is what then happens; its round and the other cases stay', async () => {
    const given = await planBy('alone/001')
    const others = await eventsOf('alone/002')
    const preview = await ask('office', '/cases/alone/001/rules/preview', { calendar })
    expect(preview).toMatchObject({ status: 200, body: { obstacle: null, dates: [{ from: given }] } })
    const moving: readonly { words: string }[] = preview.body.moments
    expect(moving.map(({ words }) => words).join()).toMatch(/“.+”由\d+年1月\d+日 .+改为\d+年3月/)

    const body = { calendar, reason: '本件跨年办理' }
    expect(await ask('office', '/cases/alone/001/rules', body)).toMatchObject({
      status: 403,
      body: { clause: 'GN-08' },
    })
    const key = newKey()
    const decided = await ask('officehead', '/cases/alone/001/rules', body, key)
    expect(decided.status).toBe(200)
    expect((await ask('officehead', '/cases/alone/001/rules', body, key)).body).toEqual(decided.body)
    const adopted = await adoptionsOf('alone/001')
    expect(adopted).toHaveLength(1)
    expect(adopted[0]).toMatchObject({
      told: expect.stringContaining('本件单独改用新的日历:本件跨年办理'),
      event: { scope: 'case', moved: datesOf(preview.body), moments: expect.any(Array) },
    })
    expect(await planBy('alone/001')).toBe(preview.body.dates[0].to)
    expect(await eventsOf('alone/002')).toEqual(others)
    expect(await ask('officehead', '/cases/alone/001/rules', body)).toMatchObject({
      status: 409,
      body: { clause: 'GN-02' },
    })
  })

  it('a policy of its own stays when the round’s decision is about the calendar alone (ADR 0016)', async () => {
    const decided = await ask('officehead', '/cases/alone/002/rules', {
      policy: onWednesdays,
      reason: '与例会同日',
    })
    expect(decided.status).toBe(200)
    const preview = await ask('office', '/rounds/alone/rules/preview', { calendar })
    const ofRound = preview.body.policy
    const { cases } = (await ask('officehead', '/rounds/alone/rules', { calendar, reason: '通知已公布' }))
      .body
    // 001 has this calendar already.
    expect(cases).toBe(preview.body.cases - 1)
    await untilAllOrdersAreDone('alone', cases)
    const [own, adopted] = (await adoptionsOf('alone/002')) as readonly { event: Record<string, unknown> }[]
    expect(adopted?.event).toMatchObject({ policy: own?.event.policy, reason: '通知已公布' })
    expect(own?.event.policy).not.toBe(ofRound)
  })

  it('started again from its events, it goes on under the rules it went over to', async () => {
    const connection = await Connection.connect({ address: door.temporal.address })
    await new Client({ connection }).workflow.getHandle('alone/001').terminate('lost')
    await connection.close()
    const restarted = await startProcess(process.execPath, [
      ...typescript('cli/main.ts'),
      ...['ledger', 'restart-cases', '--database', door.database.url, '--temporal', door.temporal.address],
    ]).ended
    expect(restarted.stdout).toContain('重新启动 1 件,未能启动 0 件')
    const office = await door.as('office')
    const before = await planBy('alone/001')
    await office.post('/cases/alone/001/commands', { type: 'withdraw-handover', reason: '重新交办' })
    await office.post('/cases/alone/001/commands', { type: 'hand-over' })
    // Ten working days from the same day, by the calendar it adopted.
    expect(await planBy('alone/001')).toBe(before)
    expect(before).toMatch(new RegExp(`^${next}-03-`))
  })
})

describe('the worker is killed half-way through a round’s adoption', () => {
  const CASES = 20
  const plan = [
    SMALL_PLAN.slice(0, SMALL_PLAN.indexOf('1.')),
    ...Array.from({ length: CASES }, (_, n) =>
      SMALL_PLAN.slice(SMALL_PLAN.indexOf('1.'), SMALL_PLAN.indexOf('2.')).replace('1.', `${n + 1}.`),
    ),
  ].join('')

  it('it goes on, and nobody is moved twice', async () => {
    const office = await door.as('office')
    await office.post('/rounds', openBody('halfway', { drill, plan: { text: plan } }))
    await everyCaseIsThere(office, 'halfway')
    const { db } = door.serving().parts
    const standing = async (): Promise<Record<'waiting' | 'done' | 'refused', number>> => {
      const found = await db
        .selectFrom('orders')
        .select('state')
        .where('round', '=', 'halfway' as never)
        .execute()
      const count = (state: string) => found.filter((one) => one.state === state).length
      return { waiting: count('waiting'), done: count('done'), refused: count('refused') }
    }
    const decided = await ask('officehead', '/rounds/halfway/rules', { calendar, reason: '通知已公布' })
    expect(decided.body.cases).toBe(CASES + 1)
    await vi.waitFor(async () => expect((await standing()).done).toBeGreaterThan(0), {
      timeout: 30_000,
      interval: 5,
    })
    await door.killWorker()
    expect((await standing()).waiting).toBeGreaterThan(0)
    await door.startWorker()
    await vi.waitFor(
      async () => expect(await standing()).toEqual({ waiting: 0, done: CASES + 1, refused: 0 }),
      { timeout: 90_000, interval: 200 },
    )
    const adopted = await db
      .selectFrom('events')
      .select('caseId')
      .where('type', '=', 'rules-adopted')
      .where('caseId', 'like', 'halfway/%' as never)
      .execute()
    expect(new Set(adopted.map(({ caseId }) => caseId)).size).toBe(CASES + 1)
    expect(adopted).toHaveLength(CASES + 1)
  })
})
