import { LineRuleType, Paragraph, type Table } from 'docx'
import { never } from '../../../domain/refusal.js'
import type { Block, LabelledValue, ParagraphBlock } from '../document.js'
import { bodyRun } from './faces.js'
import { type LineOptions, textParagraph } from './lines.js'
import { mm, points } from './measures.js'
import { table } from './table.js'

/**
 * The text between addressee and signature. Its last block keeps with what follows: a signature never stands on a page
 * without text.
 */
export const text = (blocks: readonly Block[]): readonly (Paragraph | Table)[] =>
  blocks.flatMap((block, index) => parts(block, index === blocks.length - 1 ? { keepNext: true } : {}))

const parts = (block: Block, options: LineOptions): readonly (Paragraph | Table)[] => {
  switch (block.kind) {
    case 'paragraph':
      return [paragraph(block, options)]
    case 'lines':
      return block.lines.flatMap((line) => labelledLines(line, options))
    case 'table':
      return [gap(mm(1.5)), table(block.rows), gap(points(1))]
    default:
      return never(block)
  }
}

const paragraph = ({ lead, text: words }: ParagraphBlock, options: LineOptions): Paragraph =>
  textParagraph(
    [...(lead ? [bodyRun(lead.text, lead.face)] : []), ...(words === '' ? [] : [bodyRun(words)])],
    options,
  )

const labelledLines = ({ label, value }: LabelledValue, options: LineOptions): readonly Paragraph[] => {
  const [first, ...rest] = value
  return [
    textParagraph([bodyRun(`${label}\u{FF1A}`, 'hei'), bodyRun(first ?? '')], options),
    ...rest.map((words) => textParagraph([bodyRun(words)], options)),
  ]
}

/** Keeps a table's rules off the line above it; a file must have a paragraph under it, too. */
const gap = (line: number): Paragraph =>
  new Paragraph({ spacing: { line, lineRule: LineRuleType.EXACT }, run: { size: 2 } })
