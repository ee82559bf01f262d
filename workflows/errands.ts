import { isCancellation, log } from '@temporalio/workflow'
import type { CaseStart } from '../contracts/case.js'
import { paperIssued } from '../domain/decider.js'
import type { NoticeEffect, PaperEffect, ReferralEffect } from '../domain/effects/types.js'
import { PAPER_TITLES } from '../domain/policy.js'
import { never } from '../domain/refusal.js'
import { later } from '../domain/words.js'
import { notify, writePaper } from './activities.js'
import type { Book } from './book.js'
import { roundNow } from './now.js'
import { startReferral } from './referral.js'

/** Does what follows from events, one after the other in their order, beside commands and moments: it never holds them up. */
export type Errands = {
  readonly go: () => void
  /** Finish the one under way and begin no other. */
  readonly rest: () => void
  readonly idle: () => boolean
}

export const makeErrands = (start: CaseStart, book: Book): Errands => {
  let busy = false
  let resting = false

  const run = async (): Promise<void> => {
    busy = true
    for (let next = nextOf(book); next && !resting; next = nextOf(book)) {
      book.take(next.effects)
      try {
        await perform(start, book, next)
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

/** So many notices go in one batch at most. */
const MOST_NOTICES = 50

/** The notices that wait together go together. */
export const batchOfNotices = (book: Book): readonly NoticeEffect[] =>
  book.free.filter((effect) => effect.kind === 'notice').slice(0, MOST_NOTICES)

const nextOf = (book: Book): Errand | undefined => {
  const [first] = book.free
  if (!first) return undefined
  switch (first.kind) {
    case 'paper':
      return { kind: 'paper', effects: [first] }
    case 'referral':
      return { kind: 'referral', effects: [first] }
    case 'notice':
      return { kind: 'notices', effects: batchOfNotices(book) }
    default:
      return never(first)
  }
}

const perform = async (start: CaseStart, book: Book, errand: Errand): Promise<void> => {
  switch (errand.kind) {
    case 'paper': {
      const [{ key, order }] = errand.effects
      const { number, sha256 } = await writePaper(`制发${PAPER_TITLES[order.paper]}`, { key, order })
      const now = roundNow(start.clock)
      const at = book.state ? later(now, book.state.state.at) : now
      book.keep([paperIssued(at, { paper: order.paper, number, sha256, cause: order.seq })])
      return
    }
    case 'notices':
      return notify(`通知 ${errand.effects.length} 条`, errand.effects)
    case 'referral':
      return startReferral(start, errand.effects[0])
    default:
      return never(errand)
  }
}
