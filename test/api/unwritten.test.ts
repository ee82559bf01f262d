import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rebuild } from '../../db/rebuild.js'
import { newKey, type OpenDoor, openDoor } from '../support/door.js'
import { fillTheDisk, makeRoom } from '../support/full-disk.js'
import { openedRound } from './given.js'

let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'unwritten')
})
afterAll(() => door.close())

const db = () => door.serving().parts.db
const unwritten = async () => (await door.ask('GET', '/unwritten-papers', { as: 'office' })).body.papers
const handOver = (n: string) =>
  door.ask('POST', `/cases/unwritten/${n}/commands`, {
    as: 'office',
    body: { type: 'hand-over' },
    key: newKey(),
  })

describe('papers that are not written', () => {
  it('are seen by the office with their case, since when, why and what to do; nobody else is shown them', async () => {
    expect(await unwritten()).toEqual([])
    await fillTheDisk(db())
    await handOver('001')
    await vi.waitFor(async () => expect(await unwritten()).toMatchObject([{ state: 'failing' }]), {
      timeout: 30_000,
    })
    expect(await unwritten()).toMatchObject([
      {
        caseId: 'unwritten/001',
        href: '/cases/unwritten/001',
        title: '交办单',
        stateTitle: '未能制发',
        why: '磁盘已满',
        instead: expect.stringContaining('不必重办'),
      },
    ])
    const table = { as: 'office', headers: { accept: 'text/csv' } }
    expect((await door.ask('GET', '/unwritten-papers', table)).body).toContain('unwritten/001,交办单,')
    expect((await door.ask('GET', '/unwritten-papers', { as: 'unit' })).status).toBe(403)
    expect((await rebuild(db())).differences).toEqual([])
  })

  it('of a case one may not read are not shown', async () => {
    await sql`update cases set readers = '{}' where id = 'unwritten/001'`.execute(db())
    expect(await unwritten()).toEqual([])
    await sql`update cases set readers = null where id = 'unwritten/001'`.execute(db())
    expect(await unwritten()).toHaveLength(1)
  })

  it('are written by themselves when there is room again, and gone from the list', async () => {
    await makeRoom(db())
    await vi.waitFor(async () => expect(await unwritten()).toEqual([]), { timeout: 60_000, interval: 500 })
    const { papers } = (await door.ask('GET', '/cases/unwritten/001/papers', { as: 'office' })).body
    expect(papers).toMatchObject([{ title: '交办单' }])
    expect(await db().selectFrom('paperFailures').selectAll().execute()).toEqual([])
    await vi.waitFor(
      async () => expect(await db().selectFrom('papersAwaited').selectAll().execute()).toEqual([]),
      { timeout: 20_000 },
    )
    expect((await rebuild(db())).differences).toEqual([])
  })
})
