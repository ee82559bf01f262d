/**
 * Something the person at the terminal can mend: its message is one or two plain Chinese sentences,
 * shown without a stack.
 */
export class Trouble extends Error {
  override readonly name: string = 'Trouble'
}
