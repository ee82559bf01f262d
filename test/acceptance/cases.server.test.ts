import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { append } from '../../db/append.js'
import { connect, type Db } from '../../db/connect.js'
import { saveRules } from '../../db/rules.js'
import { loadCalendar } from '../../policies/calendars/load.js'
import { loadPolicy } from '../../policies/load.js'
import { openedRound } from '../api/given.js'
import { recordsOf } from '../db/given.js'
import { type OpenDoor, openDoor } from '../support/door.js'
import { aCase, type Story } from '../support/story.js'

/** Clauses about cases, offices and people that are kept at the door: real API, real PostgreSQL, real workflows. */
let door: OpenDoor
let db: Db
beforeAll(async () => {
  door = await openDoor()
  db = connect(door.database.url, 2)
})
afterAll(async () => {
  await db.destroy()
  await door.close()
})

const clause = (clauses: string, keeps: string, told: () => Promise<void>) =>
  it(`${clauses} ${keeps}`, told, 90_000)

const get = async (as: string, path: string) => (await door.ask('GET', path, { as })).body
const idsAt = async (as: string, path: string): Promise<readonly string[]> =>
  (await get(as, path)).cases.map(({ id }: { id: string }) => id).toSorted()

/** A life told in the pure domain, brought to the ledger as commands would bring it. */
const ledgered = async (story: Story): Promise<void> => {
  await saveRules(db, loadPolicy(story.rules.policy.id), loadCalendar())
  await append(db, await recordsOf(story))
}

clause(
  'CD-18',
  'received is open and closed and merged, by unit and class, each number opens to its cases; what is lost is shown as an error',
  async () => {
    await openedRound(await door.as('office'), 'counted')
    const books = () => get('office', '/reconciliation?round=counted')
    const before = await books()
    expect(before).toMatchObject({
      balanced: true,
      mismatches: [],
      total: { received: { count: 3 }, open: { count: 3 }, closed: { count: 0 }, merged: { count: 0 } },
    })
    for (const lines of [before.byUnit, before.byClass]) {
      for (const part of ['received', 'open', 'closed', 'merged'] as const) {
        const opened = await Promise.all(
          lines.map((line: Record<string, { href: string }>) => idsAt('office', line[part]?.href ?? '')),
        )
        expect(opened.map((ids) => ids.length)).toEqual(
          lines.map((line: Record<string, { count: number }>) => line[part]?.count),
        )
        expect(opened.flat().length).toBe(before.total[part].count)
      }
    }

    // A line of the ledger is lost: the record still knows of it, and the books say so.
    const { rows } = await sql`delete from cases where id = 'counted/002' returning *`.execute(
      db.withoutPlugins(),
    )
    const broken = await books()
    expect(broken.balanced).toBe(false)
    expect(broken.mismatches).toMatchObject([
      { why: 'received-not-listed', cases: [{ id: 'counted/002', href: '/cases/counted/002' }] },
    ])
    await sql`insert into cases select * from jsonb_populate_record(null::cases, ${JSON.stringify(rows[0])}::jsonb)`.execute(
      db.withoutPlugins(),
    )
    expect({ ...(await books()), at: before.at }).toEqual(before)
  },
)

clause('HH-01', 'ledger, responsible persons and closures are listed apart and reconciled', async () => {
  await openedRound(await door.as('office'), 'listed')
  const lists = await get('office', '/rounds/listed/lists')
  const ids = ['listed/001', 'listed/002', 'listed/003']
  const cases = (list: readonly { case: string }[]) => list.map((one) => one.case)
  expect(cases(lists.ledger)).toEqual(ids)
  expect(cases(lists.responsibility)).toEqual(ids)
  expect(lists.responsibility[0]).toMatchObject({
    units: ['市住房和城乡建设局'],
    persons: ['市住房和城乡建设局主要负责人'],
    leaders: { municipal: { name: '沈知远' } },
  })
  expect(lists).toMatchObject({ closures: [], balanced: true, discrepancies: [] })

  const closed = await aCase('yongzhou', { id: 'listed/901', entry: { n: 901 } })
  await closed.closed()
  await ledgered(closed)
  const after = await get('office', '/rounds/listed/lists')
  expect(after).toMatchObject({ balanced: true, closures: [{ case: 'listed/901', closing: 1 }] })
  expect(after.closures[0].signedBy).toHaveLength(6)
  expect(after.closures[0].signedBy[0]).toBe('自查:经办小罗')

  // Somebody writes “closed” into the ledger past the record: the lists no longer agree.
  await sql`update case_states set state = replace(state::text, '"phase":"registered"', '"phase":"closed"')::json
      where case_id = 'listed/002'`.execute(db)
  expect(await get('office', '/rounds/listed/lists')).toMatchObject({
    balanced: false,
    discrepancies: [{ case: 'listed/002', why: 'closed-without-closure' }],
  })
})
