import { sha256Of } from '../record/chain.js'
import type { Sha256 } from '../words.js'

/**
 * Random draws that anybody can draw again (JN-11, HH-12): each member of the population gets the SHA-256 of the seed, a line
 * break and its own name; the lowest `take` are drawn, in that order. The order in which the population is given, and names given
 * twice, make no difference.
 * @throws RangeError when `take` is not a whole number from 0 to the size of the population.
 */
export const draw = <T extends string>(
  population: readonly T[],
  seed: string,
  take: number,
): readonly T[] => {
  const members = membersOf(population)
  if (!Number.isInteger(take) || take < 0 || take > members.length)
    throw new RangeError(`cannot draw ${take} of ${members.length}`)
  return members
    .map((name) => ({ name, lot: sha256Of(`${seed}\n${name}`) }))
    .toSorted((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : 0))
    .slice(0, take)
    .map(({ name }) => name)
}

/** What a draw was made from, in one line: SHA-256 over the sorted names, one a line. */
export const populationHash = (population: readonly string[]): Sha256 =>
  sha256Of(membersOf(population).join('\n'))

const membersOf = <T extends string>(population: readonly T[]): readonly T[] =>
  [...new Set(population)].toSorted()
