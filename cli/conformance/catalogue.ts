/** How many clauses each city's plan has in the catalogue, and the rules of every city. The ids are `CD-01` … `GN-13`. */
const CLAUSES = { CD: 21, JN: 22, YZ: 17, HH: 15, HY: 12, GN: 13 } as const

/** The 100 clauses by id, city after city. */
export const catalogue: readonly string[] = Object.entries(CLAUSES).flatMap(([city, count]) =>
  Array.from({ length: count }, (_, index) => `${city}-${String(index + 1).padStart(2, '0')}`),
)
