/** Characters XML 1.0 has no place for, and noncharacters. */
const UNPRINTABLE = /[\p{Cc}\u{FFFE}\u{FFFF}]/gu
/** Half of a character: what is left of a text cut in the wrong place. */
const LONE_SURROGATE = /\p{Surrogate}/gu
/** Marks that turn the reading direction or hide: on a paper they could make a text read as another. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u00AD]/gu
const LINE_BREAK = /\r\n?|[\n\v\f\u0085\u2028\u2029]/u

/** One line of text that any word processor can show. */
export const printable = (text: string): string =>
  text
    .replaceAll(LONE_SURROGATE, '\u{FFFD}')
    .split(LINE_BREAK)
    .join(' ')
    .replaceAll('\t', ' ')
    .replaceAll(UNPRINTABLE, '')
    .replaceAll(INVISIBLE, '')
    .trim()

/** The text's own paragraphs, each printable; empty ones are left out. */
export const printableParagraphs = (text: string): readonly string[] =>
  text
    .split(LINE_BREAK)
    .map(printable)
    .filter((line) => line !== '')
