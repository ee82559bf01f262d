import { describe, expect, it } from 'vitest'
import type { LedgerRecord } from '../../domain/decider-types.js'
import {
  canonical,
  firstBrokenLink,
  GENESIS,
  hashOf,
  headOf,
  record,
  sha256Of,
} from '../../domain/record/chain.js'
import type { Sha256 } from '../../domain/words.js'
import { aCaseThatIs } from './given.js'

const aRecord = async (): Promise<readonly LedgerRecord[]> => (await aCaseThatIs('closed')).stage.record()
const changed = (
  records: readonly LedgerRecord[],
  at: number,
  change: (link: LedgerRecord) => LedgerRecord,
): readonly LedgerRecord[] => records.map((link, index) => (index === at ? change(link) : link))

describe('GN-07 the chain of hashes', () => {
  it('begins with zeros, is numbered from one, each link holding the hash before it', async () => {
    const records = await aRecord()
    expect(records[0]).toMatchObject({ seq: 1, prev: '0'.repeat(64) })
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1))
    expect(records.slice(1).map(({ prev }) => prev)).toEqual(records.slice(0, -1).map(({ hash }) => hash))
    expect(firstBrokenLink(records)).toBeUndefined()
  })

  it('shows the first link that was edited, left out, put in, or swapped', async () => {
    const records = await aRecord()
    const edited = changed(records, 5, (link) => ({ ...link, by: { kind: 'public', name: '别人' } }))
    expect(firstBrokenLink(edited)).toEqual({ seq: 6, why: 'hash' })
    const rehashed = changed(edited, 5, (link) => ({ ...link, hash: hashOf(link) }))
    expect(firstBrokenLink(rehashed)).toEqual({ seq: 7, why: 'previous' })
    expect(firstBrokenLink(records.toSpliced(5, 1))).toEqual({ seq: 6, why: 'number' })
    const [sixth, seventh] = [records[5], records[6]]
    if (!sixth || !seventh) throw new Error('a longer life')
    expect(firstBrokenLink(records.with(5, seventh).with(6, sixth))).toEqual({ seq: 6, why: 'number' })
    expect(
      firstBrokenLink(changed(records, 0, (link) => ({ ...link, prev: 'f'.repeat(64) as Sha256 }))),
    ).toEqual({
      seq: 1,
      why: 'previous',
    })
  })

  it('goes on from any head, as a ledger that appends piece by piece', async () => {
    const records = await aRecord()
    const first = records.slice(0, 8)
    expect(firstBrokenLink(records.slice(8), headOf(first))).toBeUndefined()
    expect(headOf([])).toBe(GENESIS)
    const [one] = records
    if (!one) throw new Error('a longer life')
    const again = record(GENESIS, one.case, records, undefined)
    expect(again.map(({ seq }) => seq)).toEqual(records.map(({ seq }) => seq))
    // The command an event answers is part of what is hashed.
    expect(again[0]?.hash).not.toBe(one.hash)
  })
})

describe('canonical JSON', () => {
  it('is the same text for the same value, whatever order its fields were written in', () => {
    expect(canonical({ b: [1, { d: null, c: '字' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"字","d":null}]}',
    )
    expect(canonical({ a: 1, b: undefined })).toBe(canonical({ a: 1 }))
    expect(canonical([undefined])).toBe('[null]')
  })

  it('survives the journey through JSON with the same hash', async () => {
    for (const link of await aRecord()) {
      expect(hashOf(JSON.parse(JSON.stringify(link)) as LedgerRecord)).toBe(link.hash)
    }
  })

  it('is hashed as UTF-8 by the published SHA-256', () => {
    expect(sha256Of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256Of('销号')).toMatch(/^[0-9a-f]{64}$/)
  })
})
