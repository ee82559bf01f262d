import { catalogue } from './catalogue.js'

/** One acceptance test as the test runner reports it. */
export type Acceptance = { readonly title: string; readonly passed: boolean }

export type Verdict = {
  readonly clause: string
  readonly state: 'kept' | 'not yet' | 'broken'
  /** What its tests showed, in their own words. */
  readonly shown: readonly string[]
}

/** A test is about the clauses its title begins with: `YZ-07 YZ-08 a refusal …`. */
const clausesOf = (title: string): readonly string[] => {
  const ids: string[] = []
  for (const word of title.split(/\s+/)) {
    if (!/^[A-Z]{2}-\d{2}$/.test(word)) break
    ids.push(word)
  }
  return ids
}

/** Kept: at least one acceptance test names the clause, and all that do have passed. */
export const verdictsOn = (tests: readonly Acceptance[]): readonly Verdict[] =>
  catalogue.map((clause) => {
    const about = tests.filter(({ title }) => clausesOf(title).includes(clause))
    const shown = about.map(({ title }) => title.replace(/^([A-Z]{2}-\d{2}\s+)+/, ''))
    if (about.length === 0) return { clause, state: 'not yet', shown }
    return { clause, state: about.every(({ passed }) => passed) ? 'kept' : 'broken', shown }
  })

/** A title that names a clause the catalogue does not have is a mistake, not a clause more. */
export const strangers = (tests: readonly Acceptance[]): readonly string[] => [
  ...new Set(tests.flatMap(({ title }) => clausesOf(title).filter((id) => !catalogue.includes(id)))),
]
