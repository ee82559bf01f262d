import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append } from '../../db/append.js'
import { PROJECTIONS } from '../../db/projections/tables.js'
import { caseById, returnsOf, rungsOf, signOffsOf } from '../../db/queries/cases.js'
import { rebuild } from '../../db/rebuild.js'
import { verify } from '../../db/verify.js'
import type { CaseId } from '../../domain/words.js'
import { aLedger, aLongLife, appendInPieces, aYoungCase, doctor, type Ledger } from './given.js'

const LONG = 'city/001' as CaseId

const withCases = async (): Promise<Ledger> => {
  const ledger = await aLedger()
  await appendInPieces(ledger.db, await aLongLife(LONG), 4)
  await append(ledger.db, await aYoungCase('city/002'))
  await append(ledger.db, await aYoungCase('city/003'))
  return ledger
}

describe('verifying the record', () => {
  let ledger: Ledger
  beforeAll(async () => {
    ledger = await withCases()
  })
  afterAll(() => ledger.close())

  it('an untouched record holds, every event of it', async () => {
    const long = await aLongLife(LONG)
    const young = await aYoungCase('city/002')
    expect(await verify(ledger.db)).toEqual({
      cases: 3,
      events: long.length + 2 * young.length,
      broken: [],
    })
  })

  it.each([
    ["an event's words", 'update events set event = \'{"type":"archived"}\' where seq = 7', 7, 'hash'],
    ["an event's type", "update events set type = 'archived' where seq = 9", 9, 'hash'],
    [
      "an event's author",
      'update events set author = \'{"kind":"public","name":"x"}\' where seq = 3',
      3,
      'hash',
    ],
    ["an event's moment", "update events set at = at - interval '1 day' where seq = 4", 4, 'hash'],
    ['a hash made to fit', "update events set hash = repeat('a', 64) where seq = 5", 5, 'hash'],
    ['the hash before', "update events set prev = repeat('a', 64) where seq = 6", 6, 'previous'],
    ['a number', 'update events set seq = 100000 where seq = 8', 8, 'number'],
    ['an event taken out', 'delete from events where seq = 2', 2, 'number'],
    ['the end cut off', 'delete from events where seq > 20', 21, 'missing-end'],
    ['everything taken away', 'delete from events where true', 1, 'missing-end'],
  ])('%s, changed behind its back, is named', async (_what, edit, seq, why) => {
    const doctored = await withCases()
    try {
      await doctor(doctored.db, `${edit} and case_id = '${LONG}'`)
      expect((await verify(doctored.db)).broken).toEqual([{ case: LONG, seq, why }])
      expect((await verify(doctored.db, LONG)).broken).toEqual([{ case: LONG, seq, why }])
      expect((await verify(doctored.db, 'city/002' as CaseId)).broken).toEqual([])
    } finally {
      await doctored.close()
    }
  })

  it('a record of more events than one look at the table holds', async () => {
    const many = await aLedger()
    const lives = await Promise.all(
      Array.from({ length: 24 }, (_, index) => aLongLife(`many/${100 + index}`)),
    )
    for (const records of lives) await append(many.db, records)
    const found = await verify(many.db)
    expect(found).toMatchObject({ cases: 24, broken: [] })
    expect(found.events).toBeGreaterThan(2_000)
    expect(found.events).toBe(lives.reduce((sum, records) => sum + records.length, 0))
    expect((await rebuild(many.db)).differences).toEqual([])
    await many.close()
  })
})

describe('rebuilding the projections', () => {
  it('makes the same of the record as the appends did', async () => {
    const ledger = await withCases()
    const rebuilt = await rebuild(ledger.db)
    expect(rebuilt).toMatchObject({ cases: 3, differences: [] })
    expect(rebuilt.rows).toBeGreaterThan(30)
    await ledger.close()
  })

  it('names the rows that were not what the events say, and puts them right', async () => {
    const ledger = await withCases()
    await sql`update cases set phase = 'archived' where id = 'city/002'`.execute(ledger.db)
    await sql`delete from returns where case_id = ${LONG}`.execute(ledger.db)
    await sql`delete from cases where id = 'city/003'`.execute(ledger.db)
    const { differences } = await rebuild(ledger.db)
    const told = differences.map(({ table, case: id }) => `${table} ${id}`)
    expect(new Set(told)).toEqual(new Set(['cases city/002', 'cases city/003', `returns ${LONG}`]))
    expect(differences.find(({ before }) => before?.includes('archived'))).toBeDefined()
    expect((await caseById(ledger.db, 'city/002' as CaseId))?.row.phase).toBe('rectifying')
    expect((await rebuild(ledger.db)).differences).toEqual([])
    await ledger.close()
  })

  it('brings back everything when all of it is gone, and appends go on from there', async () => {
    const ledger = await withCases()
    const rows = (await rebuild(ledger.db)).rows
    for (const table of PROJECTIONS) await sql`delete from ${sql.table(table)}`.execute(ledger.db)
    const rebuilt = await rebuild(ledger.db)
    expect(rebuilt.rows).toBe(rows)
    const records = await aYoungCase('city/004')
    await append(ledger.db, records)
    expect((await rebuild(ledger.db)).differences).toEqual([])
    await ledger.close()
  })

  it('beside a running system: appends wait their turn and nothing is lost', async () => {
    const ledger = await withCases()
    const lives = await Promise.all(Array.from({ length: 10 }, (_, index) => aYoungCase(`beside/${index}`)))
    const [rebuilt] = await Promise.all([
      rebuild(ledger.db),
      ...lives.map((records) => appendInPieces(ledger.db, records, 1)),
      rebuild(ledger.db),
    ])
    expect(rebuilt.differences).toEqual([])
    const again = await rebuild(ledger.db)
    expect(again).toMatchObject({ cases: 13, differences: [] })
    expect((await verify(ledger.db)).broken).toEqual([])
    await ledger.close()
  })
})

describe('the projections of a long life', () => {
  let ledger: Ledger
  beforeAll(async () => {
    ledger = await withCases()
  })
  afterAll(() => ledger.close())

  it('JN-07 keep that a return was missing, one row a period', async () => {
    const rows = await returnsOf(ledger.db, LONG)
    const missed = rows.filter(({ missedAt }) => missedAt)
    expect(missed.length).toBeGreaterThan(3)
    expect(missed.slice(0, 3).map(({ inARow }) => inARow)).toEqual([1, 2, 3])
    expect(new Set(rows.map(({ period }) => period)).size).toBe(rows.length)
    const submitted = rows.find(({ submittedAt }) => submittedAt)
    expect(submitted).toMatchObject({ progress: 40, byName: '经办小罗' })
    expect(submitted?.content).toMatchObject({ done: '按计划推进' })
  })

  it('YZ-08 keep every sign-off, the lapsed ones with the event that made them lapse', async () => {
    const rows = await signOffsOf(ledger.db, LONG)
    const byRound = (closing: number) => rows.filter((row) => row.closing === closing)
    expect(byRound(1).length).toBeGreaterThan(3)
    expect(new Set(byRound(1).map(({ lapsedSeq }) => lapsedSeq)).size).toBe(1)
    expect(byRound(1)[0]?.lapsedSeq).toBeGreaterThan(0)
    expect(byRound(2).every(({ lapsedSeq }) => lapsedSeq === null)).toBe(true)
    expect(byRound(2).map(({ title }) => title)).toEqual(byRound(3).map(({ title }) => title))
  })

  it('GN-05 keep each rung once a round, from draft to end', async () => {
    const rows = await rungsOf(ledger.db, LONG)
    const keys = rows.map(({ rung, rectification }) => `${rectification} ${rung}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toContain('1 warning')
    expect(rows.find(({ rung }) => rung === 'warning')).toMatchObject({ state: 'raised', decidedBy: '系统' })
    expect(rows.some(({ state }) => state === 'drafted')).toBe(true)
  })
})
