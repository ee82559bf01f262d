import { columnOf, isAttribute, isContent, type Label } from './labels.js'
import { append } from './lists.js'
import type { Paragraph } from './paragraphs.js'

/** A row of a ledger, or a sheet of label–value rows, as labelled values. */
export type TableEntry = {
  readonly from: number
  readonly to: number
  /** The last full-width row above it (一、大气污染防治), '' when there is none. */
  readonly group: string
  readonly values: readonly { readonly label: Label; readonly value: string }[]
  /** Cells under headers we do not know, as `header:value`. */
  readonly rest: readonly string[]
}

/** Reads consecutive table rows: with a header of labels, or with a label in every row's first cell. */
export const tableEntries = (rows: readonly Paragraph[]): TableEntry[] => {
  const solid = rows.filter(({ cells }) => !cells.every((cell) => /^[\s:|-]*$/.test(cell)))
  const header = solid.findIndex(
    ({ cells }) => labelsOf(cells).filter(Boolean).length >= 2 && !isSheetRow(cells),
  )
  if (header >= 0) return ledgerRows(solid.slice(header))
  return sheets(solid)
}

const labelsOf = (cells: readonly string[]): (Label | null)[] =>
  cells.map((cell) => columnOf(cell.replace(/[:：]$/, '')))

/** label | value | label | value */
const isSheetRow = (cells: readonly string[]): boolean => {
  const labels = labelsOf(cells)
  return (
    cells.length >= 2 &&
    cells.length % 2 === 0 &&
    labels.every((label, at) => (at % 2 === 0 ? label !== null : label === null)) &&
    labels.some((label) => label !== null)
  )
}

const ledgerRows = (rows: readonly Paragraph[]): TableEntry[] => {
  const entries: TableEntry[] = []
  let columns: readonly (Label | null)[] = []
  let headers: readonly string[] = []
  let group = ''
  for (const { cells, from, to } of rows) {
    const labels = labelsOf(cells)
    if (labels.filter(Boolean).length >= 2) {
      // A second header row (牵头 | 配合 under 验收单位) is the more exact of the two.
      const stacked = columns.length > 0 && entries.length === 0
      columns = stacked ? labels.map((label, at) => label ?? columns[at] ?? null) : labels
      headers = cells
      continue
    }
    const filled = new Set(cells.filter((cell) => cell !== ''))
    if (filled.size === 0) continue
    if (filled.size === 1 && cells.length > 2 && cells[0] !== '') {
      group = /^\d+$/.test(cells[0] ?? '') ? group : (cells[0] ?? '')
      continue
    }
    const values = cells.flatMap((value, at) => {
      const label = columns[at]
      return label ? [{ label, value }] : []
    })
    const rest = cells.flatMap((cell, at) =>
      columns[at] || cell === '' || /^[\d.]+$/.test(cell)
        ? []
        : [`${headers[at] ?? ''}:${cell}`.replace(/^:/, '')],
    )
    entries.push({ from, to, group, values, rest })
  }
  return entries
}

/** One problem a sheet: the label stands left, the value right; a repeated label starts the next problem. */
const sheets = (rows: readonly Paragraph[]): TableEntry[] => {
  const entries: TableEntry[] = []
  let values: { label: Label; value: string }[] = []
  let rest: string[] = []
  let from = 0
  let to = 0
  const close = () => {
    if (values.length > 0) entries.push({ from, to, group: '', values, rest })
    values = []
    rest = []
  }
  for (const row of rows) {
    const pairs = pairsOf(row.cells)
    const repeats = pairs.some(({ label }) => values.some((each) => each.label.name === label.name))
    if (repeats) close()
    if (values.length === 0 && rest.length === 0) from = row.from
    to = row.to
    if (pairs.length > 0) append(values, pairs)
    else rest.push(row.cells.filter(Boolean).join(' '))
  }
  close()
  return entries
}

const pairsOf = (cells: readonly string[]): { label: Label; value: string }[] => {
  const labels = labelsOf(cells)
  const pairs: { label: Label; value: string }[] = []
  for (let at = 0; at + 1 < cells.length; at += 2) {
    const label = labels[at]
    if (label && (isAttribute(label) || isContent(label))) pairs.push({ label, value: cells[at + 1] ?? '' })
  }
  return pairs
}
