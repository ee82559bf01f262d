/** The terminal as a page: columns that line up also where a character is two columns wide. */

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** Columns a text takes at the terminal. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0)

/** `text`, filled with spaces up to `width` columns. */
export const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** `1.32.0` → `1.32`: the last zero tells nobody anything. */
export const shortVersion = (version: string): string => version.replace(/^(\d+\.\d+)\.0$/, '$1')
