import type { Actor } from '../../domain/parties.js'
import type { PersonId } from '../../domain/words.js'
import { worldNow } from '../clock.js'
import type { SignedInBy } from '../identity/guard.js'
import type { People } from '../identity/people.js'
import type { Browsers } from '../session/browsers.js'

export type SignedIn = { readonly person: PersonId; readonly by: SignedInBy }

/** Of those who follow, who still may, with their posts of today. Nobody whose session has ended or who has left is among them. */
export type Admission = <T extends SignedIn>(readers: readonly T[]) => Promise<ReadonlyMap<T, Actor>>

/** Two questions to the ledger, however many follow. */
export const admission =
  (browsers: Browsers, people: People): Admission =>
  async (readers) => {
    const sessions = await browsers.holding(
      readers.flatMap(({ by }) => (by.kind === 'session' ? [by.secret] : [])),
    )
    const now = worldNow()
    const signedIn = readers.filter(({ by }) =>
      by.kind === 'session' ? sessions.has(by.secret) : by.endsAt > now,
    )
    const actors = await people.actors(signedIn.map(({ person }) => person))
    return new Map(
      signedIn.flatMap((reader) => {
        const actor = actors.get(reader.person)
        return actor ? [[reader, actor] as const] : []
      }),
    )
  }
