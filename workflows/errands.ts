import { isCancellation, log } from '@temporalio/workflow'
import type { CaseStart } from '../contracts/case.js'
import { type AnyHappening, paperIssued, snapshotTaken } from '../domain/decider.js'
import type {
  NoticeEffect,
  OrderEffect,
  PaperEffect,
  ReferralEffect,
  SnapshotEffect,
} from '../domain/effects/types.js'
import { PAPER_TITLES } from '../domain/policy.js'
import { never } from '../domain/refusal.js'
import { type Instant, later } from '../domain/words.js'
import { notify, placeOrders, takeSnapshot, writePaper } from './activities.js'
import type { Book } from './book.js'
import { tellDue } from './moments.js'
import { roundNow } from './now.js'
import { startReferral } from './referral.js'

/** Does what follows from events, one after the other in their order, beside commands and moments: it never holds them up. */
export type Errands = {
  readonly go: () => void
  /** Finish the one under way and begin no other. */
  readonly rest: () => void
  readonly idle: () => boolean
}

/** `fell`: called when something fell due while an errand was being done, and waits to be carried. */
export const makeErrands = (start: CaseStart, book: Book, fell: () => void): Errands => {
  let busy = false
  let resting = false

  const run = async (): Promise<void> => {
    busy = true
    for (let next = nextOf(book); next && !resting; next = nextOf(book)) {
      book.take(next.effects)
      try {
        await perform(start, book, next, fell)
      } catch (error) {
        if (isCancellation(error)) break
        // It can never succeed, or it would still be tried.
        log.error('后续事项无法办理,已放弃', { error, keys: next.effects.map(({ key }) => key) })
      }
      book.done(next.effects)
    }
    busy = false
  }

  return {
    go: () => {
      resting = false
      if (!busy && book.free.length > 0) void run()
    },
    rest: () => {
      resting = true
    },
    idle: () => !busy,
  }
}

type Errand =
  | { readonly kind: 'paper'; readonly effects: readonly [PaperEffect] }
  | { readonly kind: 'notices'; readonly effects: readonly NoticeEffect[] }
  | { readonly kind: 'referral'; readonly effects: readonly [ReferralEffect] }
  | { readonly kind: 'snapshot'; readonly effects: readonly [SnapshotEffect] }
  | { readonly kind: 'orders'; readonly effects: readonly OrderEffect[] }

/** So many notices go in one batch at most. */
const MOST_NOTICES = 50

/** The notices that wait together go together. */
export const batchOfNotices = (book: Book): readonly NoticeEffect[] =>
  book.free.filter((effect) => effect.kind === 'notice').slice(0, MOST_NOTICES)

/** So many orders go in one batch at most. */
const MOST_ORDERS = 200

const batchOfOrders = (book: Book): readonly OrderEffect[] =>
  book.free.filter((effect) => effect.kind === 'order').slice(0, MOST_ORDERS)

const nextOf = (book: Book): Errand | undefined => {
  const [first] = book.free
  if (!first) return undefined
  switch (first.kind) {
    case 'paper':
      return { kind: 'paper', effects: [first] }
    case 'referral':
      return { kind: 'referral', effects: [first] }
    case 'snapshot':
      return { kind: 'snapshot', effects: [first] }
    case 'notice':
      return { kind: 'notices', effects: batchOfNotices(book) }
    case 'order':
      return { kind: 'orders', effects: batchOfOrders(book) }
    default:
      return never(first)
  }
}

const perform = async (start: CaseStart, book: Book, errand: Errand, fell: () => void): Promise<void> => {
  switch (errand.kind) {
    case 'paper': {
      const [{ key, order }] = errand.effects
      const { number, sha256 } = await writePaper(`制发${PAPER_TITLES[order.paper]}`, { key, order })
      happen(roundNow(start.clock), book, fell, (at) =>
        paperIssued(at, { paper: order.paper, number, sha256, cause: order.seq }),
      )
      return
    }
    case 'snapshot': {
      const [effect] = errand.effects
      const { thing, period, version } = effect
      const taken = await takeSnapshot(`定格 ${period} 数据`, effect)
      happen(roundNow(start.clock), book, fell, (at) =>
        snapshotTaken(at, { thing, period, version, ...taken }),
      )
      return
    }
    case 'notices':
      return notify(`通知 ${errand.effects.length} 条`, errand.effects)
    case 'referral':
      return startReferral({ ...start, rules: book.rules }, errand.effects[0])
    case 'orders':
      return placeOrders(`交办 ${errand.effects.length} 项`, errand.effects)
    default:
      return never(errand)
  }
}

/** What came of an errand is told after what fell due while it was done, which keeps its own instant. */
const happen = (now: Instant, book: Book, fell: () => void, told: (at: Instant) => AnyHappening): void => {
  if (tellDue(book, now) > 0) fell()
  book.keep([told(book.state ? later(now, book.state.state.at) : now)])
}
