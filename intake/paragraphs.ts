import { piecesOf } from './attributes.js'
import { bracketsOf } from './characters.js'
import { isFurniture } from './furniture.js'
import { labelOf } from './labels.js'
import type { Line } from './lines.js'
import { markerOf } from './markers.js'

/** One or more lines that are read as one: a bracket (责任单位:…) may run over several. */
export type Paragraph = {
  readonly from: number
  readonly to: number
  readonly text: string
  readonly heading: number
  readonly cells: readonly string[]
}

/** A bracket or a list of units that is not closed within so many lines is left as it stands. */
const LONGEST_RUN = 30

/** The lines that hold something, without the furniture of the page. */
export const paragraphsOf = (lines: readonly Line[]): Paragraph[] => {
  const held = lines.filter(({ text, cells }) => text !== '' && (cells.length > 0 || !isFurniture(text)))
  const paragraphs: Paragraph[] = []
  for (let at = 0; at < held.length; at++) {
    const line = held[at]
    if (!line) break
    const run = line.cells.length > 0 ? 1 : runFrom(held, at)
    const text = held
      .slice(at, at + run)
      .map((each) => each.text)
      .join('')
    paragraphs.push({
      from: line.n,
      to: held[at + run - 1]?.n ?? line.n,
      text,
      heading: line.heading,
      cells: line.cells,
    })
    at += run - 1
  }
  return paragraphs
}

/** How many lines belong together from here on: 1, or as many as a list broken across lines needs. */
const runFrom = (lines: readonly Line[], at: number): number => {
  let text = lines[at]?.text ?? ''
  if (text.length > LONGEST_LINE) return 1
  const bracket = openAttribute(text)
  let run = 1
  for (; run < LONGEST_RUN && at + run < lines.length; run++) {
    if (bracket ? !openAttribute(text) : !isOpenList(text)) return run
    const next = lines[at + run]
    if (!next || next.cells.length > 0 || next.heading > 0 || next.text.length > LONGEST_LINE) break
    const adjoins = next.n === (lines[at + run - 1]?.n ?? 0) + 1
    if (!bracket && (!adjoins || markerOf(next.text) || startsLabel(next.text))) return run
    text += next.text
  }
  return bracket && openAttribute(text) ? 1 : run
}
const LONGEST_LINE = 2_000

/** A bracket that opens on a label and is not closed. */
const openAttribute = (text: string): boolean =>
  bracketsOf(text).unclosed.some((at) => {
    const label = /^([^:：]{2,16})[:：]/.exec(text.slice(at + 1, at + 20))
    return label !== null && labelOf(label[1] ?? '') !== null
  })

/** 责任单位:市环保局、 — the list goes on in the next line. */
const isOpenList = (text: string): boolean => /[、,，]$/.test(text) && startsLabel(text)

const startsLabel = (text: string): boolean => piecesOf(text.slice(0, 60))[0]?.kind === 'label'
