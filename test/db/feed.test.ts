import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append } from '../../db/append.js'
import { type FeedCursor, FROM_THE_START, feedOf } from '../../db/queries/feed.js'
import { newsNow } from '../../db/queries/news.js'
import type { RoundId } from '../../domain/words.js'
import { aLedger, aYoungCase, type Ledger } from './given.js'

let ledger: Ledger
beforeAll(async () => {
  ledger = await aLedger()
})
afterAll(() => ledger.close())

const read = (round: string, after: FeedCursor, limit = 500) =>
  feedOf(ledger.db, round as RoundId, after, limit, [])
const transactionOf = (cursor: FeedCursor): bigint => BigInt(cursor.split('.')[0] ?? '0')

describe('the feed of a round', () => {
  it('begins with the first event of the round, also when others were long before it', async () => {
    const other = await aYoungCase('other/001')
    const mine = await aYoungCase('mine/001')
    await append(ledger.db, other)
    await append(ledger.db, mine)
    const { records } = await read('mine', FROM_THE_START)
    expect(records.map(({ hash }) => hash)).toEqual(mine.map(({ hash }) => hash))
  })

  it('takes a reader who has seen all past what happens elsewhere, and misses nothing of their own', async () => {
    const { next } = await read('mine', FROM_THE_START)
    await append(ledger.db, await aYoungCase('other/002'))
    const quiet = await read('mine', next)
    expect(quiet.records).toEqual([])
    expect(transactionOf(quiet.next)).toBeGreaterThan(transactionOf(next))

    const later = await aYoungCase('mine/002')
    await append(ledger.db, later.slice(0, 2))
    await append(ledger.db, later)
    const found = await read('mine', quiet.next)
    expect(found.records.map(({ hash }) => hash)).toEqual(later.map(({ hash }) => hash))
  })

  it('gives no place by a transaction that wrote nothing: a server that dies gives its number again', async () => {
    await ledger.db
      .transaction()
      .execute(async (idle) => {
        await sql`select pg_current_xact_id()`.execute(idle)
        throw new Error('nothing was written')
      })
      .catch(() => undefined)
    const { next } = await read('mine', FROM_THE_START)
    const { rows } = await sql<{ place: string }>`
      select transaction || '.' || position as place from events order by transaction desc, position desc limit 1`.execute(
      ledger.db,
    )
    expect(next).toBe(rows[0]?.place)
    expect(await newsNow(ledger.db)).toBe(next.replace('.', '.0.'))
  })

  it('goes on within a page that was full, event by event', async () => {
    const all = (await read('mine', FROM_THE_START)).records
    let cursor: FeedCursor = FROM_THE_START
    const one: string[] = []
    for (let page = 0; page < all.length; page += 1) {
      const { records, next } = await read('mine', cursor, 1)
      one.push(...records.map(({ hash }) => hash))
      cursor = next
    }
    expect(one).toEqual(all.map(({ hash }) => hash))
    expect((await read('mine', cursor, 1)).records).toEqual([])
  })

  it('of a round without any event is empty', async () => {
    expect((await read('nobody', FROM_THE_START)).records).toEqual([])
  })
})
