/**
 * The one error of this room: the input is no plan that can be read.
 * Its message is one Chinese sentence for the person who brought the file.
 */
export class UnreadablePlan extends Error {
  override readonly name = 'UnreadablePlan'
}
