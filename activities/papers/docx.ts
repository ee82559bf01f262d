import { Document, Packer } from 'docx'
import { strToU8 } from 'fflate'
import { repack } from './archive.js'
import type { OfficialPaper } from './document.js'
import { addressLine } from './docx/address.js'
import { text } from './docx/blocks.js'
import { faceOf } from './docx/faces.js'
import { fontTable } from './docx/font-table.js'
import { foot } from './docx/foot.js'
import { offGrid } from './docx/grid.js'
import { documentHead, letterNumber, titleParagraph } from './docx/head.js'
import { BODY_SIZE, halfPoints, LINE } from './docx/measures.js'
import { pages } from './docx/pages.js'
import { coreProperties } from './docx/properties.js'
import { returnSlip } from './docx/return-slip.js'
import { attachments, signature } from './docx/signature.js'

/**
 * A paper as a Word file in the layout of GB/T 9704-2012. The same paper gives the same bytes, so that an activity
 * tried again hands over the same file.
 */
export const renderDocx = async (paper: OfficialPaper): Promise<Uint8Array> => {
  const packed = await Packer.pack(documentOf(paper), 'uint8array')
  return repack(packed, (parts) => ({
    ...Object.fromEntries(
      Object.entries(parts).map(([path, part]) => [path, LAID_OUT.test(path) ? offGrid(part) : part]),
    ),
    'docProps/core.xml': strToU8(coreProperties(paper)),
    'word/fontTable.xml': strToU8(fontTable()),
  }))
}

/** The parts that hold paragraphs. */
const LAID_OUT = /^word\/(?:document|header\d+|footer\d+)\.xml$/u

const documentOf = (paper: OfficialPaper): Document =>
  new Document({
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: faceOf('fang'), size: halfPoints(BODY_SIZE), language: { eastAsia: 'zh-CN' } },
        },
      },
    },
    sections: [
      {
        ...pages(paper),
        children: [
          ...headOf(paper),
          ...addressLine(paper.addressees),
          ...text(paper.blocks),
          ...attachments(paper.attachments),
          ...(paper.signature ? signature(paper.signature) : []),
          ...(paper.returnSlip ? returnSlip(paper.returnSlip) : []),
          ...foot(paper),
        ],
      },
    ],
  })

const HALF_LINE = Math.round(LINE / 2)

/** The title stands two lines under the head, one over the text; a letter's mark is in the head of its first page. */
const headOf = (paper: OfficialPaper) => {
  switch (paper.form) {
    case 'letter':
      return [letterNumber(paper), titleParagraph(paper.title, { before: 2 * LINE, after: LINE })]
    case 'slip':
      return [...documentHead(paper), titleParagraph(paper.title, { before: HALF_LINE, after: HALF_LINE })]
    case 'document':
    case 'upward':
      return [...documentHead(paper), titleParagraph(paper.title, { before: 2 * LINE, after: LINE })]
  }
}
