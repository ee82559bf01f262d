import { isCancellation, log } from '@temporalio/workflow'
import type { LedgerRecord } from '../contracts/case.js'
import { carry, carryAndNotify } from './activities.js'
import type { Book } from './book.js'
import { batchOfNotices } from './errands.js'

/** Brings waiting events to the ledger, beside everything else, for as long as it takes. */
export type Carrier = {
  /** Everything kept so far is to be in the ledger; notices not yet under way go along. */
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
      const events = book.waiting.slice(0, MOST)
      const [first] = events
      if (!first || first.seq > wanted) break
      try {
        await bring(book, [first, ...events.slice(1)])
        if (book.waiting[0] === first) throw new RangeError('the ledger took nothing')
      } catch (error) {
        // It would fail again: the next event asks again, and an operator reads why.
        if (!isCancellation(error)) log.error('台账拒收,须人工查明', { error, from: first.seq })
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

/** @throws ActivityFailure when the ledger can never take them. */
const bring = async (book: Book, events: readonly [LedgerRecord, ...LedgerRecord[]]): Promise<void> => {
  const [first] = events
  const last = events.at(-1) ?? first
  const words = `入账第 ${first.seq}${last === first ? '' : ` 至 ${last.seq}`} 号`
  const notices = batchOfNotices(book)
  if (notices.length === 0) return book.inLedger((await carry(words, events)).ledger)
  book.take(notices)
  try {
    const answer = await carryAndNotify(`${words},通知 ${notices.length} 条`, { events, notices })
    if (answer.notices === 'told') book.done(notices)
    book.inLedger(answer.ledger)
  } finally {
    book.putBack(notices)
  }
}
