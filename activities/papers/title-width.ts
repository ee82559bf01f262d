import { widthOf } from './letters.js'

/** May not begin a line; may not end one. */
const NOT_FIRST = /^[、。”’》〕】…,.;:?!)\u{FF01}\u{FF09}\u{FF0C}\u{FF1A}\u{FF1B}\u{FF1F}]/u
const NOT_LAST = /[“‘《〔【(\u{FF08}]$/u

const words = new Intl.Segmenter('zh-CN', { granularity: 'word' })

/** Numbers of letters after which a line may end: between words, and not against the rules of punctuation. */
const breaksOf = (title: string): ReadonlySet<number> => {
  const letters = [...title]
  const ends = new Set<number>()
  let at = 0
  for (const { segment } of words.segment(title)) {
    at += [...segment].length
    if (!NOT_FIRST.test(letters[at] ?? '') && !NOT_LAST.test(letters[at - 1] ?? '')) ends.add(at)
  }
  return ends
}

/** Where the lines end when a word processor fills them up to `width`. */
const endsOf = (letters: readonly string[], width: number): readonly number[] => {
  const ends: number[] = []
  let line = 0
  letters.forEach((letter, index) => {
    const letterWidth = widthOf(letter)
    if (line + letterWidth > width) {
      ends.push(index)
      line = 0
    }
    line += letterWidth
  })
  return ends
}

/**
 * The width, in characters, at which a title fills as few lines as `full` allows, nearly even ones that end between
 * words (GB/T 9704-2012, 7.3.1: 词意完整,排列对称,长短适宜). The title stays one text, to be edited and to be found.
 */
export const titleWidth = (title: string, full: number): number => {
  const letters = [...title]
  const lines = endsOf(letters, full).length + 1
  if (lines === 1) return full
  const allowed = breaksOf(title)
  const widths = Array.from({ length: full }, (_, index) => full - index)
    .toReversed()
    .filter((width) => endsOf(letters, width).length + 1 === lines)
  return widths.find((width) => endsOf(letters, width).every((end) => allowed.has(end))) ?? widths[0] ?? full
}
