import { AlignmentType, BorderStyle, LineRuleType, Paragraph, Tab, TabStopType } from 'docx'
import type { OfficialPaper } from '../document.js'
import { widthOf } from '../letters.js'
import { chineseMarks } from '../punctuation.js'
import { titleWidth } from '../title-width.js'
import { bodyRun, markRun, titleRun } from './faces.js'
import { bodyParagraph } from './lines.js'
import {
  CHARACTER,
  LETTER,
  LETTER_RULE_INDENT,
  LINE,
  mm,
  points,
  RED,
  TEXT_WIDTH,
  TITLE_LINE,
  TITLE_SIZE,
} from './measures.js'

/** What a drill's paper says in red over everything else, on every page. */
export const DRILL_LINE = chineseMarks('演练文书,仅供演练使用,不作为办理依据')

/** The line of a drill; its height is that of `line`, in twips. */
export const drillLine = (line: number): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { line, lineRule: LineRuleType.EXACT },
    children: [bodyRun(DRILL_LINE, 'hei', { color: RED })],
  })

/** The mark's largest size in points, and how far its letters may be narrowed before it takes two lines. */
const MARK_SIZE = { document: 42, letter: 36, slip: 36 } as const
const NARROWEST = 0.55

/** 发文机关标志: one line across the type area; a long name is set smaller and narrower, as offices do. */
const mark = (
  text: string,
  largest: number,
): { readonly size: number; readonly run: ReturnType<typeof markRun> } => {
  const room = (TEXT_WIDTH / 20) * 0.98
  const width = Math.max(widthOf(text), 1)
  const size = Math.max(24, Math.min(largest, Math.floor(room / (width * 0.62))))
  const scale = Math.max(NARROWEST, Math.min(1, room / (width * size)))
  const percent = Math.floor(scale * 100)
  return { size, run: markRun(text, size, { color: RED, ...(percent < 100 ? { scale: percent } : {}) }) }
}

const markParagraph = (text: string, largest: number, before: number): Paragraph => {
  const { size, run } = mark(text, largest)
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before, line: points(size * 1.25), lineRule: LineRuleType.EXACT },
    children: [run],
  })
}

/** Four millimetres under the last line of the head. */
const RULE_GAP = 11

const redRule = { bottom: { style: BorderStyle.SINGLE, size: 18, color: RED, space: RULE_GAP } } as const

/** 版头 of 下行文, 上行文 and 单: mark, number, red rule. */
export const documentHead = (paper: OfficialPaper): readonly Paragraph[] => {
  const isSlip = paper.form === 'slip'
  const isDrill = paper.drill === 'drill'
  const aboveMark = isSlip ? mm(isDrill ? 3 : 0) : mm(35) - (isDrill ? LINE : 0)
  const size = isSlip ? MARK_SIZE.slip : MARK_SIZE.document
  return [
    ...(isDrill ? [drillLine(LINE)] : []),
    markParagraph(paper.letterhead, size, aboveMark),
    paper.form === 'upward' ? numberAndSigner(paper) : numberLine(paper.number, isSlip ? LINE / 2 : 2 * LINE),
  ]
}

const numberLine = (number: string, before: number): Paragraph =>
  bodyParagraph([bodyRun(number)], {
    alignment: AlignmentType.CENTER,
    spacing: { before: Math.round(before) },
    border: redRule,
  })

/** 上行文: the number one character in from the left, 签发人 one from the right. */
const numberAndSigner = ({ number, signer = '' }: OfficialPaper): Paragraph =>
  bodyParagraph(
    [
      bodyRun(number),
      bodyRun('', 'fang', { children: [new Tab()] }),
      bodyRun('签发人\u{FF1A}'),
      bodyRun(signer === '' ? '      ' : signer, 'kai'),
    ],
    {
      // An indent would shorten the red rule with the text: the space is a character instead.
      tabStops: [{ type: TabStopType.RIGHT, position: Math.round(TEXT_WIDTH - CHARACTER) }],
      spacing: { before: 2 * LINE },
      border: redRule,
    },
  )

/** 信函格式: mark and double red rule, in the head of the first page. */
export const letterHead = (paper: OfficialPaper): readonly Paragraph[] => {
  const { size, run } = mark(paper.letterhead, MARK_SIZE.letter)
  return [
    ...(paper.drill === 'drill' ? [drillLine(LETTER_DRILL_LINE)] : []),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      indent: LETTER_RULE_INDENT,
      spacing: { line: points(size * 1.25), lineRule: LineRuleType.EXACT },
      border: {
        bottom: { style: BorderStyle.THICK_THIN_SMALL_GAP, size: 24, color: RED, space: RULE_GAP },
      },
      children: [run],
    }),
  ]
}

/** Above a letter's mark there is room for one line without moving the mark. */
export const LETTER_DRILL_LINE = mm(10)
export const letterHeadDistance = (paper: OfficialPaper): number =>
  paper.drill === 'drill' ? LETTER.head - LETTER_DRILL_LINE : LETTER.head

/** A letter's number: at the right edge, 7/8 of a character under the first rule. */
export const letterNumber = (paper: OfficialPaper): Paragraph =>
  bodyParagraph([bodyRun(paper.number)], {
    alignment: AlignmentType.RIGHT,
    spacing: { before: points((16 * 7) / 8) },
  })

const TITLE_CHARACTERS = Math.floor(TEXT_WIDTH / points(TITLE_SIZE))

/** The title, indented so that its lines are even. */
export const titleParagraph = (
  title: string,
  { before, after }: { readonly before: number; readonly after: number },
): Paragraph => {
  const width = titleWidth(title, TITLE_CHARACTERS)
  const indent = Math.floor((TEXT_WIDTH - (width + 0.7) * points(TITLE_SIZE)) / 2)
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: { before, after, line: TITLE_LINE, lineRule: LineRuleType.EXACT },
    ...(width < TITLE_CHARACTERS ? { indent: { left: indent, right: indent } } : {}),
    children: drillPartsOf(title),
  })
}

/** 【演练】 at the start of a title is red. */
const drillPartsOf = (title: string) => {
  const [, drillMark, rest] = /^(【演练】)?(.*)$/u.exec(title) ?? []
  return [...(drillMark ? [titleRun(drillMark, { color: RED })] : []), titleRun(rest ?? title)]
}
