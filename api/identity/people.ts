import type { Db } from '../../db/connect.js'
import { actorOn, actorsOn } from '../../db/register.js'
import { dateOf } from '../../domain/calendar/dates.js'
import type { Actor } from '../../domain/parties.js'
import { type Instant, millis, type PersonId } from '../../domain/words.js'

const FRESH_MILLIS = 1_500
const MOST_KEPT = 5_000

type Kept = { readonly actor: Promise<Actor | undefined>; readonly until: number }

/** Who somebody is today: the posts come from the register, never from a token, and are remembered for a moment only. */
export class People {
  private readonly kept = new Map<PersonId, Kept>()

  constructor(
    private readonly db: Db,
    private readonly now: () => Instant,
  ) {}

  actor(person: PersonId): Promise<Actor | undefined> {
    const now = this.now()
    const known = this.kept.get(person)
    if (known && known.until > millis(now)) return known.actor
    const actor = actorOn(this.db, person, dateOf(now))
    if (this.kept.size >= MOST_KEPT) this.kept.clear()
    this.kept.set(person, { actor, until: millis(now) + FRESH_MILLIS })
    actor.catch(() => this.kept.delete(person))
    return actor
  }

  /** Several at once, as they are now. */
  actors(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Actor>> {
    return actorsOn(this.db, [...new Set(people)], dateOf(this.now()))
  }

  /** The register was changed here: what was remembered no longer counts. */
  forget(): void {
    this.kept.clear()
  }
}
