import { createHash } from 'node:crypto'

/** Chance that can be had again from its seed. */
export type Random = {
  /** A whole number from `least` to `most`, both possible. */
  readonly between: (least: number, most: number) => number
  /** True in so many of a hundred cases. */
  readonly inHundred: (many: number) => boolean
  readonly oneOf: <T>(items: readonly [T, ...T[]]) => T
}

const FOUR_BYTES = 2 ** 32

/** Numbers from 0 to 1, the same for the same seed: SHA-256 of the seed and a counter. */
const stream = (seed: string): (() => number) => {
  let count = 0
  return () => {
    const hash = createHash('sha256').update(`${seed}\n${count++}`).digest()
    return hash.readUInt32BE(0) / FOUR_BYTES
  }
}

export const randomFrom = (seed: string): Random => {
  const next = stream(seed)
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    between,
    inHundred: (many) => next() * 100 < many,
    oneOf: (items) => items[between(0, items.length - 1)] ?? items[0],
  }
}
