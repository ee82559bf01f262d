import { Readable } from 'node:stream'
import { StreamableFile } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CaseRow } from '../../db/queries/cases.js'
import { PACE_TITLES } from '../../domain/pace.js'
import { attachment } from '../attachment.js'
import { lineOf } from './views.js'

const CSV = { type: 'text/csv; charset=utf-8' } as const

type Cell = string | number | null
type Column = readonly [title: string, value: (row: CaseRow) => Cell]

const COLUMNS: readonly Column[] = [
  ['编号', ({ id }) => id],
  ['轮次', ({ round }) => round],
  ['来源', ({ sourceName }) => sourceName],
  ['问题与措施', ({ text }) => text],
  ['责任单位', ({ units }) => units.join('、')],
  ['牵头验收单位', ({ leadUnit }) => leadUnit],
  ['类别', (row) => lineOf(row).classTitle],
  ['阶段', (row) => lineOf(row).phaseTitle],
  ['轮到', ({ turn }) => turn],
  ['原定时限', ({ originalDue }) => originalDue],
  ['现行时限', ({ due }) => due],
  ['逾期', ({ overdueSince }) => (overdueSince ? '逾期' : '')],
  ['序时进度', ({ pace }) => pace && PACE_TITLES[pace]],
  ['核实进度(%)', ({ verified }) => verified],
  ['缺报次数', ({ returnsMissed }) => returnsMissed],
]

/** A cell that a spreadsheet would take for a formula is given as plain text. */
const cell = (value: Cell): string => {
  const text = String(value ?? '')
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}

const row = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`

/** A table, UTF-8 with its mark, so that a spreadsheet reads the Chinese. */
export const tableOf = (titles: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${row(titles)}${rows.map(row).join('')}`

/** Long enough for a hundred thousand rows over a poor line; nobody keeps a connection for ever. */
const LONGEST_MILLIS = 15 * 60_000

/**
 * The ledger as a file of any length: a piece for each page that is read. Who has not taken it within `longest` milliseconds is cut
 * off in the middle, so that half a file is seen to be one.
 */
export const csvFile = (
  name: string,
  pages: AsyncIterable<readonly CaseRow[]>,
  longest = LONGEST_MILLIS,
): StreamableFile => {
  const table = Readable.from(csvOf(pages))
  const limit = setTimeout(() => table.destroy(new Error('not taken in time')), longest)
  table.once('close', () => clearTimeout(limit))
  return new StreamableFile(table, { ...CSV, disposition: attachment(`${name}.csv`) })
}

async function* csvOf(pages: AsyncIterable<readonly CaseRow[]>): AsyncGenerator<string> {
  yield tableOf(
    COLUMNS.map(([title]) => title),
    [],
  )
  for await (const rows of pages)
    yield rows.map((one) => row(COLUMNS.map(([, value]) => value(one)))).join('')
}

export const wantsCsv = ({ headers }: FastifyRequest): boolean =>
  headers.accept?.includes('text/csv') ?? false

/** The answer is a file of this name for a spreadsheet. */
export const asCsv = (reply: FastifyReply, name: string, table: string): string => {
  reply.header('content-disposition', attachment(`${name}.csv`))
  reply.type(CSV.type)
  return table
}
