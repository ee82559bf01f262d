/** Latin letters, figures and their punctuation: half as wide as a Chinese character. */
const HALF = /[\u{20}-\u{24F}]/u

/** Width of a text in characters of its own size. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, letter) => width + (HALF.test(letter) ? 0.5 : 1), 0)
