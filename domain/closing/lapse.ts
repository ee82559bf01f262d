import type { ClosingState } from '../case/state.js'

/** The sign-offs a refusal, a withdrawal or changed evidence makes lapse: none of them is lost from the record (YZ-08). */
export const lapsedSignOffs = ({ signOffs }: ClosingState): readonly string[] =>
  signOffs.map(({ title, name }) => `${title} ${name}`)
