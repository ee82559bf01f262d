import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Db } from '../../db/connect.js'
import { issuePaper } from '../../db/papers.js'
import { paperByNumber, papersOfCase, papersOfRound } from '../../db/queries/papers.js'
import type { EffectKey, PaperOrder } from '../../domain/effects/types.js'
import type { CaseId, RoundId } from '../../domain/words.js'
import { at } from '../support/story.js'
import { aLedger, type Ledger } from './given.js'

let ledger: Ledger
beforeAll(async () => {
  ledger = await aLedger()
})
afterAll(() => ledger.close())

const orderOf = (code: string, seq: number, changed: Partial<PaperOrder> = {}): PaperOrder => ({
  paper: 'supervision-letter',
  caseId: 'papers/001' as CaseId,
  round: 'papers' as RoundId,
  seq,
  at: at('2024-03-05'),
  drill: 'real',
  letterhead: '某市整改办',
  documentCode: code,
  to: ['甲县政府'],
  copies: [],
  subject: '关于督促整改的函',
  facts: [],
  body: ['请抓紧整改。'],
  ...changed,
})

const keyOf = (order: PaperOrder): EffectKey => `${order.documentCode}#${order.seq}/${order.paper}`

const issue = (
  db: Db,
  order: PaperOrder,
  render = async (number: string) => new TextEncoder().encode(`公文 ${number}`),
) => issuePaper(db, { key: keyOf(order), order, render })

const ordinals = async (code: string): Promise<readonly number[]> => {
  const rows = await ledger.db
    .selectFrom('papers')
    .select('ordinal')
    .where('documentCode', '=', code)
    .orderBy('ordinal')
    .execute()
  return rows.map(({ ordinal }) => ordinal)
}

/** Ends the backend of a writer that holds a number and is about to write its paper. */
const killWhoeverIsIdleInTransaction = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and state = 'idle in transaction'`.execute(ledger.db)

const oneTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1)

describe('document numbers', () => {
  it('carry organ, year and number in the official form, and the paper carries its number', async () => {
    const paper = await issue(ledger.db, orderOf('常督改办', 1))
    expect(paper.number).toBe('常督改办〔2024〕1号')
    const kept = await paperByNumber(ledger.db, '常督改办〔2024〕1号')
    expect(new TextDecoder().decode(kept?.content)).toBe('公文 常督改办〔2024〕1号')
    expect(kept).toMatchObject({ sha256: paper.sha256, paper: 'supervision-letter', seq: 1 })
    expect(kept?.paperOrder).toMatchObject({ body: ['请抓紧整改。'] })
  })

  it('start again each year by Shanghai days, and are each organ’s own', async () => {
    const numbers = [
      await issue(ledger.db, orderOf('甲', 1, { at: at('2024-12-31', '23:59') })),
      await issue(ledger.db, orderOf('甲', 2, { at: at('2025-01-01', '00:00') })),
      await issue(ledger.db, orderOf('甲', 3, { at: at('2024-12-31', '23:59') })),
      await issue(ledger.db, orderOf('乙', 1)),
    ].map(({ number }) => number)
    expect(numbers).toEqual(['甲〔2024〕1号', '甲〔2025〕1号', '甲〔2024〕2号', '乙〔2024〕1号'])
  })

  it('a drill never uses up a real number, and says that it is one', async () => {
    await issue(ledger.db, orderOf('丙', 1, { drill: 'drill' }))
    const real = await issue(ledger.db, orderOf('丙', 2))
    const drill = await issue(ledger.db, orderOf('丙', 3, { drill: 'drill' }))
    expect(real.number).toBe('丙〔2024〕1号')
    expect(drill.number).toBe('演练丙〔2024〕2号')
  })

  it('the same key again is the same paper; nothing is rendered a second time', async () => {
    const order = orderOf('丁', 1)
    const first = await issue(ledger.db, order)
    const rendered: string[] = []
    const again = await issue(ledger.db, order, async (number) => {
      rendered.push(number)
      return new Uint8Array([1])
    })
    expect(again).toEqual(first)
    expect(rendered).toEqual([])
  })

  it('the same key by twenty at once is one paper', async () => {
    const order = orderOf('戊', 1)
    const papers = await Promise.all(oneTo(20).map(() => issue(ledger.db, order)))
    expect(new Set(papers.map(({ number }) => number))).toEqual(new Set(['戊〔2024〕1号']))
    expect((await issue(ledger.db, orderOf('戊', 2))).number).toBe('戊〔2024〕2号')
  })

  it('twenty writers at once, failing again and again: no gap, no repeat, every paper written', async () => {
    const others = [connect(ledger.url, 5), connect(ledger.url, 5)]
    const pools = [ledger.db, ...others]
    let failures = 0
    const papers = await Promise.all(
      oneTo(60).map(async (seq) => {
        const order = orderOf('己', seq)
        for (let attempt = 0; ; attempt += 1) {
          // Every paper fails at a different point of its first attempts, one in three of them thrice.
          const fails = attempt < seq % 4
          const written = await issue(pools[seq % pools.length] ?? ledger.db, order, async (number) => {
            if (fails) throw new Error('打印机没纸')
            return new TextEncoder().encode(number)
          }).catch(() => undefined)
          if (written) return written
          failures += 1
        }
      }),
    )
    for (const other of others) await other.destroy()
    expect(failures).toBe(oneTo(60).reduce((sum, seq) => sum + (seq % 4), 0))
    expect(new Set(papers.map(({ number }) => number)).size).toBe(60)
    expect(await ordinals('己')).toEqual(oneTo(60))
  })

  it('a writer whose connection is killed while it holds the number loses none and doubles none', async () => {
    const victim = connect(ledger.url, 1)
    let killed = 0
    const paper = await issue(victim, orderOf('庚', 1), async (number) => {
      if (killed === 0) {
        killed += 1
        await killWhoeverIsIdleInTransaction()
      }
      return new TextEncoder().encode(number)
    })
    expect(killed).toBe(1)
    expect(paper.number).toBe('庚〔2024〕1号')
    expect((await issue(ledger.db, orderOf('庚', 2))).number).toBe('庚〔2024〕2号')
    expect(await ordinals('庚')).toEqual([1, 2])
    await victim.destroy()
  })

  it('the papers of a case come in the order of their events, those of a round newest first', async () => {
    const ofCase = await papersOfCase(ledger.db, 'papers/001' as CaseId)
    expect(ofCase.map(({ seq }) => seq)).toEqual(ofCase.map(({ seq }) => seq).toSorted((a, b) => a - b))
    const [newest] = await papersOfRound(ledger.db, 'papers' as RoundId, [])
    expect(newest?.number).toBe('甲〔2025〕1号')
  })
})
