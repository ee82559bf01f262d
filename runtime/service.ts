import type { Running } from './process.js'

/** Where a service comes from, said to the person who starts us. */
export type Origin =
  | { readonly kind: 'external'; readonly where: string }
  /** Started by us; `how` says which program, in Chinese. */
  | { readonly kind: 'own'; readonly how: string; readonly data: string }

/** A server that is there: started by us, or somebody else's that we only use. */
export type Service = {
  readonly version: string
  readonly origin: Origin
  /** Undefined for an external one. */
  readonly running: Running | undefined
  /** End it in good order, if it is ours. */
  readonly stop: () => Promise<void>
}

/** What the rest is told while something is being brought: one short Chinese line. */
export type Say = (line: string) => void

export const silent: Say = () => undefined
