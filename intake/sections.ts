import { type Piece, piecesOf } from './attributes.js'
import { isAttribute, isContent } from './labels.js'
import { type Marker, markerOf, STYLES } from './markers.js'
import type { Paragraph } from './paragraphs.js'

/** A heading or a numbered item with what stands under it. */
export type Section = {
  /** The heading in the plan's words, its number included; '' for the whole text. */
  readonly title: string
  /** How it is numbered: a marker's style, `#` and the depth for markdown, `root`. */
  readonly style: string
  readonly paragraphs: Passage[]
  readonly children: Section[]
}

export type Passage = {
  readonly paragraph: Paragraph
  /** True for the paragraph that opens its section. */
  readonly opens: boolean
  /** The words and labels in it; a heading's number is not among them. */
  readonly pieces: readonly Piece[]
}

type Open = {
  readonly section: Section
  readonly rank: number
  number: number
  labelled: boolean
  listing: boolean
}

const MARKDOWN_RANK = -10
const rankOf = (style: string): number => (STYLES as readonly string[]).indexOf(style)

/**
 * Reads the outline. A number that is followed by a label (2.整改措施:) is no heading. A style not yet open
 * starts a level below when it counts from 1, so any order of 一、 (一) 1. (1) is followed.
 */
export const sectionsOf = (paragraphs: readonly Paragraph[]): Section => {
  const root: Section = { title: '', style: 'root', paragraphs: [], children: [] }
  const stack: Open[] = [{ section: root, rank: -100, number: 0, labelled: false, listing: false }]
  const top = (): Open =>
    stack.at(-1) ?? { section: root, rank: -100, number: 0, labelled: false, listing: false }

  for (const paragraph of paragraphs) {
    const marker = paragraph.cells.length > 0 ? null : markerOf(paragraph.text)
    const pieces = piecesOf(marker ? marker.rest : paragraph.text)
    const [first] = pieces
    // (一)问题:… opens an item; 2.整改措施:… goes on with one.
    const opensWithLabel = first?.kind === 'label' && first.label.role !== 'problem'
    if ((marker === null || opensWithLabel) && paragraph.heading === 0) {
      const here = top()
      here.section.paragraphs.push({ paragraph, opens: false, pieces })
      note(here, pieces)
      continue
    }
    const style = paragraph.heading > 0 ? `#${paragraph.heading}` : (marker?.style ?? '')
    const rank = paragraph.heading > 0 ? MARKDOWN_RANK + paragraph.heading : rankOf(style)
    const number = marker?.number ?? 0
    const depth = paragraph.heading > 0 ? aboveMarkdown(stack, rank) : depthFor(stack, style, rank, marker)
    stack.length = depth
    const section: Section = { title: titleOf(paragraph.text), style, paragraphs: [], children: [] }
    top().section.children.push(section)
    const open: Open = { section, rank, number, labelled: false, listing: false }
    stack.push(open)
    section.paragraphs.push({ paragraph, opens: true, pieces })
    note(open, pieces)
  }
  return root
}

/** Remembers whether this level has its parties, and whether a list (整改措施:) has just been announced. */
const note = (open: Open, pieces: readonly Piece[]) => {
  const last = pieces.at(-1)
  for (const piece of pieces) if (piece.kind === 'label' && isAttribute(piece.label)) open.labelled = true
  open.listing = last?.kind === 'label' && isContent(last.label) && last.stands === 'own-line'
}

const aboveMarkdown = (stack: readonly Open[], rank: number): number => {
  const at = stack.findIndex((open) => open.rank > -100 && (open.rank >= rank || open.rank >= 0))
  return at < 0 ? stack.length : at
}

/** How many of the open levels stay open above an item so numbered. */
const depthFor = (stack: readonly Open[], style: string, rank: number, marker: Marker | null): number => {
  const number = marker?.number ?? 0
  const same = stack.flatMap((open, at) => (open.section.style === style ? [at] : []))
  const innermost = same.at(-1)
  if (innermost === undefined) {
    const outer = stack.findIndex((open) => open.rank >= 0 && open.rank > rank)
    if (outer < 0) return stack.length
    return number === 1 && rank > 1 ? stack.length : outer
  }
  // A list inside 整改措施: that counts from 1 in the style of the item it stands in.
  if (number === 1 && innermost === stack.length - 1 && stack[innermost]?.listing && innermost < DEEPEST)
    return stack.length
  const next = [...same].reverse().find((at) => stack[at]?.number === number - 1)
  return next ?? innermost
}

/** No paper numbers its items deeper. */
const DEEPEST = 12

const LONGEST_TITLE = 60

/** The caption of an item: its first sentence, without the bracket that may follow. */
const titleOf = (text: string): string => {
  const sentence = /^[^。\n]*/.exec(text)?.[0] ?? text
  const caption = sentence.replace(/[(（【〔[][^(（【〔[]{0,40}[:：].*$/, '')
  return (caption || sentence).slice(0, LONGEST_TITLE)
}
