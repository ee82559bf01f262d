import type { LedgerEvent } from '../decider-types.js'
import type { Incident } from './tally.js'

type Happened = Pick<Incident, 'case' | 'units' | 'at'>

/** The events a bulletin tells of. */
export const INCIDENTS = ['rung-raised', 'rung-released', 'step-refused', 'rebounded'] as const

/** What a bulletin tells of an event; undefined when it tells nothing. */
export const incidentOf = ({ case: id, units, at }: Happened, event: LedgerEvent): Incident | undefined => {
  switch (event.type) {
    case 'rung-raised':
      return { case: id, units, at, what: event.type, rung: event.rung, reason: event.cause }
    case 'rung-released':
      return { case: id, units, at, what: event.type, rung: event.rung, reason: event.reason }
    case 'step-refused':
      return { case: id, units, at, what: event.type, reason: `${event.title}:${event.reasons}` }
    case 'rebounded':
      return { case: id, units, at, what: event.type, reason: event.findings }
    default:
      return undefined
  }
}
