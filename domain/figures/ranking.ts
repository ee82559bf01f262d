import type { Office, RankingRules } from '../policy.js'
import type { UnitName } from '../words.js'

/** What a unit is measured by: cases handed over for which it answers, and the returns it owes as the first unit of a case. */
export type Measure = {
  readonly unit: UnitName
  readonly cases: number
  /** Sum over its cases of what is verified, in per cent: a claim is no completion (YZ-13). */
  readonly completed: number
  /** Cases early or on pace. */
  readonly onPace: number
  readonly returnsDue: number
  readonly returnsOnTime: number
  /** Cases refused in the chain or rebounded within the period. */
  readonly setBack: number
}

/** Shares in basis points: 10,000 is everything. `null` where there was nothing to measure. */
export type Scores = {
  readonly completion: number
  readonly pace: number
  readonly returns: number | null
  readonly setbacks: number
}

export type RankedUnit = Measure & {
  readonly rank: number
  /** 0 to 10,000. */
  readonly score: number
  readonly scores: Scores
}

export type Ranking = {
  /** Best first; units of the same score share a rank, and the next rank counts them all (JN-21). */
  readonly rows: readonly RankedUnit[]
  /** The bottom of the ranking, as many as the policy says, and whoever shares a rank with the last of them (HH-08). */
  readonly bottom: readonly UnitName[]
  /** Not ranked, because it ranks: nobody ranks themselves (GN-08). */
  readonly leftOut: readonly UnitName[]
}

const WHOLE = 10_000

/** Rounded down, in whole numbers all the way. */
const share = (part: number, of: number): number => Math.floor((part * WHOLE) / of)

const scoresOf = (measure: Measure): Scores => {
  const { cases, completed, onPace, returnsDue, returnsOnTime, setBack } = measure
  return {
    completion: share(completed, cases * 100),
    pace: share(onPace, cases),
    returns: returnsDue === 0 ? null : share(returnsOnTime, returnsDue),
    setbacks: share(cases - setBack, cases),
  }
}

/** By the policy's weights; what a unit was never asked for weighs nothing, for or against. */
const scoreOf = (scores: Scores, { weights }: RankingRules): number => {
  const parts = [
    { weight: weights.completion, score: scores.completion },
    { weight: weights.pace, score: scores.pace },
    { weight: weights.returns, score: scores.returns },
    { weight: weights.setbacks, score: scores.setbacks },
  ].flatMap(({ weight, score }) => (score === null ? [] : [{ weight, score }]))
  const all = parts.reduce((sum, { weight }) => sum + weight, 0)
  return all === 0 ? 0 : Math.floor(parts.reduce((sum, { weight, score }) => sum + weight * score, 0) / all)
}

/** Not by the machine's language: the same order everywhere. */
const byName = (a: { readonly unit: UnitName }, b: { readonly unit: UnitName }): number =>
  a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0

const bottomOf = (rows: readonly RankedUnit[], count: number): readonly UnitName[] => {
  const edge = rows.at(-count) ?? rows[0]
  return edge === undefined || count === 0
    ? []
    : rows.filter(({ rank }) => rank >= edge.rank && rank > 1).map(({ unit }) => unit)
}

/** 排名 (JN-21). Who shares the first rank is not at the bottom, however few are ranked. */
export const rankingOf = (rules: RankingRules, office: Office, measures: readonly Measure[]): Ranking => {
  const itself = new Set([office.unit, ...office.aliases])
  const scored = measures
    .filter(({ unit, cases }) => cases > 0 && !itself.has(unit))
    .map((measure) => {
      const scores = scoresOf(measure)
      return { ...measure, scores, score: scoreOf(scores, rules) }
    })
    .toSorted((a, b) => b.score - a.score || byName(a, b))
  const rows = scored.map((row) => ({
    ...row,
    rank: 1 + scored.findIndex(({ score }) => score === row.score),
  }))
  return {
    rows,
    bottom: bottomOf(rows, rules.named),
    leftOut: measures
      .filter(({ unit }) => itself.has(unit))
      .toSorted(byName)
      .map(({ unit }) => unit),
  }
}
