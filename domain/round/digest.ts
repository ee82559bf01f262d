import type { Figures } from '../figures/types.js'
import type { UnitName } from '../words.js'
import type { Commitment, Digest } from './types.js'

/** As many lines as a paper could ever hold; the whole is in the snapshot. */
const MOST = 100

/** What the words of a draft need of the frozen figures: small enough to live in a case's record. */
export const digestOf = (figures: Figures, commitments: readonly Commitment[]): Digest => {
  const missing = new Map<UnitName, number>()
  for (const { units } of figures.missing) {
    const [unit] = units
    if (unit !== undefined) missing.set(unit, (missing.get(unit) ?? 0) + 1)
  }
  const moved = (all: Figures['rungs']['raised']) =>
    all.slice(0, MOST).map(({ case: id, rung }) => ({ case: id, rung }))
  return {
    totals: figures.totals,
    byClass: figures.byClass,
    byUnit: figures.byUnit.slice(0, MOST),
    returns: figures.returns,
    overdue: figures.overdue.slice(0, MOST).map(({ case: id, units, days }) => ({ case: id, units, days })),
    missing: [...missing].map(([unit, count]) => ({ unit, count })),
    raised: moved(figures.rungs.raised),
    released: moved(figures.rungs.released),
    ranking: (figures.ranking?.rows ?? []).map(({ unit, rank, score }) => ({ unit, rank, score })),
    bottom: figures.ranking?.bottom ?? [],
    commitments,
  }
}
