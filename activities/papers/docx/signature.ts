import { AlignmentType, Paragraph } from 'docx'
import type { OfficialPaper } from '../document.js'
import { widthOf } from '../letters.js'
import { bodyRun } from './faces.js'
import { bodyParagraph, textParagraph } from './lines.js'
import { CHARACTER, CHARACTERS_A_LINE, LINE } from './measures.js'

type Signature = NonNullable<OfficialPaper['signature']>

/** 成文日期 stands four characters from the right, 发文机关署名 centred over it as far as the line allows. */
const DATE_FROM_RIGHT = 4
const LEAST_FROM_RIGHT = 1

export const signature = ({ by: organ, on: date }: Signature): readonly Paragraph[] => {
  const organWidth = widthOf(organ)
  const centred = DATE_FROM_RIGHT + widthOf(date) / 2 - organWidth / 2
  const fromRight = Math.min(Math.max(LEAST_FROM_RIGHT, centred), Math.max(0, CHARACTERS_A_LINE - organWidth))
  return [
    bodyParagraph([bodyRun(organ)], {
      alignment: AlignmentType.RIGHT,
      keepNext: true,
      keepLines: true,
      indent: { right: Math.round(fromRight * CHARACTER) },
      spacing: { before: LINE },
    }),
    bodyParagraph([bodyRun(date)], {
      alignment: AlignmentType.RIGHT,
      keepLines: true,
      indent: { right: Math.round(DATE_FROM_RIGHT * CHARACTER) },
    }),
  ]
}

/** 附件说明: a line under the text; two attachments or more are numbered. */
export const attachments = (names: readonly string[]): readonly Paragraph[] =>
  names.map((name, index) => {
    const label = index === 0 ? '附件\u{FF1A}' : ''
    const number = names.length === 1 ? '' : `${index + 1}.`
    const hanging = 3 + widthOf(number)
    return textParagraph([bodyRun(`${label}${number}${name}`)], {
      indent: {
        left: Math.round((2 + hanging) * CHARACTER),
        ...(index === 0
          ? { hanging: Math.round(hanging * CHARACTER) }
          : { hanging: Math.round(widthOf(number) * CHARACTER) }),
      },
      keepNext: true,
      ...(index === 0 ? { spacing: { before: LINE } } : {}),
    })
  })
