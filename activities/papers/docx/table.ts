import {
  AlignmentType,
  BorderStyle,
  TableRow as DocxRow,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { LabelledValue, TableRow } from '../document.js'
import { widthOf } from '../letters.js'
import { type Face, faceOf } from './faces.js'
import { BLACK, halfPoints, mm, points, TEXT_WIDTH } from './measures.js'

/** Sizes in points: 四号, or 小四 where that keeps a slip on one page. */
type Setting = { readonly size: number; readonly line: number }
const ROOMY: Setting = { size: 14, line: 22 }
const COMPACT: Setting = { size: 12, line: 18 }

/** Height in points that a slip's page leaves its table, under head, title, addressee and two lines of text. */
const ROOM = 365

/** Widths of the four columns: label, value, label, value. */
const LABEL = mm(34)
const HALF_VALUE = Math.floor(TEXT_WIDTH / 2) - LABEL
const WHOLE_VALUE = TEXT_WIDTH - LABEL
const COLUMNS = [LABEL, HALF_VALUE, LABEL, WHOLE_VALUE - LABEL - HALF_VALUE] as const
const PADDING = { top: mm(0.6), bottom: mm(0.6), left: mm(1.2), right: mm(1.2) } as const

/** Label and value in ruled cells, over the whole type area. */
export const table = (rows: readonly TableRow[]): Table => {
  const setting = heightOf(rows, ROOMY) <= ROOM ? ROOMY : COMPACT
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: COLUMNS,
    alignment: AlignmentType.CENTER,
    borders: {
      top: OUTER,
      bottom: OUTER,
      left: OUTER,
      right: OUTER,
      insideHorizontal: INNER,
      insideVertical: INNER,
    },
    margins: { marginUnitType: WidthType.DXA, ...PADDING },
    rows: rows.map((row) => tableRow(row, setting)),
  })
}

const OUTER = { style: BorderStyle.SINGLE, size: 8, color: BLACK } as const
const INNER = { style: BorderStyle.SINGLE, size: 4, color: BLACK } as const

const heightOf = (rows: readonly TableRow[], { size, line }: Setting): number => {
  const fits = (WHOLE_VALUE - PADDING.left - PADDING.right) / points(size)
  const linesOf = (text: string): number => Math.max(1, Math.ceil(widthOf(text) / fits))
  const padding = (PADDING.top + PADDING.bottom) / 20
  // Values side by side are short: one line each.
  const heights = rows.map(([{ value }, second]) => {
    const lines = second ? 1 : value.reduce((sum, text) => sum + linesOf(text), 0)
    return Math.max(1, lines) * line + padding
  })
  return heights.reduce((sum, height) => sum + height, 0)
}

const tableRow = ([first, second]: TableRow, setting: Setting): DocxRow =>
  new DocxRow({
    children: second
      ? [
          labelCell(first, setting),
          valueCell(first, 1, setting),
          labelCell(second, setting),
          valueCell(second, 1, setting),
        ]
      : [labelCell(first, setting), valueCell(first, 3, setting)],
  })

const labelCell = ({ label }: LabelledValue, setting: Setting): TableCell =>
  new TableCell({
    width: { size: LABEL, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    children: [cellLine(label, 'hei', setting, AlignmentType.CENTER)],
  })

const valueCell = ({ value }: LabelledValue, columnSpan: number, setting: Setting): TableCell =>
  new TableCell({
    columnSpan,
    width: { size: columnSpan === 1 ? HALF_VALUE : WHOLE_VALUE, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    children: (value.length === 0 ? [''] : value).map((text) =>
      cellLine(text, 'fang', setting, AlignmentType.LEFT),
    ),
  })

const cellLine = (
  text: string,
  face: Face,
  { size, line }: Setting,
  alignment: (typeof AlignmentType)['LEFT' | 'CENTER'],
): Paragraph =>
  new Paragraph({
    alignment,
    widowControl: false,
    spacing: { line: points(line), lineRule: LineRuleType.EXACT },
    children: [new TextRun({ text, font: faceOf(face), size: halfPoints(size) })],
  })
