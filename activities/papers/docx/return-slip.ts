import { AlignmentType, LineRuleType, Paragraph, type Table } from 'docx'
import type { ReturnSlip } from '../document.js'
import { addressLine } from './address.js'
import { bodyRun, titleRun } from './faces.js'
import { emptyLine, textParagraph } from './lines.js'
import { LINE, TITLE_LINE } from './measures.js'
import { table } from './table.js'

/** A page of its own, to be torn off and sent back. */
export const returnSlip = (slip: ReturnSlip): readonly (Paragraph | Table)[] => [
  new Paragraph({
    pageBreakBefore: true,
    alignment: AlignmentType.CENTER,
    spacing: { before: LINE, after: LINE, line: TITLE_LINE, lineRule: LineRuleType.EXACT },
    children: [titleRun(slip.title)],
  }),
  ...addressLine([slip.addressee]),
  textParagraph([bodyRun(slip.text)]),
  emptyLine(),
  table(slip.rows),
]
