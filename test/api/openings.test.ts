import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Clock, roundTime } from '../../contracts/clock.js'
import { placeOrders } from '../../db/orders.js'
import { addDays, dateOf } from '../../domain/calendar/dates.js'
import type { EffectKey, OrderEffect } from '../../domain/effects/types.js'
import { type Instant, instant, type RoundId, type UnitName } from '../../domain/words.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { everyCaseIsThere, evidenceFrom, openedRound } from './given.js'
import { openBody } from './plans.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'opened')
})
afterAll(() => door.close())

const seen = {
  type: 'report-opinion',
  text: '网传栖水河有死鱼',
  channel: '短视频平台',
  where: '某账号',
  seenAt: '2026-06-20T00:00:00.000Z' as Instant,
} as const

const open = (as: string, body: unknown, key = newKey()) =>
  door.ask('POST', '/rounds/opened/cases', { as, body, key })

describe('what may be opened in a round', () => {
  const openings = async (as: string) =>
    (await door.ask('GET', '/rounds/opened/openings', { as })).body.openings as {
      kind: string
      open: boolean
      why?: string
      form?: { choices: Record<string, { value: string; title: string }[]> }
    }[]
  const opened = async (as: string) =>
    (await openings(as)).flatMap(({ kind, open: may }) => (may ? [kind] : []))

  it('is each one’s own: the office anything, a unit what it comes to know, a leader an inspection, others nothing', async () => {
    expect((await opened('office')).toSorted()).toEqual([
      ...['consequence', 'inspection', 'instruction', 'opinion', 'petition'],
    ])
    expect((await opened('unit')).toSorted()).toEqual(['consequence', 'opinion'])
    expect((await opened('leader')).toSorted()).toEqual(['consequence', 'inspection'])
    expect(await opened('discipline')).toEqual([])
    const refused = (await openings('unit')).find(({ kind }) => kind === 'petition')
    expect(refused).toMatchObject({ why: expect.stringContaining('整改办'), clause: 'JN-19' })
  })

  it('lets the office choose units, people and cases by name; whoever may not read the register is shown none of it', async () => {
    const inspection = (await openings('office')).find(({ kind }) => kind === 'inspection')
    const { choices } = inspection?.form ?? { choices: {} }
    expect(choices['subjects.units']).toContainEqual({ value: '市水务局', title: '市水务局' })
    expect(choices['subjects.cases']?.map(({ value }) => value)).toContain('opened/001')
    expect(choices['team.person']).toContainEqual({ value: 'shuiwu', title: '市水务局经办人 市水务局' })
    const ofLeader = (await openings('leader')).find(({ kind }) => kind === 'inspection')
    expect(ofLeader?.form?.choices).toEqual({})
  })
})

describe('a case opened at the door', () => {
  it('gets the next number of its kind; the same key opens one, also ten at once', async () => {
    const key = newKey()
    const answers = await Promise.all(Array.from({ length: 10 }, () => open('office', seen, key)))
    const done = answers.filter(({ status }) => status === 201)
    expect(done.length).toBeGreaterThan(0)
    expect(new Set(done.map(({ body }) => body.caseId))).toEqual(new Set(['opened/yq-0001']))
    const next = await open('office', seen)
    expect(next).toMatchObject({
      status: 201,
      body: { caseId: 'opened/yq-0002', state: { phaseTitle: '待交办' } },
    })
    const listed = await door.ask('GET', '/cases?kind=opinion&round=opened', { as: 'office' })
    expect(listed.body.cases.map(({ id }: { id: string }) => id)).toEqual([
      'opened/yq-0001',
      'opened/yq-0002',
    ])
  })

  it('sent again when its day has passed, is answered as the first time', async () => {
    const drill = { daysPerSecond: 100, start: '2026-06-18' }
    const opened = await (await door.as('office')).post<{ drill: { clock: Clock; password: string } }>(
      '/rounds',
      openBody('hurried', { drill }),
      newKey(),
    )
    const office = await door.as('office@hurried', opened.drill.password)
    await everyCaseIsThere(office, 'hurried')
    const clock: Clock = { ...opened.drill.clock, kind: 'drill' } as Clock
    const today = () => dateOf(roundTime(clock, instant(Date.now())))
    const until = addDays(today(), 200)
    const order = {
      ...{ type: 'order-inspection', form: 'supervision', title: '进展', order: '逐项核查', until },
      ...{
        subjects: { cases: [], units: [], areas: ['东栖区'] },
        team: [{ person: 'zhuanjia', name: '外聘专家' }],
      },
    }
    const key = newKey()
    const first = await office.post('/rounds/hurried/cases', order, key)
    await vi.waitFor(() => expect(today() > until).toBe(true), { timeout: 20_000, interval: 200 })
    await expect(office.post('/rounds/hurried/cases', order)).rejects.toMatchObject({ status: 422 })
    expect(await office.post('/rounds/hurried/cases', order, key)).toEqual(first)
  })

  it('is not known to a unit without a part in it, and is acted on by the one that has', async () => {
    const { body } = await open('office', seen)
    expect((await door.ask('GET', `/cases/${body.caseId}`, { as: 'unit' })).status).toBe(404)
    const assign = { type: 'assign-opinion', units: ['市住房和城乡建设局'], words: '' }
    const command = (as: string, given: unknown) =>
      door.ask('POST', `/cases/${body.caseId}/commands`, { as, body: given, key: newKey() })
    expect((await command('office', assign)).status).toBe(200)
    const acts = await door.ask('GET', `/cases/${body.caseId}/acts`, { as: 'unit' })
    expect(acts.body.acts.filter((act: { open: boolean }) => act.open)).toMatchObject([
      { title: '报送核查情况' },
    ])
    const early = await command('office', { type: 'respond-opinion', response: '已查', channels: ['官微'] })
    expect(early).toMatchObject({ status: 409, body: { clause: 'HY-12' } })
    const evidence = [await evidenceFrom(await door.as('unit'), '照片')]
    const verified = { type: 'verify-opinion', findings: '属实', truth: 'true', measures: '封堵', evidence }
    expect((await command('unit', verified)).status).toBe(200)
  })

  it('is refused with its clause, and no number is lost by it', async () => {
    const late = await open('office', { ...seen, seenAt: '2999-01-01T00:00:00.000Z' })
    expect(late).toMatchObject({ status: 422, body: { clause: 'HY-12' } })
    const { body: first } = await open('office', seen)
    const { body: second } = await open('office', seen)
    expect(Number(second.caseId.slice(-4)) - Number(first.caseId.slice(-4))).toBe(1)
  })
})

describe('an order of one case to another', () => {
  const order = (key: string, what: OrderEffect['order']): OrderEffect => ({
    kind: 'order',
    key: key as EffectKey,
    round: 'opened' as RoundId,
    at: instant(Date.now()),
    by: { machine: 'HY-12', rule: '按规则登记' },
    order: what,
  })

  it('is given once, as the machine’s own act; one that is refused is kept with the refusal', async () => {
    const { db } = door.serving().parts
    const opens = order('opened/x#1/order', { kind: 'opening', opening: { ...seen, text: '系统发现' } })
    await placeOrders(db, [opens])
    await placeOrders(db, [opens])
    const { caseId } = (await open('office', seen)).body
    await placeOrders(db, [
      order('opened/x#2/order', {
        kind: 'command',
        to: caseId,
        command: { type: 'assign-opinion', units: ['市水务局' as UnitName], words: '' },
      }),
      order('opened/x#3/order', {
        kind: 'command',
        to: caseId,
        command: { type: 'end-opinion', conclusion: '……' },
      }),
    ])
    const orders = await vi.waitFor(
      async () => {
        const rows = await db.selectFrom('orders').select(['key', 'state', 'answer']).orderBy('key').execute()
        expect(rows.every(({ state }) => state !== 'waiting')).toBe(true)
        return rows
      },
      { timeout: 30_000, interval: 200 },
    )
    expect(orders).toMatchObject([
      { state: 'done' },
      { state: 'done', answer: caseId },
      { state: 'refused', answer: expect.stringContaining('HY-12') },
    ])
    const found = await door.ask('GET', '/cases?kind=opinion&q=系统发现', { as: 'office' })
    expect(found.body.cases).toHaveLength(1)
    const events = await door.ask('GET', `/cases/${orders[0]?.answer}/events`, { as: 'office' })
    expect(events.body.events[0]).toMatchObject({ author: '系统', type: 'opinion-reported' })
  })
})
