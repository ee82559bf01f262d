import { type Instant, millis } from '../domain/words.js'

/**
 * `most` at once, and as many in each `windowMillis` after that, evenly, for each key. One number a key is kept, in memory:
 * each door counts for itself, and forgets with its process.
 */
export class RateLimit {
  /** When a key has used up what it used so far. */
  private readonly until = new Map<string, number>()
  private readonly eachMillis: number

  constructor(
    most: number,
    private readonly windowMillis: number,
    private readonly now: () => Instant,
  ) {
    this.eachMillis = windowMillis / most
  }

  /** Counts one more. Returns 0 when it is let through, else the seconds to wait. */
  take(key: string): number {
    const now = millis(this.now())
    const used = Math.max(now, this.until.get(key) ?? 0)
    const wait = used + this.eachMillis - (now + this.windowMillis)
    if (wait > 0) return Math.max(1, Math.ceil(wait / 1_000))
    this.until.set(key, used + this.eachMillis)
    if (this.until.size > MOST_KEYS) this.sweep(now)
    return 0
  }

  private sweep(now: number): void {
    for (const [key, until] of this.until) if (until <= now) this.until.delete(key)
    // Still too many: a flood of addresses is met by forgetting, never by growing.
    if (this.until.size > MOST_KEYS) this.until.clear()
  }
}

const MOST_KEYS = 10_000
