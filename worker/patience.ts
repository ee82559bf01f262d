import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from './log.js'

const PAUSES_MILLIS = [200, 500, 1_000, 2_000, 5_000] as const
const LONGEST_MILLIS = 5_000

/** Sleeps, or returns at once when `signal` comes. */
export const sleep = (millis: number, signal: AbortSignal): Promise<void> =>
  pause(millis, undefined, { signal, ref: true }).catch(() => undefined)

/**
 * Does `work` again and again until it succeeds, saying once what it waits for and once that it is there.
 * @returns undefined when `signal` came first.
 */
export const untilItWorks = async <T>(
  title: string,
  work: () => Promise<T>,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<T | undefined> => {
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      const done = await work()
      if (tries > 0) log.info(`${title}已就绪`)
      return done
    } catch (error) {
      if (tries === 0) log.warn({ err: error }, `等待${title}`)
      await sleep(PAUSES_MILLIS[tries] ?? LONGEST_MILLIS, signal)
    }
  }
  return undefined
}
