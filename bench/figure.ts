/** One thing that was measured. */
export type Figure = {
  /** Its name in the JSON file. */
  readonly key: string
  /** Its name on the page. */
  readonly title: string
  /** null: it could not be measured here; the note says why. */
  readonly value: number | null
  /** What the value counts, as it stands behind it on the page. */
  readonly unit: string
  /** Not to be exceeded. */
  readonly most?: number
  readonly note?: string
}

export type Verdict = 'reached' | 'missed' | 'not-measured' | 'no-goal'

export const verdictOn = ({ value, most }: Figure): Verdict => {
  if (value === null) return 'not-measured'
  if (most === undefined) return 'no-goal'
  return value <= most ? 'reached' : 'missed'
}

/** Three significant digits, whole numbers whole. */
export const rounded = (value: number): number =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))

/** The value below which `part` (0 to 1) of the sorted values lie, by the nearest rank; 0 of nothing. */
export const percentile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)
