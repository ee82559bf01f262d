import { isCancellation, log, patched } from '@temporalio/workflow'
import type { CaseStart } from '../contracts/case.js'
import { type AnyHappening, paperIssued, snapshotTaken } from '../domain/decider.js'
import type {
  Effect,
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

/**
 * Does what follows from events, one after the other in their order, beside commands and moments: it never holds them up. While
 * notices wait for their server, the others pass.
 */
export type Errands = {
  readonly go: () => void
  /** Finish the one under way and begin no other. */
  readonly rest: () => void
  readonly idle: () => boolean
}

/** What a run of errands takes up. */
type Scope = 'all' | 'notices' | 'all-but-notices'

/** `fell`: called when something fell due while an errand was being done, and waits to be carried. */
export const makeErrands = (start: CaseStart, book: Book, fell: () => void): Errands => {
  let underWay: Errand['kind'] | undefined
  let beside: 'idle' | 'busy' = 'idle'
  let resting = false
  let apart: boolean | undefined
  const scope = (): Scope => (beside === 'busy' ? 'notices' : 'all')

  const perform = async (errand: Errand): Promise<'done' | 'cancelled'> => {
    book.take(errand.effects)
    try {
      await doErrand(start, book, errand, fell)
    } catch (error) {
      if (isCancellation(error)) return 'cancelled'
      // It can never succeed, or it would still be tried.
      log.error('后续事项无法办理,已放弃', { error, keys: errand.effects.map(({ key }) => key) })
    }
    book.done(errand.effects)
    return 'done'
  }

  const run = async (): Promise<void> => {
    for (let next = nextOf(book, scope()); next && !resting; next = nextOf(book, scope())) {
      underWay = next.kind
      if ((await perform(next)) === 'cancelled') break
    }
    underWay = undefined
  }

  const runBeside = async (): Promise<void> => {
    beside = 'busy'
    for (let next = nextOf(book, 'all-but-notices'); next && !resting; next = nextOf(book, 'all-but-notices'))
      if ((await perform(next)) === 'cancelled') break
    beside = 'idle'
  }

  /** A mail server may be dead for a day: papers do not wait for it. Asked first when it matters, and the same for the whole run. */
  const mayGoApart = (): boolean => {
    apart ??= patched('papers-beside-notices')
    return apart
  }

  return {
    go: () => {
      resting = false
      if (underWay === undefined && nextOf(book, scope())) void run()
      else if (underWay === 'notices' && beside === 'idle' && nextOf(book, 'all-but-notices') && mayGoApart())
        void runBeside()
    },
    rest: () => {
      resting = true
    },
    idle: () => underWay === undefined && beside === 'idle',
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

const isIn = (scope: Scope, { kind }: Effect): boolean =>
  scope === 'all' || (kind === 'notice') === (scope === 'notices')

const nextOf = (book: Book, scope: Scope): Errand | undefined => {
  const first = book.free.find((effect) => isIn(scope, effect))
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

const doErrand = async (start: CaseStart, book: Book, errand: Errand, fell: () => void): Promise<void> => {
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
