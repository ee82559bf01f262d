/** A place inside a policy file, from the outermost key to the innermost. */
export type Path = readonly (string | number)[]

/** What is wrong at a place, in Chinese, with what to write instead. */
export type Fault = { readonly path: Path; readonly reason: string }

/** A fault with its place in the text; line and column count from 1. */
export type Problem = Fault & { readonly line: number; readonly column: number }

/** The file was read but may not be used; every problem is named, in the order of the text. */
export class PolicyProblems extends Error {
  override readonly name = 'PolicyProblems'
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map(({ line, reason }) => `${file}:${line}: ${reason}`).join('\n'))
  }
}

/** The file cannot be read at all; `message` is one Chinese sentence. */
export class UnreadablePolicy extends Error {
  override readonly name = 'UnreadablePolicy'
}
