import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { clockBeside } from '../../api/health/health.controller.js'
import { mustFit } from '../../api/rounds/plan-limits.js'
import { eventsOf } from '../../db/queries/cases.js'
import { verify } from '../../db/verify.js'
import type { Entry } from '../../domain/entry.js'
import type { CaseId, Instant } from '../../domain/words.js'
import { everyCaseIsThere } from '../api/given.js'
import { openBody } from '../api/plans.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import '../support/provided.js'

const ROUND = 'limits'
let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
})
afterAll(() => door.close())

const give = (as: string, n: string, body: unknown, key = newKey()) =>
  door.ask('POST', `/cases/${ROUND}/${n}/commands`, { as, body, key })

const planOf = (entries: number, measures = '封堵混接排口。'): string =>
  [
    '栖澜市贯彻落实省生态环境保护督察反馈意见整改方案\n发布日期:2026-06-18\n\n二、整改任务',
    ...Array.from(
      { length: entries },
      (_, index) =>
        `${index + 1}.第${index + 1}号排口雨天有污水溢流进入栖水河。\n责任单位:市住房和城乡建设局\n责任人:市住房和城乡建设局主要负责人\n` +
        `牵头验收单位:市水务局\n配合验收单位:市生态环境局\n包案领导:沈知远\n整改目标:不再溢流。\n整改措施:${measures}\n整改时限:2099年9月底`,
    ),
  ].join('\n\n')

describe('a plan', () => {
  it('of many entries opens where everybody can see how far it is, and goes on after the door died', async () => {
    const many = 120
    const office = await door.as('office')
    await office.post('/rounds', openBody(ROUND, { plan: { text: planOf(many) } }))
    type Progress = { readonly opening: boolean; readonly entries: number; readonly registered: number }
    const progress = () => office.get<Progress>(`/rounds/${ROUND}`)
    await vi.waitFor(async () => expect((await progress()).registered).toBeGreaterThan(3), 30_000)
    await door.reopen()
    expect((await progress()).registered).toBeLessThan(many)
    await everyCaseIsThere(office, ROUND)
    expect(await progress()).toMatchObject({ opening: false, entries: many, registered: many })
  }, 120_000)

  it('of ten megabytes is read; one whose entry is too long for a case is refused by that entry, and nothing is kept', async () => {
    const long = planOf(1, '改造混接管网,封堵混接排口。'.repeat(240_000))
    expect(Buffer.byteLength(long)).toBeGreaterThan(9_000_000)
    const ask = (id: string, text: string) =>
      door.ask('POST', '/rounds', { as: 'office', key: newKey(), body: openBody(id, { plan: { text } }) })
    expect(await ask('too-long', long)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('太长'), errors: [{ path: 'plan.1' }] },
    })
    expect((await door.ask('GET', '/rounds/too-long', { as: 'office' })).status).toBe(404)
    expect(await ask('too-large', '污'.repeat(5_000_000))).toMatchObject({
      status: 413,
      body: { detail: '内容过大,请分次报送或压缩附件' },
    })
  })

  it('of more entries than a round takes is refused', () => {
    const entries = Array.from({ length: 10_001 }, (_, n) => ({ n, text: '', units: [] }) as unknown as Entry)
    expect(() => mustFit(entries)).toThrow('最多 10000 项')
  })
})

describe('a case', () => {
  it('takes no name of 10,000 characters anywhere', async () => {
    const name = '甲'.repeat(10_000)
    const answers = await Promise.all([
      door.ask('POST', '/register/units', { as: 'office', key: newKey(), body: { name } }),
      door.ask('POST', '/register/officers', { as: 'office', key: newKey(), body: { person: 'long', name } }),
      give('office', '001', { type: 'transfer', from: name, to: '市水务局', reason: '改办' }),
      door.ask('GET', `/cases?q=${name.slice(0, 200)}`, { as: 'office' }),
    ])
    for (const { status, body } of answers) {
      expect([400, 422]).toContain(status)
      expect(body.detail).toMatch(/\p{Script=Han}/u)
    }
  })

  it('keeps 200 files, a hundred at a time at most', async () => {
    await give('office', '001', { type: 'hand-over' })
    const { db } = door.serving().parts
    const files = Array.from({ length: 200 }, (_, n) => Buffer.from(`现场照片 ${n}`))
    const evidence = files.map((content, n) => ({
      sha256: createHash('sha256').update(content).digest('hex'),
      name: `现场照片${n}.txt`,
      mediaType: 'text/plain',
      bytes: content.length,
    }))
    await db
      .insertInto('evidence')
      .values(evidence.map((item, n) => ({ ...item, content: files[n], person: 'unit' })) as never)
      .execute()
    const all = await give('unit', '001', { type: 'add-evidence', evidence })
    expect(all).toMatchObject({ status: 422, body: { errors: [{ path: 'evidence' }] } })
    for (const from of [0, 100]) {
      const answer = await give('unit', '001', {
        type: 'add-evidence',
        evidence: evidence.slice(from, from + 100),
      })
      expect(answer.status).toBe(200)
    }
    const { body } = await door.ask('GET', `/cases/${ROUND}/001`, { as: 'office' })
    expect(body.state.evidence).toHaveLength(200)
  })

  it('hammered by 50 at once answers every one, each once', async () => {
    await give('office', '002', { type: 'hand-over' })
    const each = 3
    const persist = async (n: number): Promise<void> => {
      const key = newKey()
      const body = { type: 'chase', whom: 'responsible-unit', words: `第 ${n} 次催办` }
      await vi.waitFor(async () => expect((await give('office', '002', body, key)).status).toBe(200), {
        timeout: 60_000,
        interval: 300,
      })
    }
    await Promise.all(
      Array.from({ length: 50 }, async (_, caller) => {
        for (let n = 0; n < each; n += 1) await persist(caller * each + n)
      }),
    )
    const { db } = door.serving().parts
    const events = await eventsOf(db, `${ROUND}/002` as CaseId, { limit: 1_000 })
    expect(events.filter(({ event }) => event.type === 'chased')).toHaveLength(50 * each)
    expect((await verify(db, `${ROUND}/002` as CaseId)).broken).toEqual([])
  }, 120_000)
})

describe('a database that has no connection left', () => {
  it('is said with 503, and the same key succeeds when there is one again', async () => {
    const taken: pg.Client[] = []
    const key = newKey()
    const chase = { type: 'chase', whom: 'responsible-unit', words: '连接用尽时' }
    await door.session('office')
    try {
      const full = async (): Promise<void> => {
        for (;;) {
          const client = new pg.Client({ connectionString: inject('databaseUrl') })
          client.on('error', () => undefined)
          await client.connect()
          taken.push(client)
        }
      }
      const doors = async (): Promise<number> => {
        const { rows } = await (taken[0] as pg.Client).query<{ gone: boolean }>(
          'select pg_terminate_backend(pid) as gone from pg_stat_activity where datname = $1',
          [new URL(door.database.url).pathname.slice(1)],
        )
        return rows.length
      }
      await expect(full()).rejects.toMatchObject({ code: '53300' })
      // The door's own are ended and taken, until it has none.
      for (let left = await doors(); left > 0; left = await doors())
        await expect(full()).rejects.toMatchObject({ code: '53300' })
      const answer = await give('office', '002', chase, key)
      expect(answer).toMatchObject({
        status: 503,
        body: { detail: expect.stringContaining('数据库暂时不可用') },
      })
    } finally {
      await Promise.all(taken.map((client) => client.end().catch(() => undefined)))
    }
    await vi.waitFor(async () => expect((await give('office', '002', chase, key)).status).toBe(200), {
      timeout: 30_000,
      interval: 300,
    })
  })
})

describe('a clock that is wrong', () => {
  const at = (time: string) => `2026-11-26T${time}:00.000Z` as Instant

  it('is said by the machine itself, so that it is given no work', async () => {
    expect(clockBeside(at('09:03'), at('09:00'))).toEqual({ state: 'ok' })
    expect(clockBeside(at('10:00'), at('09:00'))).toMatchObject({
      state: 'failed',
      why: '本机时钟比数据库快 60 分钟,请校准后再办理',
    })
    expect(clockBeside(at('08:00'), at('09:00'))).toMatchObject({ state: 'failed' })
    const ready = await vi.waitFor(async () => {
      const answer = await door.ask('GET', '/health/ready')
      expect(answer.status).toBe(200)
      return answer
    })
    expect(ready.body.clock).toEqual({ state: 'ok' })
  })
})
