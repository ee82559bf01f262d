/** How many letters must be put in, left out, changed or swapped with their neighbour to get from `a` to `b`. */
const distance = (a: string, b: string): number => {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const left = (current[column - 1] ?? 0) + 1
      const taken = (above[column] ?? 0) + 1
      const swaps = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swapped = swaps ? (before[column - 2] ?? Number.POSITIVE_INFINITY) + 1 : Number.POSITIVE_INFINITY
      current.push(Math.min(changed, left, taken, swapped))
    }
    before = above
    above = current
  }
  return above[b.length] ?? 0
}

const LONGEST_WORD = 60

/** The known word that was probably meant, or undefined when none is near: at most a third of its letters differ. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > LONGEST_WORD) return undefined
  const [best] = known
    .map((candidate) => ({ candidate, away: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, away }) => away <= Math.max(1, Math.floor(candidate.length / 3)))
    .toSorted((a, b) => a.away - b.away)
  return best?.candidate
}
