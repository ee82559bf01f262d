import type { Head } from '../domain/decider-types.js'
import { firstBrokenLink, type BrokenLink as Link } from '../domain/record/chain.js'
import type { CaseId } from '../domain/words.js'
import type { Db, Executor } from './connect.js'
import { type CaseRecords, recordedCases } from './record-stream.js'

/**
 * Why a case's chain does not hold at `seq`: its number, the hash before it or its own hash is not what it should be, or
 * the ledger knows of events that are no longer there.
 */
export type Broken = {
  readonly case: CaseId
  readonly seq: number
  readonly why: Link['why'] | 'missing-end'
}

export type Verified = {
  readonly cases: number
  readonly events: number
  /** The first broken link of each case that has one, in order of their ids. */
  readonly broken: readonly Broken[]
}

type Heads = ReadonlyMap<CaseId, Head>

const headsOf = async (db: Executor, only: CaseId | undefined): Promise<Heads> => {
  const rows = await db
    .selectFrom('cases')
    .select(['id', 'headSeq', 'headHash'])
    .$if(only !== undefined, (query) => query.where('id', '=', only as CaseId))
    .orderBy('id')
    .execute()
  return new Map(rows.map(({ id, headSeq, headHash }) => [id, { seq: headSeq, hash: headHash }]))
}

/** A chain cut off at its end holds in itself: what the ledger last knew of it tells. */
const cutOff = (heads: Heads, id: CaseId, last: Head): number | undefined => {
  const head = heads.get(id)
  if (!head || head.seq < last.seq || head.hash === last.hash) return undefined
  return last.seq + 1
}

const brokenIn = (heads: Heads, records: CaseRecords): Broken | undefined => {
  const id = records[0].case
  const link = firstBrokenLink(records)
  if (link) return { case: id, ...link }
  const { seq, hash } = records.at(-1) ?? records[0]
  const missing = cutOff(heads, id, { seq, hash })
  return missing === undefined ? undefined : { case: id, seq: missing, why: 'missing-end' }
}

/** Recomputes every hash of the record, or of one case, in one look at the tables as they are now. */
export const verify = (db: Db, only?: CaseId): Promise<Verified> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const heads = await headsOf(trx, only)
      const gone = new Map(heads)
      const broken: Broken[] = []
      let cases = 0
      let events = 0
      for await (const records of recordedCases(trx, only)) {
        cases += 1
        events += records.length
        gone.delete(records[0].case)
        const found = brokenIn(heads, records)
        if (found) broken.push(found)
      }
      for (const id of gone.keys()) broken.push({ case: id, seq: 1, why: 'missing-end' })
      return { cases, events, broken: broken.toSorted((a, b) => (a.case < b.case ? -1 : 1)) }
    })
