/** Something the person at the terminal can mend: its message is one plain Chinese sentence or two. */
export class Trouble extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
