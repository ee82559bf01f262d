import { setTimeout as pause } from 'node:timers/promises'

/**
 * SQLSTATE classes and codes after which the same work may succeed: connection lost (08), the server shutting down or
 * the backend terminated (57P), no room left for now: disk, memory, connections (53), deadlock and serialisation (40), a
 * transaction that fell silent (25P03).
 */
const PASSING = /^(08|57P0|53|40|25P03)/
const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])
const LOST_WORDS = /Connection terminated|timeout exceeded when trying to connect|not queryable/

/** True for trouble with the connection, the machine or a neighbour, not with what was asked. */
export const isPassing = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { code } = error as NodeJS.ErrnoException
  return (code !== undefined && (PASSING.test(code) || LOST.has(code))) || LOST_WORDS.test(error.message)
}

const PAUSES_MILLIS = [20, 100, 400, 1_000]

/** Does idempotent work again, four times at most, when PostgreSQL or the way to it failed under it. */
export const again = async <T>(work: () => Promise<T>): Promise<T> => {
  for (const millis of PAUSES_MILLIS) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error)) throw error
      await pause(millis)
    }
  }
  return work()
}
