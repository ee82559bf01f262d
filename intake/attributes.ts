import { bracketsOf, CLOSING, HAN, OPENING } from './characters.js'
import { isAttribute, isContent, type Label, labelOf } from './labels.js'
import { append } from './lists.js'

/** A passage of one paragraph: words, or a label with its value. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | {
      readonly kind: 'label'
      readonly label: Label
      readonly value: string
      /** `bracket`: inside (责任单位:…); `inline`: after a sentence; `own-line`: opens its paragraph. */
      readonly stands: 'bracket' | 'inline' | 'own-line'
    }

type Found = {
  readonly label: Label | null
  /** Where the label's first character stands, its opening bracket or its list number not counted. */
  readonly from: number
  readonly valueFrom: number
}

/**
 * Cuts a paragraph into words and label–value pairs. Labels come in any order, in brackets of any kind or
 * in none, with either colon, after any separator; 【责任单位】市环保局 needs no colon. Linear in the text.
 */
export const piecesOf = (paragraph: string): Piece[] => {
  const found = labelsIn(paragraph)
  if (!found.some(({ label }) => label !== null)) return wordsPiece(paragraph)

  const { pairs } = bracketsOf(paragraph)
  const pieces: Piece[] = []
  let at = 0
  let bracket = { open: -1, close: -1 }
  let seen = false
  const among = found.some(({ label }) => label !== null && isAttribute(label))
  for (const [index, { label, from, valueFrom }] of found.entries()) {
    if (from < at || label === null) continue
    const opener = from - 1
    if (from > bracket.close && opener >= at && OPENING.includes(paragraph.charAt(opener))) {
      const close = pairs.get(opener) ?? -1
      if (close > valueFrom) bracket = { open: opener, close }
    }
    const bracketed = bracket.open >= 0 && from > bracket.open && from < bracket.close
    const lead = paragraph.slice(at, bracketed && bracket.open >= at ? bracket.open : from)
    // A question or a measure is announced at the start of its paragraph, or among other labels.
    if (isContent(label) && !seen && !bracketed && !isListNumber(lead) && !(among && /[。;；]$/.test(lead)))
      continue
    const ownLine = !bracketed && isListNumber(lead) && (pieces.length === 0 || lastIsOwnLine(pieces))
    if (!isListNumber(lead)) append(pieces, wordsPiece(withoutOpener(lead)))

    const next = found[index + 1]?.from ?? paragraph.length
    const limit = bracketed ? Math.min(next, bracket.close) : next
    const raw = paragraph.slice(valueFrom, limit)
    const stop = bracketed || ownLine || !isAttribute(label) ? -1 : endOfInline(raw)
    pieces.push({
      kind: 'label',
      label,
      value: isContent(label) ? contentValue(raw) : trimValue(stop < 0 ? raw : raw.slice(0, stop)),
      stands: bracketed ? 'bracket' : ownLine ? 'own-line' : 'inline',
    })
    at = stop < 0 ? limit : valueFrom + stop
    if (bracketed && limit === bracket.close) at = bracket.close + 1
    seen = true
  }
  if (pieces.length === 0) return wordsPiece(paragraph)
  append(pieces, wordsPiece(paragraph.slice(at)))
  return pieces
}

/** Every place that looks like a label, in order; `label` is null for words before a colon that we do not know. */
const labelsIn = (text: string): Found[] => {
  const found: Found[] = []
  const spaced = SPACED.exec(text)
  const opening = spaced ? labelOf(spaced[2] ?? '') : null
  // 责任单位 市环保局: two columns of a sheet, copied as text.
  if (spaced && opening && isAttribute(opening))
    found.push({ label: opening, from: spaced[1]?.length ?? 0, valueFrom: spaced[0].length })
  for (const { 0: hit, index } of text.matchAll(/[:：]|[】〕\]]/g)) {
    const here = hit === ':' || hit === '：' ? beforeColon(text, index) : insideBracket(text, index)
    if (here) found.push(here)
  }
  return found
}

const SPACED = new RegExp(
  `^((?:[(（]?\\d{1,2}[)）.、．]\\s?)?)([${HAN}]{2,10})(?:\\s(?=[${HAN}\\d])|(?=(?:19|20)\\d{2}[年./-]))`,
)
const LOOK_BACK = 24
const BOUNDARY = new RegExp(`[^${HAN}、/]`)

/** The label that ends at this colon. */
const beforeColon = (text: string, colon: number): Found | null => {
  const window = text.slice(Math.max(0, colon - LOOK_BACK), colon).trimEnd()
  const end = colon - (text.slice(Math.max(0, colon - LOOK_BACK), colon).length - window.length)
  // 【责任单位】: and 验收单位(牵头):
  const remark = /[(（][^()（）]{1,8}[)）]$/.exec(window)
  const boxed = remark ? null : /[【〔[]([^【】〔〕[\]]{2,16})[】〕\]]$/.exec(window)
  if (boxed) {
    const label = labelOf(boxed[1] ?? '')
    return label ? { label, from: end - boxed[0].length + 1, valueFrom: colon + 1 } : null
  }
  const body = remark ? window.slice(0, remark.index) : window
  let from = body.length
  while (from > 0 && !BOUNDARY.test(body.charAt(from - 1))) from--
  const words = body.slice(from)
  if (words === '') return null
  const start = end - window.length + from
  const whole = labelOf(words + (remark?.[0] ?? ''))
  const cut = Math.max(words.lastIndexOf('、'), words.lastIndexOf('/')) + 1
  if (whole && (cut === 0 || whole.role === 'units-and-persons'))
    return { label: whole, from: start, valueFrom: colon + 1 }
  // 市住建局、责任人:张三 — the label is what follows the last 、
  const tail = cut > 0 ? labelOf(words.slice(cut) + (remark?.[0] ?? '')) : null
  if (tail) return { label: tail, from: start + cut, valueFrom: colon + 1 }
  const unknown =
    remark === null && words.length <= 8 && (start === 0 || /[;；\s]/.test(text.charAt(start - 1)))
  return unknown ? { label: null, from: start, valueFrom: colon + 1 } : null
}

/** 【责任单位】 followed by its value without a colon. */
const insideBracket = (text: string, close: number): Found | null => {
  const next = text.charAt(close + 1)
  if (next === ':' || next === '：') return null
  const window = text.slice(Math.max(0, close - LOOK_BACK), close)
  const open = Math.max(window.lastIndexOf('【'), window.lastIndexOf('〔'), window.lastIndexOf('['))
  if (open < 0) return null
  const label = labelOf(window.slice(open + 1))
  return label ? { label, from: close - window.length + open + 1, valueFrom: close + 1 } : null
}

/** An inline value ends with its sentence; brackets are left whole. */
const endOfInline = (value: string): number => {
  let depth = 0
  for (let at = 0; at < value.length; at++) {
    const char = value.charAt(at)
    if (OPENING.includes(char)) depth++
    else if (CLOSING.includes(char)) depth--
    else if (depth <= 0 && (char === '。' || char === '\n')) return at + 1
  }
  return -1
}

/** Nothing, or just the number, bullet or bracket before the first label: `(1)责任单位:`, `3.【责任人】`. */
const isListNumber = (text: string): boolean =>
  text.length <= 12 &&
  /^[\s;；,，。、]*(?:[(（]?[\d一二三四五六七八九十①-⑳]{1,3}[)）、.．]?)?[\s;；,，。、(（【〔[-]*$/.test(text)

const lastIsOwnLine = (pieces: readonly Piece[]): boolean => {
  const last = pieces.at(-1)
  return last?.kind === 'label' && last.stands === 'own-line'
}

const withoutOpener = (text: string): string => text.replace(/[(（【〔[]$/, '')

const wordsPiece = (text: string): Piece[] => {
  const words = text.replace(/^[\s;；,，。.、)）】〕\]]+/, '').trim()
  return words === '' ? [] : [{ kind: 'words', text: words }]
}

/** Words keep their full stop. */
const contentValue = (raw: string): string =>
  raw.replace(/^[\s;；,，。.、:：]+/, '').replace(/[\s(（【〔[]+$/, '')

/** Separators around a value, and a bracket without its partner, go. */
const trimValue = (raw: string): string => {
  let value = raw.replace(/^[\s|;；,，。.、:：]+/, '').replace(/[\s|;；,，。.、(（【〔[]+$/, '')
  for (const [open, close] of [
    ['(', ')'],
    ['（', '）'],
    ['【', '】'],
    ['[', ']'],
  ] as const) {
    if (value.endsWith(close) && !value.includes(open) && !value.includes(open === '(' ? '（' : '(')) {
      value = value.slice(0, -1).replace(/[\s;；,，。]+$/, '')
    }
  }
  return value
}
