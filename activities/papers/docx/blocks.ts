import {
  AlignmentType,
  BorderStyle,
  TableRow as DocxRow,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  VerticalAlign,
  WidthType,
} from 'docx'
import { never } from '../../../domain/refusal.js'
import type { Block, LabelledValue, ParagraphBlock, TableRow } from '../document.js'
import { bodyRun, smallRun } from './faces.js'
import { type LineOptions, smallParagraph, textParagraph } from './lines.js'
import { BLACK, mm, points, TEXT_WIDTH } from './measures.js'

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

/** Widths of the four columns: label, value, label, value. */
const LABEL = mm(34)
const HALF_VALUE = Math.floor(TEXT_WIDTH / 2) - LABEL
const COLUMNS = [LABEL, HALF_VALUE, LABEL, TEXT_WIDTH - 2 * LABEL - HALF_VALUE] as const

const outer = { style: BorderStyle.SINGLE, size: 8, color: BLACK } as const
const inner = { style: BorderStyle.SINGLE, size: 4, color: BLACK } as const

export const table = (rows: readonly TableRow[]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: COLUMNS,
    alignment: AlignmentType.CENTER,
    borders: {
      top: outer,
      bottom: outer,
      left: outer,
      right: outer,
      insideHorizontal: inner,
      insideVertical: inner,
    },
    margins: { marginUnitType: WidthType.DXA, top: mm(0.6), bottom: mm(0.6), left: mm(1.2), right: mm(1.2) },
    rows: rows.map(tableRow),
  })

const tableRow = (row: TableRow): DocxRow => {
  const [first, second] = row
  return new DocxRow({
    children: second
      ? [labelCell(first), valueCell(first, 1), labelCell(second), valueCell(second, 1)]
      : [labelCell(first), valueCell(first, 3)],
  })
}

const labelCell = ({ label }: LabelledValue): TableCell =>
  new TableCell({
    width: { size: LABEL, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    children: [smallParagraph([smallRun(label, 'hei')], { alignment: AlignmentType.CENTER })],
  })

const valueCell = ({ value }: LabelledValue, columnSpan: number): TableCell =>
  new TableCell({
    columnSpan,
    width: { size: columnSpan === 1 ? HALF_VALUE : TEXT_WIDTH - LABEL, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    children: (value.length === 0 ? [''] : value).map((text) => smallParagraph([smallRun(text)])),
  })
