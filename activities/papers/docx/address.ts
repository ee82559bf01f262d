import type { Paragraph } from 'docx'
import { bodyRun } from './faces.js'
import { bodyParagraph } from './lines.js'

/** 主送机关: flush left, ended by a full-width colon. */
export const addressLine = (addressees: readonly string[]): readonly Paragraph[] =>
  addressees.length === 0 ? [] : [bodyParagraph([bodyRun(`${addressees.join('、')}\u{FF1A}`)])]
