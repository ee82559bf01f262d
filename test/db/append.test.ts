import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPassing } from '../../db/again.js'
import { append } from '../../db/append.js'
import { BrokenChain, ForkedChain, GapInChain } from '../../db/chain-errors.js'
import { connect } from '../../db/connect.js'
import { intend } from '../../db/intents.js'
import { listen } from '../../db/listen.js'
import { caseById, eventsOf, eventsOfCommand, headOf } from '../../db/queries/cases.js'
import { rebuild } from '../../db/rebuild.js'
import { UnknownRules } from '../../db/rules.js'
import { verify } from '../../db/verify.js'
import { evolve } from '../../domain/decider.js'
import type { LedgerRecord, LedgerState } from '../../domain/decider-types.js'
import { canonical, headOf as lastOf, record } from '../../domain/record/chain.js'
import type { CaseId, CommandId } from '../../domain/words.js'
import { entryFor } from '../support/entries.js'
import { aCase } from '../support/story.js'
import { aLedger, aLongLife, appendInPieces, aYoungCase, hashesIn, type Ledger, recordsOf } from './given.js'

let ledger: Ledger
beforeAll(async () => {
  ledger = await aLedger()
})
afterAll(() => ledger.close())

const hashes = (records: readonly LedgerRecord[]) => records.map(({ hash }) => hash)
const folded = (records: readonly LedgerRecord[]) =>
  records.reduce<LedgerState | undefined>(evolve, undefined)

describe('an append', () => {
  it('keeps the events as they were hashed, and the state they fold to', async () => {
    const records = await aLongLife('append/001')
    await appendInPieces(ledger.db, records, 3)

    expect(await eventsOf(ledger.db, 'append/001' as CaseId, { limit: 1000 })).toEqual(
      JSON.parse(JSON.stringify(records)),
    )
    const found = await caseById(ledger.db, 'append/001' as CaseId)
    expect(canonical(found?.state)).toBe(canonical(folded(records)))
    expect(found?.row).toMatchObject({ phase: 'on-notice', headSeq: records.length, rectificationRound: 2 })
  })

  it('the same events twice are there once, and the answer is the same', async () => {
    const records = await aYoungCase('append/002')
    const first = await append(ledger.db, records)
    expect(await append(ledger.db, records)).toEqual(first)
    expect(await append(ledger.db, records.slice(0, 2))).toEqual(first)
    expect(await hashesIn(ledger.db, 'append/002')).toEqual(hashes(records))
  })

  it('takes what overlaps with what it has, and adds the rest', async () => {
    const records = await aYoungCase('append/003')
    await append(ledger.db, records.slice(0, 4))
    expect(await append(ledger.db, records.slice(1))).toEqual({ ledger: records.length })
    expect(await hashesIn(ledger.db, 'append/003')).toEqual(hashes(records))
  })

  it('refuses what comes out of order, and says from which number on it needs events', async () => {
    const records = await aYoungCase('append/004')
    await append(ledger.db, records.slice(0, 2))
    const gap = await append(ledger.db, records.slice(3)).catch((error: unknown) => error)
    expect(gap).toBeInstanceOf(GapInChain)
    expect(gap).toMatchObject({ ledger: 2, given: 4 })
    await expect(append(ledger.db, (await aYoungCase('append/005')).slice(1))).rejects.toMatchObject({
      ledger: 0,
      given: 2,
    })
    expect(await headOf(ledger.db, 'append/005' as CaseId)).toBeUndefined()
  })

  it('refuses another event under a number it has, and another past under a new number', async () => {
    const records = await aYoungCase('append/006')
    await append(ledger.db, records)
    const story = await aCase('yongzhou', { id: 'append/006', entry: { text: '同号不同事' } })
    await story.rectifying()
    const other = await recordsOf(story)
    await expect(append(ledger.db, other)).rejects.toBeInstanceOf(ForkedChain)

    const [last] = records.slice(-1)
    const [strayHead] = other.slice(-1)
    if (!last || !strayHead) throw new Error('no events')
    const stray = record({ seq: last.seq, hash: strayHead.hash }, last.case, [last])
    await expect(append(ledger.db, stray)).rejects.toBeInstanceOf(ForkedChain)
    expect(await hashesIn(ledger.db, 'append/006')).toEqual(hashes(records))
  })

  it('refuses an event that was changed after it was hashed', async () => {
    const records = await aYoungCase('append/007')
    const changed = records.map((one) =>
      one.seq === 3 ? { ...one, event: { ...one.event, unit: '他县政府' } } : one,
    ) as readonly LedgerRecord[]
    await expect(append(ledger.db, changed)).rejects.toBeInstanceOf(BrokenChain)
    expect(await hashesIn(ledger.db, 'append/007')).toEqual([])
  })

  it('refuses a case whose rules it does not have: its to-dos could not be told', async () => {
    const [first] = await aYoungCase('append/008')
    if (first?.event.type !== 'registered') throw new Error('no registration')
    const other = record({ seq: 0, hash: first.prev }, first.case, [
      { ...first, event: { ...first.event, policy: 'f'.repeat(64) as typeof first.event.policy } },
    ])
    await expect(append(ledger.db, other)).rejects.toBeInstanceOf(UnknownRules)
    expect(await hashesIn(ledger.db, 'append/008')).toEqual([])
  })

  it('keeps every character somebody typed, also those that PostgreSQL text cannot hold', async () => {
    const text = '含\u0000空字、半个\ud842代理、𬭎㙟、"引号"\\反斜、<br>'
    const story = await aCase('yongzhou', { id: 'append/009', entry: { text } })
    await story.rectifying()
    const records = await recordsOf(story)
    await append(ledger.db, records)
    expect(await verify(ledger.db, 'append/009' as CaseId)).toMatchObject({ broken: [] })
    const found = await caseById(ledger.db, 'append/009' as CaseId)
    expect(found?.state.kind === 'problem' && found.state.state.entry.text).toBe(text)
    expect(found?.row.text).toBe('含\ufffd空字、半个\ufffd代理、𬭎㙟、"引号"\\反斜、<br>')
  })

  it('crosses off the intents its commands answer, and no others', async () => {
    const story = await aCase('yongzhou', { id: 'append/010' })
    const id = 'append/010' as CaseId
    for (const command of ['c1', 'c2', 'lost']) await intend(ledger.db, id, command as CommandId)
    await story.handedOver()
    await append(ledger.db, await recordsOf(story))
    const left = await ledger.db.selectFrom('intents').select('commandId').where('caseId', '=', id).execute()
    expect(left).toEqual([{ commandId: 'lost' }])
    expect((await eventsOfCommand(ledger.db, 'c2' as CommandId)).map(({ event }) => event.type)).toContain(
      'handed-over',
    )
  })

  it('of nothing writes nothing; of two cases at once is a mistake of the caller', async () => {
    expect(await append(ledger.db, [])).toEqual({ ledger: 0 })
    const [a] = await aYoungCase('append/011')
    const [b] = await aYoungCase('append/012')
    if (!a || !b) throw new Error('no events')
    await expect(append(ledger.db, [a, b])).rejects.toBeInstanceOf(TypeError)
  })
})

describe('many appenders at once', () => {
  it('bring the same case: every event is there once, the chain holds', async () => {
    const records = await aLongLife('crowd/001')
    const other = connect(ledger.url, 8)
    const attempts = Array.from({ length: 24 }, (_, index) => {
      const end = 1 + ((index * 7) % records.length)
      return append(index % 2 ? ledger.db : other, records.slice(0, end))
    })
    const answers = await Promise.all([...attempts, append(other, records)])
    await other.destroy()
    expect(Math.max(...answers.map(({ ledger: last }) => last))).toBe(records.length)
    expect(await hashesIn(ledger.db, 'crowd/001')).toEqual(hashes(records))
    expect(await verify(ledger.db, 'crowd/001' as CaseId)).toMatchObject({ cases: 1, broken: [] })
  })

  it('bring many cases, each by three callers: nothing waits for ever, the projections are as if one had come', async () => {
    const lives = await Promise.all(
      Array.from({ length: 20 }, (_, index) => aYoungCase(`crowd/1${String(index).padStart(2, '0')}`)),
    )
    await Promise.all(
      lives.flatMap((records) => [
        append(ledger.db, records),
        append(ledger.db, records.slice(0, 3)).then(() => append(ledger.db, records)),
        appendInPieces(ledger.db, records, 2),
      ]),
    )
    for (const records of lives)
      expect(await hashesIn(ledger.db, records[0]?.case ?? '')).toEqual(hashes(records))
    expect((await rebuild(ledger.db)).differences).toEqual([])
  })

  it('two chains of one case, in a race: one of them is the record, the other is refused', async () => {
    const ours = await aYoungCase('crowd/200')
    const story = await aCase('yongzhou', { id: 'crowd/200', entry: { text: '另一条链' } })
    await story.handedOver()
    const theirs = await recordsOf(story)
    const settled = await Promise.allSettled([append(ledger.db, ours), append(ledger.db, theirs)])
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const lost = settled.find((one) => one.status === 'rejected')
    expect(lost?.reason).toBeInstanceOf(ForkedChain)
    expect((await verify(ledger.db, 'crowd/200' as CaseId)).broken).toEqual([])
  })
})

describe('when PostgreSQL fails under an append', () => {
  /** Ends every other connection to this database, as a crash of its backend would. */
  const killBackends = async (url: string): Promise<number> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await client.end()
    return rowCount ?? 0
  }

  it('an append whose backend is killed while it holds the case leaves all or nothing, and comes through', async () => {
    const records = await aLongLife('killed/001')
    await append(ledger.db, records.slice(0, 3))

    // Somebody else holds the case, so the append stands in the middle of its transaction when the axe falls.
    const holder = new pg.Client({ connectionString: ledger.url })
    holder.on('error', () => undefined)
    await holder.connect()
    await holder.query('begin')
    await holder.query("select from cases where id = 'killed/001' for update")
    const appending = append(ledger.db, records)
    while ((await waiting()) === 0) await pause(5)
    expect(await killBackends(ledger.url)).toBeGreaterThan(1)

    expect(await appending).toEqual({ ledger: records.length })
    expect(await hashesIn(ledger.db, 'killed/001')).toEqual(hashes(records))
    await holder.end().catch(() => undefined)
  })

  /** As a caller that was not answered would: the same again, for as long as it is the connection's fault. */
  const persistently = async (work: () => Promise<unknown>): Promise<void> => {
    for (;;) {
      try {
        await work()
        return
      } catch (error) {
        if (!isPassing(error)) throw error
      }
    }
  }

  const waiting = async (): Promise<number> => {
    const client = new pg.Client({ connectionString: ledger.url })
    await client.connect()
    const { rows } = await client.query<{ waiting: string }>(
      `select count(*) as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    await client.end()
    return Number(rows[0]?.waiting ?? 0)
  }

  it('a hail of killed backends over many appends: whatever was answered is there, and chains hold', async () => {
    const lives = await Promise.all(Array.from({ length: 12 }, (_, index) => aYoungCase(`killed/1${index}`)))
    let answered = 0
    const appends = lives.map(async (records) => {
      for (let end = 1; end <= records.length; end += 1) {
        await persistently(() => append(ledger.db, records.slice(0, end)))
        answered += 1
      }
    })
    for (let shot = 0; shot < 6; shot += 1) {
      await pause(20)
      await killBackends(ledger.url)
    }
    await Promise.all(appends)
    expect(answered).toBe(lives.reduce((sum, records) => sum + records.length, 0))
    for (const records of lives)
      expect(await hashesIn(ledger.db, records[0]?.case ?? '')).toEqual(hashes(records))
    expect((await verify(ledger.db)).broken).toEqual([])
  })
})

describe('word of an append', () => {
  it('reaches whoever listens, also after the connection was lost', async () => {
    const heard: unknown[] = []
    let listening = 0
    const ears = listen(ledger.url, {
      onAppended: (appended) => heard.push(appended),
      onListening: () => {
        listening += 1
      },
    })
    while (listening < 1) await pause(5)
    const records = await aYoungCase('heard/001')
    await append(ledger.db, records.slice(0, 2))
    await append(ledger.db, records.slice(0, 2))
    await append(ledger.db, records)
    while (heard.length < 2) await pause(5)
    expect(heard).toEqual([
      { case: 'heard/001', from: 1, seq: 2 },
      { case: 'heard/001', from: 3, seq: records.length },
    ])

    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query like 'listen%'`.execute(
      ledger.db,
    )
    while (listening < 2) await pause(5)
    await append(ledger.db, await aYoungCase('heard/002'))
    while (heard.length < 3) await pause(5)
    expect(heard[2]).toMatchObject({ case: 'heard/002' })
    await ears.close()
  })
})

describe('the record', () => {
  it.each([
    "update events set type = 'x'",
    'delete from events',
    'truncate events',
    "update events set hash = repeat('0', 64) where seq = 1",
  ])('is never edited: %s', async (statement) => {
    await expect(sql.raw(statement).execute(ledger.db)).rejects.toThrow(/never edited.*GN-07/)
  })

  it('takes a very large event', async () => {
    const text = '重'.repeat(200_000)
    const story = await aCase('yongzhou', { id: 'large/001', entry: { ...entryFor(), text } })
    await append(ledger.db, await recordsOf(story))
    expect((await verify(ledger.db, 'large/001' as CaseId)).events).toBe(1)
    expect(lastOf(await eventsOf(ledger.db, 'large/001' as CaseId)).seq).toBe(1)
  })
})
