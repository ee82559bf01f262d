import { strFromU8, strToU8 } from 'fflate'
import { LINE } from './measures.js'

const LINE_HEIGHT = /<w:spacing [^>]*w:line="(\d+)"/gu

/**
 * Lines that are not of the body's height leave the grid of 22 lines, or LibreOffice would round them up to two of it.
 * The library has no option for a paragraph's `w:snapToGrid`; its place is just before the paragraph's spacing.
 */
export const offGrid = (part: Uint8Array): Uint8Array =>
  strToU8(
    strFromU8(part).replaceAll(LINE_HEIGHT, (spacing, line: string) =>
      Number(line) === LINE ? spacing : `<w:snapToGrid w:val="0"/>${spacing}`,
    ),
  )
