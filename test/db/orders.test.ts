import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeOrders, waitingOrders } from '../../db/orders.js'
import type { EffectKey, OrderEffect } from '../../domain/effects/types.js'
import type { CaseId, Instant, RoundId } from '../../domain/words.js'
import { aLedger, type Ledger } from './given.js'

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
