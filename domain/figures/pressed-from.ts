import { addDays, dateOf, daysBetween, laterDate, startOfDay } from '../calendar/dates.js'
import type { CaseState } from '../case/state.js'
import { pace } from '../pace.js'
import type { PlainDate } from '../words.js'

const isPressed = (state: CaseState, day: PlainDate): boolean =>
  pace(state, startOfDay(day)).bucket === 'pressed'

/** After this day time alone asks for no more progress. */
const lastDay = ({ at, deadline, nodes }: CaseState): PlainDate =>
  [deadline?.due ?? dateOf(at), ...nodes.map(({ date }) => date)].reduce(laterDate, dateOf(at))

/**
 * The first day, after that of its last event, on which a case that is on pace falls behind if nothing happens to it;
 * null when it never does, or is no longer on pace. Asked of the domain day by day, halving: what is expected only grows.
 */
export const pressedFrom = (state: CaseState): PlainDate | null => {
  if (pace(state, state.at).bucket !== 'on-pace') return null
  const today = dateOf(state.at)
  let early = 0
  let late = daysBetween(today, lastDay(state)) + 1
  if (!isPressed(state, addDays(today, late))) return null
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (isPressed(state, addDays(today, middle))) late = middle
    else early = middle
  }
  return addDays(today, late)
}
