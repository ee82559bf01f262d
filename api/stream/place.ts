import type { NewsPlace } from '../../db/queries/news.js'

/** Does one place of the stream come before another? Transaction, then kind, then position, each a number. */
export const isBefore = (one: NewsPlace, other: NewsPlace): boolean => {
  const [mine, theirs] = [one, other].map((place) => place.split('.').map(BigInt))
  for (const [index, part] of (mine ?? []).entries()) {
    const against = theirs?.[index] ?? 0n
    if (part !== against) return part < against
  }
  return false
}
