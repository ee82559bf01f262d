import { type Selectable, sql } from 'kysely'
import type { PlainDate } from '../../domain/words.js'
import { prepared } from '../prepared.js'
import type { ReturnsTable } from '../tables.js'
import type { Step } from './change.js'
import type { Gathering } from './gathered.js'

type ReturnRow = Selectable<ReturnsTable>

const blank = ({ record, after }: Step, period: PlainDate): ReturnRow => ({
  caseId: record.case,
  period,
  round: after.state.round,
  chasedAt: null,
  missedAt: null,
  inARow: null,
  passedOverAt: null,
  waivedAt: null,
  calledInBy: null,
  submittedAt: null,
  timeliness: null,
  byPerson: null,
  byName: null,
  progress: null,
  content: null,
})

const withPeriod = (
  rows: readonly ReturnRow[],
  step: Step,
  period: PlainDate,
  told: Partial<ReturnRow>,
): readonly ReturnRow[] =>
  rows.some((row) => row.period === period)
    ? rows.map((row) => (row.period === period ? { ...row, ...told } : row))
    : [...rows, { ...blank(step, period), ...told }]

/** One row a period, missing and late side by side (JN-07). */
export const gatherReturns = (rows: readonly ReturnRow[], step: Step): readonly ReturnRow[] => {
  const { at, by, event } = step.record
  switch (event.type) {
    case 'return-chased':
      return withPeriod(rows, step, event.period, { chasedAt: at })
    case 'return-missed':
      return withPeriod(rows, step, event.period, { missedAt: at, inARow: event.inARow })
    case 'return-submitted':
      return withPeriod(rows, step, event.period, {
        submittedAt: at,
        timeliness: event.timeliness,
        byPerson: by.kind === 'person' ? by.person : null,
        byName: by.kind === 'person' ? by.name : null,
        progress: event.content.progress,
        content: event.content,
      })
    case 'return-passed-over':
      return withPeriod(rows, step, event.period, { passedOverAt: at })
    case 'returns-waived':
      return event.periods.reduce((all, period) => withPeriod(all, step, period, { waivedAt: at }), rows)
    case 'returns-called-in':
      return event.periods.reduce(
        (all, period) => withPeriod(all, step, period, { calledInBy: event.by }),
        rows,
      )
    default:
      return rows
  }
}

const TYPES: ReadonlySet<string> = new Set([
  'return-chased',
  'return-missed',
  'return-submitted',
  'return-passed-over',
  'returns-waived',
  'returns-called-in',
])

export const returns: Gathering<ReturnRow> = {
  table: 'returns',
  concerns: ({ record }) => TYPES.has(record.event.type),
  gather: gatherReturns,
  rowsOf: async (db, cases) => {
    const { rows } = await sql<ReturnRow>`${prepared}
      select * from returns where case_id = any(${cases}::text[]) order by period`.execute(db)
    return rows
  },
}
