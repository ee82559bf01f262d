/** A command line that cannot be meant; its message is one plain Chinese sentence. The program ends with 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}
