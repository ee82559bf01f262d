import type { Selectable } from 'kysely'
import type { SignOffsTable } from '../tables.js'
import type { Step } from './change.js'
import type { Gathering } from './gathered.js'

type SignOffRow = Selectable<SignOffsTable>

/** The closing round an event makes lapse with all its sign-offs; undefined when it makes none (YZ-08, YZ-09, CD-09). */
const lapsedRound = ({ record: { event }, before }: Step): number | undefined => {
  switch (event.type) {
    case 'sign-offs-voided':
    case 'closing-withdrawn':
    case 'step-refused':
      return event.closing
    case 'objection-answered':
      return event.decision === 'accept' && before?.kind === 'problem'
        ? before.state.closing?.number
        : undefined
    default:
      return undefined
  }
}

const signOff = ({ record, after }: Step): SignOffRow | undefined => {
  const { event, by } = record
  if (event.type !== 'signed' && event.type !== 'step-voted-against') return undefined
  if (by.kind !== 'person') return undefined
  return {
    caseId: record.case,
    seq: record.seq,
    round: after.state.round,
    closing: event.closing,
    step: event.step,
    title: event.title,
    verdict: event.type === 'signed' ? 'for' : 'against',
    seat: event.chair.seat,
    unit: event.chair.unit ?? null,
    person: by.person,
    name: by.name,
    role: by.role,
    principal: by.behalf?.principal ?? null,
    saw: event.saw,
    opinion: event.type === 'signed' ? event.opinion : event.reasons,
    at: record.at,
    lapsedAt: null,
    lapsedSeq: null,
  }
}

/** None is ever lost from the record (YZ-08): a lapsed one only says since when. */
export const gatherSignOffs = (rows: readonly SignOffRow[], step: Step): readonly SignOffRow[] => {
  const lapsed = lapsedRound(step)
  const given = signOff(step)
  const { at, seq } = step.record
  return [
    ...rows.map((row) =>
      row.closing === lapsed && row.lapsedSeq === null ? { ...row, lapsedAt: at, lapsedSeq: seq } : row,
    ),
    ...(given ? [given] : []),
  ]
}

export const signOffs: Gathering<SignOffRow> = {
  table: 'sign_offs',
  concerns: (step) => signOff(step) !== undefined || lapsedRound(step) !== undefined,
  gather: gatherSignOffs,
  rowsOf: (db, cases) =>
    db.selectFrom('signOffs').selectAll().where('caseId', 'in', cases).orderBy('seq').execute(),
}
