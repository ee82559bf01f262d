import type { Door } from '../cli/http.js'
import type { DrillOfficers } from '../cli/load-plan.js'
import { type Session, signIn } from '../cli/session.js'
import { ROLE_OF_SEAT, type Seat } from '../domain/parties.js'

/** A chair as a to-do names it. */
export type OpenChair = {
  readonly seat: string
  readonly unit: string | null
  readonly person: string | null
}

/** The people of the drill, each at the door under their own name: signed in when first needed. */
export type Officers = {
  readonly doorOf: (person: string) => Promise<Door>
  /** Who of the drill sits in this chair; undefined when nobody does. */
  readonly inChair: (chair: OpenChair) => string | undefined
  readonly count: number
  /** Everybody takes their place, a few at a time. */
  readonly signInAll: () => Promise<void>
}

const SIGNING_IN = 4

/** @param doorFor how somebody signed in stands at the door. */
export const drillOfficers = (
  issuer: string,
  { officers, password }: DrillOfficers,
  doorFor: (session: Session) => Door,
): Officers => {
  const doors = new Map<string, Promise<Door>>()
  const open = async (username: string): Promise<Door> => {
    if (password === null) throw new Error('演练口令只在建立时告知一次')
    return doorFor(await signIn({ issuer, username, password }))
  }
  const doorOf = (person: string): Promise<Door> => {
    const door = doors.get(person) ?? open(person)
    doors.set(person, door)
    return door
  }
  const people = [...new Set(officers.map(({ person }) => person))]
  return {
    count: people.length,
    signInAll: async () => {
      const queue = [...people]
      const next = async (): Promise<void> => {
        for (let person = queue.shift(); person !== undefined; person = queue.shift()) await doorOf(person)
      }
      await Promise.all(Array.from({ length: SIGNING_IN }, next))
    },
    doorOf,
    inChair: ({ seat, unit, person }) => {
      if (person !== null) return person
      // A unit that stands in for the office sends its clerk, and its head for the office's head.
      const role =
        unit !== null && seat === 'office'
          ? 'unit-clerk'
          : unit !== null && seat === 'office-head'
            ? 'unit-head'
            : ROLE_OF_SEAT[seat as Seat]
      return officers.find(({ post }) => post.role === role && (unit === null || post.unit === unit))?.person
    },
  }
}
