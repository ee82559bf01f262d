import { type Clock, roundTime } from '../contracts/clock.js'
import type { Db } from '../db/connect.js'
import { roundById } from '../db/rounds.js'
import { type Instant, instant, type RoundId } from '../domain/words.js'

/** The world's time. */
export const worldNow = (): Instant => instant(Date.now())

/** Each round's own time; its clock is set when it is opened and never again. */
export class Clocks {
  private readonly known = new Map<RoundId, Clock>()

  constructor(private readonly db: Db) {}

  async now(round: RoundId): Promise<Instant> {
    const clock = this.known.get(round) ?? (await this.read(round))
    return clock ? roundTime(clock, worldNow()) : worldNow()
  }

  /** A round's own time, or the world's where none is meant. */
  async nowIn(round: RoundId | undefined): Promise<Instant> {
    return round === undefined ? worldNow() : this.now(round)
  }

  private async read(round: RoundId): Promise<Clock | undefined> {
    const clock = (await roundById(this.db, round))?.clock
    if (clock) this.known.set(round, clock)
    return clock
  }
}
