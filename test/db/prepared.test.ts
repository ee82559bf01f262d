import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append } from '../../db/append.js'
import { connect, type Db } from '../../db/connect.js'
import { caseById } from '../../db/queries/cases.js'
import type { CaseId } from '../../domain/words.js'
import { aLedger, aYoungCase, type Ledger } from './given.js'

const CASE = 'prepared/001' as CaseId

let ledger: Ledger
/** One connection: what it has prepared can be asked of it. */
let one: Db
beforeAll(async () => {
  ledger = await aLedger()
  await append(ledger.db, await aYoungCase(CASE))
  one = connect(ledger.url, 1)
})
afterAll(async () => {
  await one.destroy()
  await ledger.close()
})

const preparedHere = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from pg_prepared_statements where statement like '%case_states.state, cases.xmin%'`.execute(
    one,
  )
  return rows[0]?.n ?? 0
}

describe('a statement every command sends', () => {
  it('is parsed once for a connection, however often it is sent', async () => {
    const first = await caseById(one, CASE)
    const second = await caseById(one, CASE)

    expect(first?.row.id).toBe(CASE)
    expect(second).toEqual(first)
    expect(await preparedHere()).toBe(1)
  })

  it('is answered also after a migration has changed what it says, and prepared anew', async () => {
    await caseById(one, CASE)
    await sql`alter table cases add column since_then text not null default 'yes'`.execute(ledger.db)

    const after = await caseById(one, CASE)
    const again = await caseById(one, CASE)

    expect(after?.row).toMatchObject({ id: CASE, sinceThen: 'yes' })
    expect(again).toEqual(after)
    expect(await preparedHere()).toBe(2)
  })

  it('in a transaction that a migration overtook fails with it; the next one comes through', async () => {
    await caseById(one, CASE)
    await sql`alter table cases add column and_then text`.execute(ledger.db)

    await expect(one.transaction().execute((open) => caseById(open, CASE))).rejects.toThrow()

    expect((await caseById(one, CASE))?.row.id).toBe(CASE)
  })
})
