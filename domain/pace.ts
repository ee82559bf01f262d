import { dateOf, daysBetween, endOfDay } from './calendar/dates.js'
import type { CaseState } from './case/state.js'
import type { Instant, Percent, PlainDate } from './words.js'

/** 提前完成、达到序时进度、加紧整改 (YZ-13), and cases not handed over yet: disjoint, summing to the total. */
export type PaceBucket = 'early' | 'on-pace' | 'pressed' | 'not-yet'

export const PACE_TITLES: Readonly<Record<PaceBucket, string>> = {
  early: '提前完成',
  'on-pace': '达到序时进度',
  pressed: '加紧整改',
  'not-yet': '未交办',
}

export type Pace = {
  readonly bucket: PaceBucket
  /** Flagged beside the bucket: a case called 加紧整改 is still overdue (domain rule 9). */
  readonly overdue: boolean
  /** Verified progress, per cent: a self-claim is not a completion (YZ-13). */
  readonly progress: Percent
  /** Progress due by now, per cent (GN-06). */
  readonly expected: Percent
}

/**
 * Pace at a moment: verified progress against the time elapsed, through the nodes where there are nodes (GN-06). 提前 is
 * judged against the original deadline (YZ-13): what never had one cannot be early.
 */
export const pace = (state: CaseState, at: Instant): Pace => {
  const overdue = (state.deadline?.overdue.length ?? 0) > 0
  if (!state.handover || state.phase === 'registered') {
    return { bucket: 'not-yet', overdue: false, progress: 0, expected: 0 }
  }
  if (state.closedAt) {
    const original = state.deadline?.original
    const early = original !== undefined && state.closedAt <= endOfDay(original)
    return { bucket: early ? 'early' : 'on-pace', overdue: false, progress: 100, expected: 100 }
  }
  const progress = verifiedProgress(state)
  const expected = expectedProgress(state, dateOf(at))
  return { bucket: !overdue && progress >= expected ? 'on-pace' : 'pressed', overdue, progress, expected }
}

/** With nodes: the share completed. Without: what the unit claims, never a completion until all who verify have signed (YZ-13). */
const verifiedProgress = (state: CaseState): Percent => {
  if (state.nodes.length > 0) {
    const done = state.nodes.filter(({ completedAt }) => completedAt).length
    return Math.round((100 * done) / state.nodes.length)
  }
  switch (state.phase) {
    case 'closing':
      return MOST_CLAIMED
    case 'on-notice':
    case 'filing':
      return 100
    default:
      return Math.min(MOST_CLAIMED, claimed(state))
  }
}

/** Who applies for closure claims to be done: that is the most anybody can claim. */
const MOST_CLAIMED: Percent = 99

/** What the unit says of this round: a claim older than a rebound has been proved wrong (JN-12). */
const claimed = ({ rectification: { round, since }, returns: { last } }: CaseState): Percent =>
  last && (round === 1 || since === undefined || last.at >= since) ? last.progress : 0

const expectedProgress = (state: CaseState, today: PlainDate): Percent => {
  if (state.nodes.length > 0) {
    const gone = state.nodes.filter(({ date }) => date < today).length
    return Math.round((100 * gone) / state.nodes.length)
  }
  const due = state.deadline?.due
  if (due === undefined || !state.handover) return 0
  const start = dateOf(state.handover.at)
  const total = daysBetween(start, due)
  if (total <= 0) return 100
  return Math.min(100, Math.max(0, Math.round((100 * daysBetween(start, today)) / total)))
}
