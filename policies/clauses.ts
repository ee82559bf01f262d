import type { Clause } from '../domain/words.js'

/** How many clauses each part of the catalogue has; they are numbered from 01 without a gap. */
const PARTS = { CD: 21, JN: 22, YZ: 17, HH: 15, HY: 12, GN: 13 } as const

/** Every clause of the catalogue, in its order: 100 of them. */
export const CLAUSES: readonly Clause[] = Object.entries(PARTS).flatMap(([part, count]) =>
  Array.from({ length: count }, (_, index) => `${part}-${String(index + 1).padStart(2, '0')}` as Clause),
)

const KNOWN: ReadonlySet<string> = new Set(CLAUSES)
const LOOKS_LIKE_A_CLAUSE = /\b[A-Z]{2}-\d+\b/g

export const isClause = (text: string): text is Clause => KNOWN.has(text)

/** Whatever in a text is written like a clause, whether the catalogue has it or not. */
export const citedIn = (text: string): readonly string[] => text.match(LOOKS_LIKE_A_CLAUSE) ?? []
