/**
 * The page of GB/T 9704-2012, in twentieths of a point (twips) unless a name says otherwise.
 * Line and character pitch were measured so that a page holds 22 lines of 28 characters.
 */
export const mm = (millimetres: number): number => Math.round((millimetres / 25.4) * 1440)
export const points = (pt: number): number => Math.round(pt * 20)
/** Word gives a font's size in half points. */
export const halfPoints = (pt: number): number => Math.round(pt * 2)

export const PAGE = { width: mm(210), height: mm(297) } as const
/** 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm. */
export const MARGIN = { top: mm(37), left: mm(28), bottom: mm(35), right: mm(26) } as const
/** A slip keeps its table on one page where it can: its lines may reach further up and down. */
export const SLIP_MARGIN = { ...MARGIN, top: mm(27), bottom: mm(31) } as const
export const TEXT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right

/** One line of 22 on a page. */
export const LINE = 579
/** 三号, and the letter space by which 28 of its characters fill a line. */
export const BODY_SIZE = 16
export const BODY_SPACING = -5
export const CHARACTERS_A_LINE = 28
export const CHARACTER = TEXT_WIDTH / CHARACTERS_A_LINE

/** 二号 */
export const TITLE_SIZE = 22
export const TITLE_LINE = points(35)
/** 四号 */
export const SMALL_SIZE = 14
export const SMALL_LINE = points(22)

/** 信函格式: rules of 170 mm, 20 mm from the page's foot; the mark's head 30 mm from the page's head. */
export const LETTER = { rule: mm(170), foot: mm(20), head: mm(30) } as const
/** How far a letter's rule reaches over the type area, left and right. */
export const LETTER_RULE_INDENT = {
  left: (PAGE.width - LETTER.rule) / 2 - MARGIN.left,
  right: (PAGE.width - LETTER.rule) / 2 - MARGIN.right,
} as const

export const RED = 'FF0000'
export const BLACK = '000000'
