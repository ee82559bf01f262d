import type { Selectable } from 'kysely'
import { tellAuthor } from '../../domain/tell.js'
import type { RungsTable } from '../tables.js'
import type { Step } from './change.js'
import type { Gathering } from './gathered.js'

type RungRow = Selectable<RungsTable>
type RungEvent = Extract<Step['record']['event'], { type: `rung-${string}` }>

/** What the event makes of its rung's row; undefined when no rung was drafted, raised, decided or released. */
const told = ({ record: { at, by, event } }: Step): Partial<RungRow> | undefined => {
  switch (event.type) {
    case 'rung-drafted':
      return { state: 'drafted', cause: event.cause, draftedAt: at }
    case 'rung-raised':
      return {
        state: 'raised',
        cause: event.cause,
        raisedAt: at,
        paper: event.paper ?? null,
        decidedBy: tellAuthor(by),
      }
    case 'rung-dismissed':
      return { state: 'dismissed', reason: event.reason, decidedBy: tellAuthor(by), endedAt: at }
    case 'rung-skipped':
      return { state: 'skipped', reason: event.reason, decidedBy: tellAuthor(by), endedAt: at }
    case 'rung-released':
      return { state: 'released', reason: event.reason, endedAt: at }
    default:
      return undefined
  }
}

const blank = ({ record, after }: Step, { rung, round }: RungEvent): RungRow => ({
  caseId: record.case,
  rung,
  rectification: round,
  round: after.state.round,
  state: 'drafted',
  cause: '',
  reason: null,
  paper: null,
  seq: record.seq,
  draftedAt: null,
  raisedAt: null,
  decidedBy: null,
  endedAt: null,
})

/** Each rung at most once a round (GN-05): one row for each, following it from draft to release. */
export const gatherRungs = (rows: readonly RungRow[], step: Step): readonly RungRow[] => {
  const { event, seq } = step.record
  const change = told(step)
  if (!change || !('rung' in event) || !('round' in event)) return rows
  const same = (row: RungRow): boolean => row.rung === event.rung && row.rectification === event.round
  return rows.some(same)
    ? rows.map((row) => (same(row) ? { ...row, ...change, seq } : row))
    : [...rows, { ...blank(step, event), ...change }]
}

export const rungs: Gathering<RungRow> = {
  table: 'rungs',
  concerns: (step) => told(step) !== undefined,
  gather: gatherRungs,
  rowsOf: (db, cases) =>
    db.selectFrom('rungs').selectAll().where('caseId', 'in', cases).orderBy('seq').execute(),
}
