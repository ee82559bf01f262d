import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { eventsOf } from '../../db/queries/cases.js'
import { firstBrokenLink } from '../../domain/record/chain.js'
import type { CaseId } from '../../domain/words.js'
import { type Answer, newKey, type OpenDoor, openDoor } from '../support/door.js'
import { tokenMade } from '../support/tokens.js'
import { evidenceFrom, openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'orders')
})
afterAll(() => door.close())

const give = (as: string, n: string, body: unknown, key = newKey()): Promise<Answer> =>
  door.ask('POST', `/cases/orders/${n}/commands`, { as, body, key })

/** Asks again with the same key until it is done: a busy machine may outlast a caller's patience. */
const persist = (as: string, body: unknown, key = newKey()): Promise<Answer> =>
  vi.waitFor(
    async () => {
      const answer = await give(as, '001', body, key)
      expect(answer.status).toBe(200)
      return answer
    },
    { timeout: 60_000, interval: 500 },
  )

const typesIn = async (n: string): Promise<readonly string[]> => {
  const events = await eventsOf(door.serving().parts.db, `orders/${n}` as CaseId)
  expect(firstBrokenLink(events)).toBeUndefined()
  return events.map(({ event }) => event.type)
}

const countOf = async (n: string, type: string): Promise<number> =>
  (await typesIn(n)).filter((one) => one === type).length

describe('the same command', () => {
  it('sent twice under one key happens once and answers the same', async () => {
    const key = newKey()
    const first = await give('office', '001', { type: 'hand-over' }, key)
    const second = await give('office', '001', { type: 'hand-over' }, key)
    expect(first.status).toBe(200)
    expect(first.body.events.map(({ type }: { type: string }) => type)).toEqual(['handed-over'])
    expect(second).toMatchObject({ status: 200, body: first.body })
    expect(await countOf('001', 'handed-over')).toBe(1)
  })

  it('sent ten times at once happens once, and every caller hears of it', async () => {
    const key = newKey()
    const chase = { type: 'chase', whom: 'responsible-unit', words: '请尽快签收' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => give('office', '001', chase, key)))
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await countOf('001', 'chased')).toBe(1)
  })

  it('under the same key answers the same after the door was closed and opened again', async () => {
    const key = newKey()
    const first = await give('unit', '001', { type: 'acknowledge' }, key)
    expect(first.status).toBe(200)
    await door.reopen()
    expect(await give('unit', '001', { type: 'acknowledge' }, key)).toMatchObject({
      status: 200,
      body: first.body,
    })
  })

  it('with other words under a used key is refused', async () => {
    const key = newKey()
    const chase = (words: string) => ({ type: 'chase', whom: 'responsible-unit', words })
    await give('office', '001', chase('第一次'), key)
    const { status, body } = await give('office', '001', chase('第二次'), key)
    expect([status, body.errors[0].path]).toEqual([422, 'Idempotency-Key'])
    expect(await countOf('001', 'chased')).toBe(2)
  })

  it('of two people under one key are two commands', async () => {
    const key = newKey()
    const words = { type: 'chase', whom: 'responsible-unit', words: '两位领导都催' }
    const before = await countOf('001', 'chased')
    const answers = await Promise.all([
      give('deputy1', '001', words, key),
      give('deputy2', '001', words, key),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await countOf('001', 'chased')) - before).toBe(2)
  })
})

describe('two commands at once', () => {
  it('where only one can happen, one does and the other hears why not', async () => {
    const plan = { type: 'submit-case-plan', plan: '分三步实施', team: ['专班'], evidence: [] }
    const answers = await Promise.all([give('unit', '001', plan), give('unith', '001', plan)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await countOf('001', 'case-plan-submitted')).toBe(1)
  })

  it('forty side by side keep one unbroken chain', async () => {
    const before = await countOf('001', 'chased')
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        persist('office', { type: 'chase', whom: 'responsible-unit', words: `第 ${index} 次` }),
      ),
    )
    expect(answers).toHaveLength(40)
    expect((await countOf('001', 'chased')) - before).toBe(40)
  })
})

describe('a refused command', () => {
  it('leaves no event, names its clause, and says what may be done instead', async () => {
    const before = await typesIn('002')
    const { status, headers, body } = await give('office', '002', { type: 'hand-over' })
    expect(status).toBe(422)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(body).toEqual({
      type: 'urn:bihuan:refusal:invalid',
      title: '内容不符合要求',
      status: 422,
      detail: '缺牵头验收单位,不能交办',
      clause: 'CD-01',
      instead: [{ act: 'amend-entry', title: '补充台账', href: '/cases/orders/002/commands' }],
    })
    expect(await typesIn('002')).toEqual(before)
    const { db } = door.serving().parts
    const intents = await db
      .selectFrom('intents')
      .where('caseId', '=', 'orders/002' as CaseId)
      .selectAll()
      .execute()
    expect(intents).toEqual([])
  })

  it('by somebody whose turn it is not is 403, out of turn is 409', async () => {
    expect((await give('office', '001', { type: 'acknowledge' })).status).toBe(403)
    expect((await give('unit', '001', { type: 'acknowledge' })).status).toBe(409)
  })

  it('GN-08 书记 of an area sits where the case names that area; a case that names none is the city’s', async () => {
    const office = await door.as('office')
    const [person, area] = ['xianshuji', '汀洲县']
    await office.post('/register/units', { name: area })
    await office.post('/register/areas', { name: area })
    await office.post('/register/officers', { person, name: '汀洲县委书记' })
    await office.post(`/register/officers/${person}/posts`, { post: { role: 'secretary', unit: area } })
    const visit = { place: '老城片区', at: '2026-06-20T01:00:00.000Z', photos: [], observers: [] }
    const visits = { type: 'record-visit', visit, opinion: '抓紧' }
    const token = await tokenMade(door, { subject: person })
    const theirs = (n: string) =>
      door.ask('POST', `/cases/orders/${n}/commands`, { token, body: visits, key: newKey() })
    const refused = await theirs('001')
    expect(refused).toMatchObject({ status: 403, body: { clause: 'GN-08' } })
    expect(refused.body.detail).toContain('请整改办先补正县区')
    expect((await give('secretary', '001', visits)).status).toBe(200)
    expect((await theirs('002')).status).toBe(403)
    const amend = { type: 'amend-entry', patch: { area }, reason: '补正县区' }
    expect((await give('office', '002', amend)).status).toBe(200)
    // Theirs to do, once it is handed over.
    expect(await theirs('002')).toMatchObject({ status: 409, body: { clause: 'CD-12' } })
  })

  it('on a case nobody ever registered, or one a unit has no part in, is the same 404', async () => {
    const unknown = await give('office', '999', { type: 'hand-over' })
    const foreign = await give('shichang', '001', { type: 'acknowledge' })
    expect(unknown).toMatchObject({ status: 404, body: foreign.body })
  })

  it('that points at material nobody uploaded is told so', async () => {
    const item = { sha256: 'a'.repeat(64), name: '监测报告', mediaType: 'application/pdf', bytes: 10 }
    const { status, body } = await give('unit', '001', { type: 'add-evidence', evidence: [item] })
    expect([status, body.errors[0].path]).toEqual([422, item.sha256])
  })
})

describe('material', () => {
  it('uploaded once is kept once and comes back as it was', async () => {
    const unit = await door.as('unit')
    const item = await evidenceFrom(unit, '现场照片')
    const added = await give('unit', '001', { type: 'add-evidence', evidence: [item] })
    expect(added.status).toBe(200)
    const { status, headers } = await door.ask('GET', `/evidence/${item.sha256}`, { as: 'office' })
    expect([status, headers.get('content-type')]).toEqual([200, 'application/octet-stream'])
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('现场照片'))
  })
})

type Acts = {
  readonly acts: readonly { act: string; open: boolean; standing: string; due: string | null; why?: string }[]
}

describe('what is owed and what may be done', () => {
  it('the clerk sees the return among the to-dos, the office sees why it cannot acknowledge', async () => {
    const unit = await door.as('unit')
    const { todos } = await unit.get<{ todos: { caseId: string; act: string }[] }>('/me/todos')
    expect(todos.filter(({ caseId }) => caseId === 'orders/001').map(({ act }) => act)).toContain(
      'submit-return',
    )
    const { acts } = await (await door.as('office')).get<Acts>('/cases/orders/001/acts')
    expect(acts.find(({ act }) => act === 'chase')).toMatchObject({ open: true, standing: 'open', due: null })
    expect(acts.find(({ act }) => act === 'acknowledge')).toMatchObject({
      open: false,
      standing: 'not-mine',
      why: '“签收”由责任单位办理,您不在其列',
    })
  })

  it('what is expected of one comes first, with its day; what waits and what is others’ comes last, each saying why', async () => {
    const { acts } = await (await door.as('unit')).get<Acts>('/cases/orders/001/acts')
    expect(acts[0]).toMatchObject({
      ...{ act: 'submit-return', standing: 'owed' },
      due: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    })
    const order = ['owed', 'open', 'not-now', 'not-mine']
    const places = acts.map(({ standing }) => order.indexOf(standing))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(new Set(places).size).toBe(order.length)
    for (const { open, why = '' } of acts) expect(why === '').toBe(open)
  })
})

describe('when a part is away', () => {
  it('without a worker the caller is told to ask again, and the command is not lost', async () => {
    await door.killWorker()
    const key = newKey()
    const chase = { type: 'chase', whom: 'responsible-unit', words: '无人在班时' }
    const first = await give('office', '001', chase, key)
    expect(first).toMatchObject({ status: 202, body: { status: 'pending' } })
    const location = first.headers.get('location') ?? ''
    expect(location).toBe(`/cases/orders/001/commands/${key}`)
    await door.startWorker()
    const again = await persist('office', chase, key)
    const asked = await door.ask('GET', location, { as: 'office' })
    expect(asked).toMatchObject({ status: 200, body: again.body })
    const events = await eventsOf(door.serving().parts.db, 'orders/001' as CaseId)
    expect(events.filter(({ command }) => command === `office/${key}`)).toHaveLength(1)
  })

  it('without Temporal: 503, and with it back the same key succeeds', async () => {
    await door.temporal.kill()
    const key = newKey()
    const chase = { type: 'chase', whom: 'responsible-unit', words: '流程引擎停机时' }
    const away = await give('office', '001', chase, key)
    expect([away.status, away.body.type]).toEqual([503, 'urn:bihuan:refusal:unavailable'])
    expect(away.headers.get('retry-after')).toBe('5')
    const ready = await door.ask('GET', '/health/ready')
    expect(ready).toMatchObject({
      status: 503,
      body: { temporal: { state: 'failed' }, database: { state: 'ok' } },
    })
    await door.temporal.restart()
    await persist('office', chase, key)
    const events = await eventsOf(door.serving().parts.db, 'orders/001' as CaseId)
    expect(events.filter(({ command }) => command === `office/${key}`)).toHaveLength(1)
  })
})
