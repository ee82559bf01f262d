import type { UnitName } from '../words.js'
import type { RankedUnit } from './ranking.js'

/** A unit's way from one ranking to a later one. */
export type Movement = {
  readonly unit: UnitName
  readonly from: Pick<RankedUnit, 'rank' | 'score'>
  readonly to: Pick<RankedUnit, 'rank' | 'score'>
}

/** Who rose and who fell between two frozen rankings, and who stands best and worst at the end of it (HY-02). */
export type Movements = {
  /** Largest gain first. */
  readonly rose: readonly Movement[]
  /** Largest loss first. */
  readonly fell: readonly Movement[]
  readonly best: readonly UnitName[]
  readonly worst: readonly UnitName[]
  /** In one ranking and not in the other: neither rose nor fell. */
  readonly came: readonly UnitName[]
  readonly went: readonly UnitName[]
}

const inOrder = (a: UnitName, b: UnitName): number => (a < b ? -1 : a > b ? 1 : 0)

const gained = ({ from, to }: Movement): number => to.score - from.score

const standing = ({ rank, score }: Standing) => ({ rank, score })

/** As much of a ranking as tells who moved. */
type Standing = Pick<RankedUnit, 'unit' | 'rank' | 'score'>
type Standings = { readonly ranking?: { readonly rows: readonly Standing[] } }

/** At most `most` best and worst, and whoever shares a place with the last of them; nobody is both. */
export const movementsBetween = (before: Standings, after: Standings, most: number): Movements => {
  const then = new Map((before.ranking?.rows ?? []).map((row) => [row.unit, row]))
  const now = after.ranking?.rows ?? []
  const moved = now.flatMap((row): readonly Movement[] => {
    const old = then.get(row.unit)
    return old ? [{ unit: row.unit, from: standing(old), to: standing(row) }] : []
  })
  const there = new Set(now.map(({ unit }) => unit))
  const lastBest = now[Math.min(most, now.length) - 1]?.rank ?? 0
  const best = now.filter(({ rank }) => rank <= lastBest)
  const others = now.filter(({ rank }) => rank > lastBest)
  const firstWorst = others.at(-Math.min(most, others.length))?.rank ?? 0
  return {
    rose: moved
      .filter((one) => gained(one) > 0)
      .toSorted((a, b) => gained(b) - gained(a) || inOrder(a.unit, b.unit)),
    fell: moved
      .filter((one) => gained(one) < 0)
      .toSorted((a, b) => gained(a) - gained(b) || inOrder(a.unit, b.unit)),
    best: best.map(({ unit }) => unit),
    worst: others.filter(({ rank }) => rank >= firstWorst).map(({ unit }) => unit),
    came: now.flatMap(({ unit }) => (then.has(unit) ? [] : [unit])),
    went: [...then.keys()].filter((unit) => !there.has(unit)).toSorted(inOrder),
  }
}
