import { setTimeout as pause } from 'node:timers/promises'
import type { Exit } from './process.js'
import { type Part, parts, type Stack } from './stack.js'

export type Fall = { readonly part: Part; readonly exit: Exit; readonly log: string }

/** More falls of one part within this many milliseconds than that are no accident. */
const WITHIN = 600_000
const TOLERATED = 5

/**
 * Start again whatever of the stack ends by itself, until `signal` comes.
 *
 * @param told.fell - it ended and is started again.
 * @param told.gaveUp - it keeps ending, or does not start again; nothing more is tried for it.
 */
export const supervise = (
  stack: Stack,
  signal: AbortSignal,
  told: { readonly fell: (fall: Fall) => void; readonly gaveUp: (fall: Fall) => void },
): void => {
  for (const part of parts) void keep(stack, part, signal, told)
}

const keep = async (
  stack: Stack,
  part: Part,
  signal: AbortSignal,
  told: { fell: (fall: Fall) => void; gaveUp: (fall: Fall) => void },
): Promise<void> => {
  const falls: number[] = []
  for (let running = stack.process(part); running; running = stack.process(part)) {
    const exit = await running.exited
    if (signal.aborted) return
    const fall = { part, exit, log: running.log }
    const now = Date.now()
    falls.push(now)
    if (falls.filter((moment) => now - moment < WITHIN).length > TOLERATED) return told.gaveUp(fall)
    told.fell(fall)
    await pause(Math.min(500 * 2 ** (falls.length - 1), 8_000))
    if (signal.aborted) return
    try {
      await stack.restart(part)
    } catch {
      if (!signal.aborted) told.gaveUp(fall)
      return
    }
  }
}
