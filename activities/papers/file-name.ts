import type { PaperOrder } from '../../domain/effects/types.js'
import { PAPER_TITLES } from '../../domain/policy.js'
import { DRILL_MARK } from './compose.js'
import { printable } from './printable.js'

/** What no common file system takes in a name. */
const FORBIDDEN = /[\\/:*?"<>|]/gu
/** File systems count bytes, 255 of them; a Chinese character takes three. */
const LONGEST = 70

/** `常督改办〔2024〕1号 交办单 changde-2024-007.docx`, with 【演练】 before it in a drill. */
export const paperFileName = (order: PaperOrder, number: string): string => {
  const mark = order.drill === 'drill' ? DRILL_MARK : ''
  const words = printable(`${mark}${number} ${PAPER_TITLES[order.paper]} ${order.caseId}`)
  return `${[...words.replaceAll(FORBIDDEN, '-')].slice(0, LONGEST).join('')}.docx`
}
