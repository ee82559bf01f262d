import { type Selectable, sql } from 'kysely'
import type { CaseState } from '../../domain/case/state.js'
import { chairsWhoseTurn, stepNow } from '../../domain/closing/chain.js'
import type { Rules } from '../../domain/context.js'
import { hasEnded, lineOf, nextMoment } from '../../domain/decider.js'
import type { LedgerState } from '../../domain/decider-types.js'
import { pressedFrom } from '../../domain/figures/pressed-from.js'
import { readersOf } from '../../domain/oversight/restricted.js'
import { pace } from '../../domain/pace.js'
import { type Chair, SEAT_TITLES } from '../../domain/parties.js'
import { partiesOf, peopleOf } from '../../domain/permission/read.js'
import { canonical } from '../../domain/record/chain.js'
import { never } from '../../domain/refusal.js'
import { rememberedUnder } from '../../domain/remembered.js'
import type { Instant, PlainDate } from '../../domain/words.js'
import type { CasesTable } from '../tables.js'
import { type Change, lastStep } from './change.js'

import { type Statement, upserted } from './statements.js'

export type CaseRow = Selectable<CasesTable>

export const END_OF_TIME = '9999-12-31' as PlainDate

export type OfKind = Omit<CaseRow, 'id' | 'sortDue' | 'nextMoment' | 'headSeq' | 'headHash'>

/** A closed case is not overdue any more, whatever it was; that it was stays on the record. */
const overdueSince = (state: CaseState): Instant | null => {
  if (!pace(state, state.at).overdue) return null
  return state.deadline?.overdue.map(({ since }) => since).toSorted()[0] ?? null
}

const nameOfChair = ({ entry }: CaseState, { seat, unit, person }: Chair): string => {
  const { municipal, county, department } = entry.leaders
  const leader = [municipal, county, department].find((one) => one?.person === person)
  const name = unit ?? (person === undefined ? undefined : leader?.name)
  return name === undefined ? SEAT_TITLES[seat] : `${SEAT_TITLES[seat]}(${name})`
}

/** Who is expected to act in the step whose turn it is. */
const turnOf = (rules: Rules, state: CaseState): string | null => {
  const step = stepNow(rules, state)
  if (!step) return null
  switch (step.kind) {
    case 'sign-off':
      return chairsWhoseTurn(rules, state, step)
        .map((chair) => nameOfChair(state, chair))
        .join('、')
    case 'notice':
    case 'filing':
      return SEAT_TITLES.office
    default:
      return never(step)
  }
}

const problemRow = (rules: Rules, state: CaseState): OfKind => {
  const { entry, deadline, ladder, returns } = state
  return {
    kind: 'problem',
    round: state.round,
    n: entry.n,
    origin: null,
    phase: state.phase,
    open: !hasEnded({ kind: 'problem', state }),
    class: deadline?.class ?? (entry.deadline.kind === 'unknown' ? null : entry.deadline.kind),
    sourceName: state.source.name,
    sourceLevel: state.source.level,
    text: entry.text,
    units: entry.units,
    parties: partiesOf(state),
    leadUnit: entry.leadUnits[0] ?? null,
    cooperatingUnits: entry.cooperatingUnits,
    supervisingUnit: entry.supervisingUnit ?? null,
    area: entry.area ?? null,
    caseLeader: entry.leaders.municipal?.person ?? null,
    people: peopleOf(state),
    due: deadline?.due ?? null,
    originalDue: deadline?.original ?? null,
    overdueSince: overdueSince(state),
    claimed: returns.last?.progress ?? 0,
    verified: pace(state, state.at).progress,
    pace: pace(state, state.at).bucket,
    pressedFrom: pressedFrom(state),
    rectificationRound: state.rectification.round,
    closingRound: state.closings.begun,
    closingStep: stepNow(rules, state)?.title ?? null,
    turn: turnOf(rules, state),
    rung: ladder.rungs.findLast((one) => one.state === 'raised')?.rung ?? null,
    returnsSubmitted: returns.submitted,
    returnsLate: returns.late,
    returnsMissed: returns.missed,
    missedInARow: returns.missedInARow,
    registeredAt: state.registeredAt,
    handedOverAt: state.handover?.at ?? null,
    closedAt: state.closedAt ?? null,
    readers: readersOf(rules, state) ?? null,
    supervisedSince: state.supervised?.since ?? null,
    policy: state.policy,
    calendar: state.calendar,
    at: state.at,
  }
}

/** A row of any other kind: what the kind's own line says, and nothing of what only a problem has. */
const lightRow = (rules: Rules, ledger: LedgerState): OfKind => {
  const line = lineOf(rules, ledger)
  const { kind, state } = ledger
  return {
    kind,
    round: state.round,
    n: line.n,
    origin: line.origin ?? null,
    phase: state.phase,
    open: !hasEnded(ledger),
    class: null,
    sourceName: line.source?.name ?? null,
    sourceLevel: line.source?.level ?? null,
    text: line.text,
    units: line.units,
    parties: line.parties,
    leadUnit: null,
    cooperatingUnits: [],
    supervisingUnit: null,
    area: line.area ?? null,
    caseLeader: line.caseLeader ?? null,
    people: line.people ?? (line.caseLeader === undefined ? [] : [line.caseLeader]),
    due: line.due ?? null,
    originalDue: line.originalDue ?? null,
    overdueSince: line.overdueSince ?? null,
    claimed: 0,
    verified: 0,
    pace: null,
    pressedFrom: null,
    rectificationRound: 1,
    closingRound: 0,
    closingStep: null,
    turn: line.turn ?? null,
    rung: null,
    returnsSubmitted: 0,
    returnsLate: 0,
    returnsMissed: 0,
    missedInARow: 0,
    registeredAt: line.openedAt,
    handedOverAt: null,
    closedAt: line.closedAt ?? null,
    readers: line.readers ?? null,
    supervisedSince: null,
    policy: state.policy,
    calendar: state.calendar,
    at: state.at,
  }
}

/** What a case's row says, but for what follows from its number in the record. Made once for a state: two tables ask for it. */
export const rowOfKind = rememberedUnder(
  (rules: Rules, ledger: LedgerState): OfKind =>
    ledger.kind === 'problem' ? problemRow(rules, ledger.state) : lightRow(rules, ledger),
)

export const caseRow = (change: Change): CaseRow => {
  const { record, after } = lastStep(change)
  const row = rowOfKind(change.rules, after)
  return {
    id: change.caseId,
    ...row,
    sortDue: row.due ?? END_OF_TIME,
    nextMoment: (row.open ? nextMoment(change.rules, after) : undefined) ?? null,
    headSeq: record.seq,
    headHash: record.hash,
  }
}

export const casesWritten = ([first, ...others]: readonly [Change, ...Change[]]): Statement =>
  upserted('cases', 'id', [caseRow(first), ...others.map(caseRow)])

/** The state goes in as JSON text: not a character of it is changed. Sorted keys, so that it reads the same however it came about. */
export const statesWritten = (changes: readonly Change[]): Statement => {
  const ids = changes.map(({ caseId }) => caseId)
  const states = changes.map((change) => canonical(lastStep(change).after))
  return sql`
    insert into case_states (case_id, state) select * from unnest(${ids}::text[], ${states}::json[])
    on conflict (case_id) do update set state = excluded.state`
}
