import { isCancellation, log } from '@temporalio/workflow'
import { carry } from './activities.js'
import type { Book } from './book.js'

/** Brings waiting events to the ledger, beside everything else, for as long as it takes. */
export type Carrier = {
  /** Everything kept so far is to be in the ledger. */
  readonly ask: () => void
  readonly idle: () => boolean
}

/** So many events go at a time: a payload stays far below what Temporal accepts. */
const MOST = 200

export const makeCarrier = (book: Book): Carrier => {
  let wanted = 0
  let refusedAt = 0
  let busy = false

  const run = async (): Promise<void> => {
    busy = true
    for (;;) {
      const batch = book.waiting.slice(0, MOST)
      const [first] = batch
      if (!first || first.seq > wanted) break
      const last = batch.at(-1) ?? first
      try {
        const { ledger } = await carry(`入账第 ${first.seq} 至 ${last.seq} 号`, batch)
        book.inLedger(ledger)
        if (ledger < last.seq) throw new RangeError(`the ledger stands at ${ledger}, not at ${last.seq}`)
      } catch (error) {
        // It would fail again: the next event asks again, and an operator reads why.
        if (!isCancellation(error)) log.error('台账拒收,须人工查明', { error, from: first.seq, to: last.seq })
        refusedAt = book.head.seq
        break
      }
    }
    busy = false
  }

  return {
    ask: () => {
      wanted = book.head.seq
      if (!busy && book.waiting.length > 0 && wanted > refusedAt) void run()
    },
    idle: () => !busy,
  }
}
