import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { csvFile } from '../../api/cases/csv.js'
import { ledgerPages } from '../../db/queries/ledger-page.js'
import { openedRound } from '../api/given.js'
import { type OpenDoor, openDoor } from '../support/door.js'

/** `BIHUAN_LIMITS=full`: a whole ledger; otherwise more than any connection takes in one go. */
const ROWS = process.env.BIHUAN_LIMITS === 'full' ? 100_000 : 20_000
let door: OpenDoor
beforeAll(async () => {
  door = await openDoor()
  await openedRound(await door.as('office'), 'export')
  // The same case over and over: what is looked at is how they go out.
  const { db } = door.serving().parts
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_name = 'cases' and column_name not in ('id', 'n') and is_generated = 'NEVER'`.execute(db)
  const columns = sql.raw(rows.map(({ name }) => `"${name}"`).join(', '))
  await sql`
    insert into cases (id, n, ${columns})
    select 'export/x' || i, 1000 + i, ${columns} from cases, generate_series(1, ${sql.lit(ROWS)}) as i
    where cases.id = 'export/001'`.execute(db)
})
afterAll(() => door.close())

const asCsv = async (path = '/cases?round=export') => ({
  url: new URL(path, door.serving().url),
  headers: {
    accept: 'text/csv',
    authorization: `Bearer ${await (await door.session('office')).token()}`,
  },
})

describe('the ledger as a file', () => {
  it('has every row, however many there are', async () => {
    const { url, headers } = await asCsv()
    const answer = await fetch(url, { headers })
    expect(answer.headers.get('content-type')).toContain('text/csv')
    const whole = await answer.text()
    expect(whole.split('\r\n')).toHaveLength(1 + ROWS + 3 + 1)
    expect(new Set(whole.match(/^export\/x\d+/gm)).size).toBe(ROWS)
  })

  it('waits for a slow reader with a few pages in hand, and keeps no connection to the database meanwhile', async () => {
    const { url, headers } = await asCsv()
    const { db } = door.serving().parts
    const used = (): number => process.memoryUsage().external + process.memoryUsage().heapUsed
    const busy = async (): Promise<number | undefined> => {
      const { rows } = await sql<{ busy: number }>`
        select count(*)::int as busy from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and state <> 'idle'
          and pid <> pg_backend_pid()`.execute(db)
      return rows[0]?.busy
    }
    const before = used()
    const answer = await new Promise<IncomingMessage>((done, fail) => {
      request(url, { headers }, done).on('error', fail).end()
    })
    let taken = 0
    for (let n = 0; n < 20; n += 1) {
      taken += (answer.read(1_024) as Buffer | null)?.length ?? 0
      await pause(50)
    }
    expect(taken).toBeGreaterThan(1_000)
    await vi.waitFor(async () => expect(await busy()).toBe(0), { timeout: 20_000 })
    expect(used() - before).toBeLessThan(100_000_000)
    answer.destroy()
  })

  it('is cut off when it is not taken in time: half a file is seen to be one', async () => {
    const { db } = door.serving().parts
    const table = csvFile('台账', ledgerPages(db, {}, 1_000), 300).getStream()
    await vi.waitFor(() => expect(table.destroyed).toBe(true), { timeout: 20_000 })
    await expect(text(table)).rejects.toThrow()
  })
})
