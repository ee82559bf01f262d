import { AlignmentType, type IParagraphOptions, LineRuleType, Paragraph } from 'docx'
import { bodyRun } from './faces.js'
import { CHARACTER, LINE, SMALL_LINE } from './measures.js'

export type LineOptions = Omit<IParagraphOptions, 'children' | 'text'>

/** Exactly one line of 22, whatever a replaced font's own height is; widows stay, or a page would lose lines. */
const bodyLine = { line: LINE, lineRule: LineRuleType.EXACT } as const
const smallLine = { line: SMALL_LINE, lineRule: LineRuleType.EXACT } as const

/** A paragraph of the body's line height. */
export const bodyParagraph = (
  children: IParagraphOptions['children'],
  { spacing, ...options }: LineOptions = {},
): Paragraph =>
  new Paragraph({
    ...(children ? { children } : {}),
    widowControl: false,
    spacing: { ...bodyLine, ...spacing },
    ...options,
  })

/** Text that begins two characters in and fills its lines. */
export const textParagraph = (
  children: IParagraphOptions['children'],
  options: LineOptions = {},
): Paragraph =>
  bodyParagraph(children, {
    alignment: AlignmentType.BOTH,
    indent: { firstLine: Math.round(2 * CHARACTER) },
    ...options,
  })

/** A line in 四号, as in tables and at the foot. */
export const smallParagraph = (
  children: IParagraphOptions['children'],
  { spacing, ...options }: LineOptions = {},
): Paragraph =>
  new Paragraph({
    ...(children ? { children } : {}),
    widowControl: false,
    spacing: { ...smallLine, ...spacing },
    ...options,
  })

export const emptyLine = (): Paragraph => bodyParagraph([bodyRun('')])
