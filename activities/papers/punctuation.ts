/**
 * Full-width marks, written by their code points: on screens and in diffs they are easily taken for their ASCII twins,
 * and some tools turn one into the other.
 */
const FULL: Readonly<Record<string, string>> = {
  ',': '\u{FF0C}',
  ':': '\u{FF1A}',
  ';': '\u{FF1B}',
  '!': '\u{FF01}',
  '?': '\u{FF1F}',
}
const OPEN = '\u{FF08}'
const CLOSE = '\u{FF09}'

const CHINESE = '\\p{Script=Han}\\u{2014}\\u{2018}-\\u{201D}\\u{2026}\\u{3001}-\\u{3017}\\u{FF01}-\\u{FF1F}'
const AFTER_CHINESE = new RegExp(`(?<=[${CHINESE}])[,:;!?]`, 'gu')
const BEFORE_CHINESE = new RegExp(`[,;:](?=[${CHINESE}])`, 'gu')
const AROUND_CHINESE = new RegExp(`\\(([^()]*[${CHINESE}][^()]*)\\)`, 'gu')

const full = (mark: string): string => FULL[mark] ?? mark

/**
 * A sentence of ours with the full-width marks of Chinese print where the marks stand between Chinese words; times,
 * addresses and figures keep theirs. Not for what is quoted: the plan's own words are printed as they are.
 */
export const chineseMarks = (text: string): string =>
  text
    .replaceAll(AROUND_CHINESE, (_, inner: string) => `${OPEN}${inner}${CLOSE}`)
    .replaceAll(AFTER_CHINESE, full)
    .replaceAll(BEFORE_CHINESE, full)
