import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { append } from '../../db/append.js'
import { placeOrders, proposalOn, settleOrder, waitingOrders } from '../../db/orders.js'
import type { EffectKey, OrderEffect } from '../../domain/effects/types.js'
import type { CaseId, Instant, RoundId } from '../../domain/words.js'
import { unit } from '../support/people.js'
import { anOpened } from '../support/story.js'
import { aLedger, type Ledger, recordsOf } from './given.js'

const MANY = 12_000

const order = (n: number): OrderEffect => ({
  kind: 'order',
  key: `big/${n}#1/order` as EffectKey,
  round: 'big' as RoundId,
  at: '2026-01-05T01:00:00.000Z' as Instant,
  by: { machine: 'GN-02', rule: '改用新的日历' },
  order: { kind: 'command', to: `big/${n}` as CaseId, command: { type: 'acknowledge' } },
})

describe('orders of a round larger than one statement takes', () => {
  let ledger: Ledger
  beforeAll(async () => {
    ledger = await aLedger()
  })
  afterAll(() => ledger.close())

  it('are all kept, and placed again are the same orders', async () => {
    const orders = Array.from({ length: MANY }, (_, n) => order(n))
    await placeOrders(ledger.db, orders)
    await placeOrders(ledger.db, orders)
    expect(await waitingOrders(ledger.db, 2 * MANY)).toHaveLength(MANY)
  })
})

describe('HH-08 an order to what an issued ranking proposed', () => {
  const cause = '月度排名末位'
  const ground = { period: '2020-06', version: 1 }
  const machine = { machine: 'HH-08', rule: '排名靠后,按标准建议处罚' } as const
  const gone = { type: 'mark-ground-gone', unit: unit('甲县政府'), cause, period: '2020-06' } as const
  const correction = { ...gone, version: 2, reason: '漏列一件' }
  const proposal = {
    ...({ type: 'propose-consequence', sort: 'penalty', unit: unit('甲县政府'), cause } as const),
    ...{ facts: '排名靠后', evidence: [], ground },
  }
  const round = 'ranked' as RoundId
  let ledger: Ledger
  beforeAll(async () => {
    ledger = await aLedger()
  })
  afterAll(() => ledger.close())

  it('waits for the proposal’s own order, finds it under its number, and marks it once', async () => {
    const { db } = ledger
    expect(await proposalOn(db, round, correction)).toBeUndefined()
    await placeOrders(db, [
      { ...order(1), key: 'ranked/round#1/penalty', round, order: { kind: 'opening', opening: proposal } },
    ])
    expect(await proposalOn(db, round, correction)).toBe('waiting')
    const story = await anOpened('hohhot', machine, proposal, { id: 'ranked/cf-0001', on: '2020-07-06' })
    await append(db, await recordsOf(story))
    expect(await proposalOn(db, round, correction)).toBe('ranked/cf-0001')
    expect(await proposalOn(db, round, { ...correction, unit: unit('乙县政府') })).toBeUndefined()
    await story.by(machine, correction)
    await append(db, await recordsOf(story))
    await settleOrder(db, 'ranked/round#1/penalty', 'done', 'ranked/cf-0001')
    expect(await proposalOn(db, round, correction)).toBeUndefined()
  })
})
