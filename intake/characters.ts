/** Source of a character class: Han characters, 〇 and ○ as digits included. */
export const HAN = '\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff〇○'

export const OPENING = '(（【[〔［「'
export const CLOSING = ')）】]〕］」'

const PARTNER = new Map([...OPENING].map((open, at) => [open, CLOSING.charAt(at)]))
/** ( is closed by ) as well as by ): plans mix the two widths. */
const sameBracket = (open: string, close: string): boolean =>
  PARTNER.get(open) === close ||
  ('(（'.includes(open) && ')）'.includes(close)) ||
  ('[［〔'.includes(open) && ']］〕'.includes(close))

/** Han characters, Latin letters and digits: nothing is bracketed or parted by them. */
const isPlain = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) || (code >= 48 && code <= 57) || (code >= 97 && code <= 122)

export type Brackets = {
  /** Where each bracket that opens is closed, by position. */
  readonly pairs: ReadonlyMap<number, number>
  /** Brackets that are never closed. */
  readonly unclosed: readonly number[]
}

/** The brackets of a text in one pass; a closing bracket without its opening one is passed over. */
export const bracketsOf = (text: string): Brackets => {
  const pairs = new Map<number, number>()
  const stack: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (isPlain(text.charCodeAt(at))) continue
    const char = text.charAt(at)
    if (OPENING.includes(char)) stack.push(at)
    else if (CLOSING.includes(char)) {
      const open = stack.at(-1)
      if (open === undefined || !sameBracket(text.charAt(open), char)) continue
      stack.pop()
      pairs.set(open, at)
    }
  }
  return { pairs, unclosed: stack }
}

/** Pieces of `text` between the characters of `separators`, brackets left whole. */
export const splitOutside = (text: string, separators: string): string[] => {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (isPlain(text.charCodeAt(at))) continue
    const char = text.charAt(at)
    if (OPENING.includes(char)) depth++
    else if (CLOSING.includes(char)) depth = Math.max(0, depth - 1)
    else if (depth === 0 && separators.includes(char)) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

export type Span = { readonly text: string; readonly from: number }

/** Sentences with their place, cut at 。!? and at semicolons, brackets left whole. */
export const sentencesOf = (text: string, stops = '。!?！？;；\n'): Span[] => {
  const spans: Span[] = []
  let from = 0
  for (const part of splitOutside(text, stops)) {
    const lead = part.length - part.trimStart().length
    if (part.trim() !== '') spans.push({ text: part.trim(), from: from + lead })
    from += part.length + 1
  }
  return spans
}
