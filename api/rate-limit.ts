import { type Instant, millis } from '../domain/words.js'

/** At most `most` in any `windowMillis` for each key; kept in memory, forgotten with the process. */
export class RateLimit {
  private readonly times = new Map<string, readonly number[]>()

  constructor(
    private readonly most: number,
    private readonly windowMillis: number,
    private readonly now: () => Instant,
  ) {}

  /** Counts one more. Returns 0 when it is let through, else the seconds to wait. */
  take(key: string): number {
    const now = millis(this.now())
    const recent = (this.times.get(key) ?? []).filter((time) => time > now - this.windowMillis)
    const [oldest = now] = recent
    const full = recent.length >= this.most
    this.times.set(key, full ? recent : [...recent, now])
    if (this.times.size > MOST_KEYS) this.sweep(now)
    return full ? Math.max(1, Math.ceil((oldest + this.windowMillis - now) / 1_000)) : 0
  }

  private sweep(now: number): void {
    for (const [key, times] of this.times) {
      if ((times.at(-1) ?? 0) <= now - this.windowMillis) this.times.delete(key)
    }
  }
}

const MOST_KEYS = 10_000
