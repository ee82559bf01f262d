import { tellAdoption } from './adoption/decide.js'
import type { LedgerEvent, LedgerRecord } from './decider-types.js'
import { tellEvent } from './kinds/registry.js'
import { type Author, ROLE_TITLES } from './parties.js'
import { never } from './refusal.js'

/** Whose act it was; a deputy with the principal's name (GN-09), the machine as the machine (domain rule 16). */
export const tellAuthor = (by: Author): string => {
  switch (by.kind) {
    case 'engine':
      return '系统'
    case 'public':
      return `群众 ${by.name}`
    case 'person': {
      const office = by.unit === undefined ? ROLE_TITLES[by.role] : `${by.unit}${ROLE_TITLES[by.role]}`
      return by.behalf ? `${by.name}(受${by.behalf.principalName}委托,${office})` : `${by.name}(${office})`
    }
    default:
      return never(by)
  }
}

/** One event, of whatever kind of case, as one Chinese sentence without its author. */
export const tell = (event: LedgerEvent): string =>
  event.type === 'rules-adopted' ? tellAdoption(event) : tellEvent(event)

/** An event with its author, as a line of a timeline. */
export const tellRecord = (record: LedgerRecord): string => `${tellAuthor(record.by)} ${tell(record.event)}`

/** True for events a person's line in a timeline may be left out for: bookkeeping of the engine. */
export const isBookkeeping = ({ type }: LedgerEvent): boolean =>
  type === 'rung-called' || type === 'step-completed' || type === 'duty-rolled'
