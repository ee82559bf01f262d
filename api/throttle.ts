import { worldNow } from './clock.js'
import { problem } from './problems/problem.js'
import { RateLimit } from './rate-limit.js'

/** Requests a minute. */
export type Rates = { readonly person: number; readonly address: number }

const MINUTE_MILLIS = 60_000

/** How often anybody may ask, whatever it is: each person, and each address, whoever is behind it. */
export class Throttle {
  private readonly people: RateLimit
  private readonly addresses: RateLimit

  constructor({ person, address }: Rates) {
    this.people = new RateLimit(person, MINUTE_MILLIS, worldNow)
    this.addresses = new RateLimit(address, MINUTE_MILLIS, worldNow)
  }

  /** @throws Problem 429 */
  person(person: string): void {
    refuseAfter(this.people.take(person))
  }

  /** @throws Problem 429 */
  address(address: string): void {
    refuseAfter(this.addresses.take(address))
  }
}

const refuseAfter = (seconds: number): void => {
  if (seconds === 0) return
  throw problem('too-many', `请求过于频繁,请在 ${seconds} 秒后再试`, {
    headers: { 'retry-after': String(seconds) },
  })
}
