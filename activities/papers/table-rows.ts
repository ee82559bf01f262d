import type { LabelledValue, TableRow } from './document.js'
import { widthOf } from './letters.js'

/** What fits beside a label in half of the table, in characters; anything wider takes the table's whole width. */
const SHORT_VALUE = 8
const SHORT_LABEL = 6

const isShort = ({ label, value }: LabelledValue): boolean =>
  widthOf(label) <= SHORT_LABEL && value.length <= 1 && value.every((text) => widthOf(text) <= SHORT_VALUE)

/** Puts two short neighbours side by side, in reading order; whatever is long has its row to itself. */
export const tableRows = (facts: readonly LabelledValue[]): readonly TableRow[] => {
  const rows: TableRow[] = []
  for (let at = 0; at < facts.length; ) {
    const [first, second] = facts.slice(at, at + 2)
    if (!first) break
    const pair = second && isShort(first) && isShort(second)
    rows.push(pair ? [first, second] : [first])
    at += pair ? 2 : 1
  }
  return rows
}
