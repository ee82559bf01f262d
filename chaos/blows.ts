import type { Part } from '../runtime/stack.js'
import { randomFrom } from './random.js'

/** What is done to a part once it has been up for a while. */
export type Blow =
  | { readonly kind: 'kill'; readonly afterMillis: number }
  /** SIGSTOP for a while: a machine that swaps, a pause of the host. */
  | { readonly kind: 'freeze'; readonly afterMillis: number; readonly forMillis: number }

const LEAST_UP_MILLIS = 400
const MOST_UP_MILLIS = 5_000
const FREEZES_IN_HUNDRED = 15

/** What a seed has in store for a part, without end: the same for the same seed. */
export function* blowsFor(seed: string, part: Part): Generator<Blow, never> {
  const random = randomFrom(`${seed}/${part}`)
  for (;;) {
    const afterMillis = random.between(LEAST_UP_MILLIS, MOST_UP_MILLIS)
    yield random.inHundred(FREEZES_IN_HUNDRED)
      ? { kind: 'freeze', afterMillis, forMillis: random.between(500, 4_000) }
      : { kind: 'kill', afterMillis }
  }
}
