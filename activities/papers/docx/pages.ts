import {
  AlignmentType,
  BorderStyle,
  DocumentGridType,
  Footer,
  Header,
  type ISectionOptions,
  LineRuleType,
  PageNumber,
  Paragraph,
} from 'docx'
import type { OfficialPaper } from '../document.js'
import { smallRun } from './faces.js'
import { drillLine, letterHead, letterHeadDistance } from './head.js'
import {
  LETTER,
  LETTER_RULE_INDENT,
  LINE,
  MARGIN,
  mm,
  PAGE,
  points,
  RED,
  SLIP_MARGIN,
  SMALL_SIZE,
} from './measures.js'

/** A page number's line; its dashes lie 7 mm under the type area. */
const NUMBER_LINE = points(20)
const underNumber = (bottom: number): number => Math.max(0, bottom - mm(7) - NUMBER_LINE / 2 - LETTER.foot)

/** Page, margins, grid, heads and feet of every page. */
export const pages = (paper: OfficialPaper): Omit<ISectionOptions, 'children'> => {
  const isLetter = paper.form === 'letter'
  const margin = paper.form === 'slip' ? SLIP_MARGIN : MARGIN
  const running = paper.drill === 'drill' ? [drillLine(LINE)] : []
  return {
    properties: {
      titlePage: true,
      page: {
        size: PAGE,
        margin: {
          ...margin,
          header: isLetter ? letterHeadDistance(paper) : mm(15),
          footer: LETTER.foot,
          gutter: 0,
        },
      },
      grid: { type: DocumentGridType.LINES, linePitch: LINE },
    },
    headers: {
      first: header(isLetter ? letterHead(paper) : []),
      default: header(running),
      even: header(running),
    },
    footers: {
      first: isLetter ? letterFoot() : pageNumber(AlignmentType.RIGHT, margin.bottom),
      default: pageNumber(AlignmentType.RIGHT, margin.bottom),
      even: pageNumber(AlignmentType.LEFT, margin.bottom),
    },
  }
}

/** A head without a paragraph is no valid part of a file. */
const header = (children: readonly Paragraph[]): Header =>
  new Header({ children: children.length === 0 ? [new Paragraph({})] : [...children] })

/** — 1 — in 四号宋体, one character from the outer edge: odd pages right, even pages left. */
const pageNumber = (side: (typeof AlignmentType)['LEFT' | 'RIGHT'], bottom: number): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: side,
        indent: { [side]: points(SMALL_SIZE) },
        spacing: { after: underNumber(bottom), line: NUMBER_LINE, lineRule: LineRuleType.EXACT },
        children: [smallRun('', 'song', { children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  })

/** 信函格式: the second double rule, 20 mm from the page's foot; the first page has no number. */
const letterFoot = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        indent: LETTER_RULE_INDENT,
        spacing: { line: points(2), lineRule: LineRuleType.EXACT },
        border: { top: { style: BorderStyle.THIN_THICK_SMALL_GAP, size: 24, color: RED, space: 0 } },
        children: [],
      }),
    ],
  })
