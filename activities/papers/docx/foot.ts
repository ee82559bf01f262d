import {
  AlignmentType,
  FrameAnchorType,
  HorizontalPositionAlign,
  type IParagraphOptions,
  LineRuleType,
  Paragraph,
  ShadingType,
  Tab,
  TabStopType,
  VerticalPositionAlign,
} from 'docx'
import type { OfficialPaper } from '../document.js'
import { widthOf } from '../letters.js'
import { smallRun } from './faces.js'
import { smallParagraph } from './lines.js'
import { BLACK, mm, points, SMALL_SIZE, TEXT_WIDTH } from './measures.js'

/** 首条、末条分隔线, and the one between. */
const THICK = mm(0.35)
const THIN = mm(0.25)

const CHARACTER = points(SMALL_SIZE)

/** Holds the lines at the foot of the type area of the page on which the text ends. */
const frame: NonNullable<IParagraphOptions['frame']> = {
  type: 'alignment',
  width: TEXT_WIDTH,
  height: 0,
  anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
  alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM },
}

/** 版记: 抄送机关, 印发机关 and 印发日期 between their rules; a letter has 抄送 alone, without rules. */
export const foot = (paper: OfficialPaper): readonly Paragraph[] => {
  const copies = paper.copies.length === 0 ? [] : [copiesLine(paper.copies)]
  const printed = paper.printed ? [printedLine(paper.printed)] : []
  const lines = [...copies, ...printed]
  if (lines.length === 0) return []
  return paper.form === 'letter' ? [...lines, anchor()] : [...ruled(lines), anchor()]
}

/** A thick rule over the first line and under the last, thin ones between. */
const ruled = (lines: readonly Paragraph[]): readonly Paragraph[] => [
  ...lines.flatMap((line, index) => [rule(index === 0 ? THICK : THIN), line]),
  rule(THICK),
]

/** A black line of that height. LibreOffice lets a paragraph with a border fall out of its frame; a shaded one stays. */
const rule = (height: number): Paragraph =>
  new Paragraph({
    frame,
    widowControl: false,
    shading: { type: ShadingType.CLEAR, color: 'auto', fill: BLACK },
    spacing: { line: height, lineRule: LineRuleType.EXACT },
    run: { size: 2 },
  })

/** A frame belongs to the page of the paragraph after it: one too low to be seen. */
const anchor = (): Paragraph =>
  new Paragraph({ spacing: { line: 20, lineRule: LineRuleType.EXACT }, run: { size: 2 } })

const copiesLine = (copies: readonly string[]): Paragraph =>
  smallParagraph([smallRun(`抄送\u{FF1A}${copies.join('\u{FF0C}')}。`)], {
    frame,
    alignment: AlignmentType.BOTH,
    indent: { left: 4 * CHARACTER, hanging: 3 * CHARACTER, right: CHARACTER },
  })

/** 印发机关 one character from the left, narrowed where it would run into 印发日期, one from the right. */
const printedLine = (printed: { readonly by: string; readonly on: string }): Paragraph => {
  const date = `${printed.on}印发`
  const room = TEXT_WIDTH / CHARACTER - widthOf(date) - 4
  const scale = Math.min(1, room / Math.max(1, widthOf(printed.by)))
  return smallParagraph(
    [
      smallRun(printed.by, 'fang', scale < 1 ? { scale: Math.floor(scale * 100) } : {}),
      smallRun('', 'fang', { children: [new Tab()] }),
      smallRun(date),
    ],
    {
      frame,
      indent: { left: CHARACTER },
      tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH - CHARACTER }],
    },
  )
}
