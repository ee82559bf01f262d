import { periodContaining } from '../calendar/periods.js'
import type { CaseEvent } from '../case/events.js'
import type { CaseState, DeadlineState, DutyState } from '../case/state.js'
import type { Deadline, Entry } from '../entry.js'
import { never } from '../refusal.js'
import type { PlainDate } from '../words.js'

/** The clock a deadline sets at handing over: 长期坚持 has no day as a whole (CD-04), the immediate part of a mixed one has (JN-04). */
export const deadlineState = (planned: Deadline, due: PlainDate | undefined): DeadlineState => {
  const common = { announced: [], overdue: [], overdueNoted: [] }
  switch (planned.kind) {
    case 'immediate':
    case 'by-date':
      return { class: planned.kind, ...(due && { original: due, due }), ...common }
    case 'mixed':
      return { class: 'mixed', ...(due && { immediateBy: due }), ...common }
    case 'long-term':
    case 'unknown':
      return { class: 'long-term', ...common }
    default:
      return never(planned)
  }
}

/** Duties run in the calendar's own periods, from the one the handing over lies in (JN-06). */
export const dutiesOf = (entry: Entry, from: PlainDate): readonly DutyState[] =>
  entry.duties.map(({ text, period, bodies }) => ({
    text,
    period,
    bodies: bodies.length > 0 ? bodies : entry.units,
    current: periodContaining(period, from).to,
    discharged: [],
    missed: 0,
  }))

/** A duty of the responsible units themselves passes to the unit that takes over; one of named bodies stays theirs (JN-06). */
export const passedOn = (
  state: CaseState,
  { from, to }: Extract<CaseEvent, { type: 'transferred' }>,
): readonly DutyState[] => {
  const taken = (bodies: readonly string[]) => bodies.map((body) => (body === from ? to : body))
  return state.duties.map((duty, index) =>
    state.entry.duties[index]?.bodies.length === 0
      ? { ...duty, bodies: taken(duty.bodies), discharged: taken(duty.discharged) }
      : duty,
  )
}

/** While a case was closed nobody owed its duties: they go on with the period it is now (JN-06, JN-12). */
export const resumed = (duty: DutyState, today: PlainDate): DutyState => {
  const current = periodContaining(duty.period, today).to
  return current > duty.current ? { ...duty, current, discharged: [] } : duty
}
