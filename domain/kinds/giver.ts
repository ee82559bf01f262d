import type { Author } from '../parties.js'
import { never } from '../refusal.js'
import type { Giver } from './kind.js'

/** Whoever's act an event is gives what follows from it to other cases, in the post in which it was done. */
export const giverOf = (by: Author): Giver => {
  switch (by.kind) {
    case 'person':
      return {
        person: by.person,
        name: by.name,
        posts: [{ role: by.role, ...(by.unit !== undefined && { unit: by.unit }) }],
      }
    case 'engine':
      return { machine: by.clause, rule: by.rule }
    case 'public':
      return { stranger: by.name }
    default:
      return never(by)
  }
}
