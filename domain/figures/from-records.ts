import { dateOf, endOfDay, startOfDay } from '../calendar/dates.js'
import type { Rules } from '../context.js'
import { evolve } from '../decider.js'
import type { LedgerRecord, LedgerState } from '../decider-types.js'
import type { Policy } from '../policy.js'
import type { CaseId, Instant, PlainDate, UnitName } from '../words.js'
import { type Facts, factsOf } from './facts.js'
import { incidentOf } from './incidents.js'
import type { Measure } from './ranking.js'
import { type Cell, figuresOf, type Incident, type Tally } from './tally.js'
import type { Asked, Figures } from './types.js'

/** One case's events in their order, and the rules in force as it was after any of them. */
export type CaseHistory = {
  readonly rulesThen: (ledger: LedgerState) => Rules
  readonly records: readonly LedgerRecord[]
}

/** A return's period, as it stood at the cut-off. */
type Owed = { readonly period: PlainDate; readonly came: 'on-time' | 'late' | 'missing' }

export type Then = {
  readonly id: CaseId
  readonly facts: Facts
  readonly bucket: Cell['bucket']
  readonly late: 'overdue' | 'not-overdue'
  readonly owed: readonly Owed[]
  readonly incidents: readonly Incident[]
}

/** What came for a period on time stays; what was missed and came is late; what was missed and did not come is missing. */
const owedIn = ({ from, to }: Asked, records: readonly LedgerRecord[]): readonly Owed[] => {
  const periods = new Map<PlainDate, Owed['came']>()
  for (const { event } of records) {
    if (event.type === 'return-missed') periods.set(event.period, 'missing')
    if (event.type === 'return-submitted') periods.set(event.period, event.timeliness)
  }
  return [...periods]
    .map(([period, came]) => ({ period, came }))
    .filter(({ period }) => period >= from && period <= to)
}

const bucketThen = ({ pace, pressedFrom }: Facts, day: PlainDate): Cell['bucket'] =>
  pressedFrom !== null && pressedFrom <= day ? 'pressed' : pace

/** All that figures keep of a case; undefined when it was not there yet, belongs to another round, or is closed to all but a few. */
export const caseThen = (asked: Asked, { rulesThen, records }: CaseHistory): Then | undefined => {
  const known = records.filter(({ at }) => at <= asked.cutOff)
  const state = known.reduce<LedgerState | undefined>(evolve, undefined)
  if (!state || state.state.round !== asked.round) return undefined
  if (state.kind === 'round') return undefined
  const facts = factsOf(rulesThen(state), state)
  if (facts.readers !== null) return undefined
  const { id } = state.state
  const begins = startOfDay(asked.from)
  const ends: Instant = endOfDay(asked.to)
  const within = known.filter(({ at }) => at >= begins && at <= ends)
  return {
    id,
    facts,
    bucket: bucketThen(facts, dateOf(asked.cutOff)),
    late: facts.overdueFrom !== null && facts.overdueFrom <= asked.cutOff ? 'overdue' : 'not-overdue',
    owed: owedIn(asked, known),
    incidents: within.flatMap(
      ({ at, event }) => incidentOf({ case: id, units: facts.units, at }, event) ?? [],
    ),
  }
}

type Counting = { -readonly [K in keyof Measure]: Measure[K] }

/** Each case counts for every unit that answers for it, its returns for the first of them. */
const measuresOf = (cases: readonly Then[]): readonly Measure[] => {
  const measures = new Map<UnitName, Counting>()
  const of = (unit: UnitName): Counting => {
    const before = measures.get(unit)
    if (before) return before
    const blank = { unit, cases: 0, completed: 0, onPace: 0, returnsDue: 0, returnsOnTime: 0, setBack: 0 }
    measures.set(unit, blank)
    return blank
  }
  for (const { facts, bucket, owed, incidents } of cases) {
    const [first] = facts.units
    if (first !== undefined && owed.length > 0) {
      const measure = of(first)
      measure.returnsDue += owed.length
      measure.returnsOnTime += owed.filter(({ came }) => came === 'on-time').length
    }
    if (facts.kind !== 'problem' || bucket === 'not-yet') continue
    for (const unit of facts.units) {
      const measure = of(unit)
      measure.cases += 1
      measure.completed += facts.completed
      measure.onPace += bucket === 'early' || bucket === 'on-pace' ? 1 : 0
      measure.setBack += incidents.some(({ what }) => what === 'step-refused' || what === 'rebounded') ? 1 : 0
    }
  }
  return [...measures.values()].filter((measure) => measure.cases > 0)
}

const tallyOf = (cases: readonly Then[]): Tally => {
  const owed = cases.flatMap((one) => one.owed)
  const came = (how: Owed['came']): number => owed.filter((one) => one.came === how).length
  return {
    cells: cases.map(({ facts, bucket, late }) => ({
      kind: facts.kind,
      phase: facts.phase,
      class: facts.class,
      unit: facts.units[0] ?? null,
      standing: facts.standing,
      bucket,
      overdue: late,
      count: 1,
    })),
    overdue: cases.flatMap(({ id, facts, late }) =>
      late === 'overdue' && facts.overdueFrom !== null
        ? [{ case: id, units: facts.units, due: facts.due, since: facts.overdueFrom }]
        : [],
    ),
    returns: { onTime: came('on-time'), late: came('late'), missing: came('missing') },
    missing: cases.flatMap(({ id, facts, owed: periods }) =>
      periods.flatMap(({ period, came: how }) =>
        how === 'missing' ? [{ case: id, units: facts.units, period }] : [],
      ),
    ),
    incidents: cases.flatMap(({ incidents }) => incidents),
    measures: measuresOf(cases),
  }
}

/** The same figures from the record alone, one case after another: what a frozen snapshot is checked against. */
export const figuresFromRecords = (
  policy: Pick<Policy, 'ranking' | 'office'>,
  asked: Asked,
  cases: readonly Then[],
): Figures => figuresOf(policy, asked, tallyOf(cases))
