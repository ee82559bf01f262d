import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Part, parts, type Stack } from '../runtime/stack.js'
import { type Blow, blowsFor } from './blows.js'

/** What was done to a part, and how long it took to be ready again. */
export type Struck = {
  readonly part: Part
  readonly kind: Blow['kind']
  readonly recoveredMillis: number
}

export type Striking = {
  readonly stack: Stack
  readonly seed: string
  /** So many kills at most, spread over the parts. */
  readonly kills: number
  readonly signal: AbortSignal
  readonly struck: (struck: Struck) => void
  /** A part did not come back, however often it was started. */
  readonly lost: (part: Part, why: string) => void
}

const TRIES = 5

/** Each part is struck on its own, so that several may be down at once; ends when the kills are used up or `signal` comes. */
export const strike = async (striking: Striking): Promise<void> => {
  const quota = Math.ceil(striking.kills / parts.length)
  await Promise.all(parts.map((part) => strikePart(striking, part, quota)))
}

const strikePart = async (striking: Striking, part: Part, quota: number): Promise<void> => {
  const { stack, seed, signal, struck, lost } = striking
  let left = quota
  for (const blow of blowsFor(seed, part)) {
    if (left === 0) return
    await pause(blow.afterMillis, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    const began = performance.now()
    if (blow.kind === 'freeze') await freeze(stack, part, blow.forMillis)
    else {
      left -= 1
      await stack.kill(part)
      const why = await back(stack, part)
      if (why !== undefined) return lost(part, why)
    }
    struck({ part, kind: blow.kind, recoveredMillis: Math.round(performance.now() - began) })
  }
}

/** @returns why it did not come back; undefined when it did. A start may fail while others are down. */
const back = async (stack: Stack, part: Part): Promise<string | undefined> => {
  for (let left = TRIES; ; left -= 1) {
    try {
      await stack.restart(part)
      return undefined
    } catch (error) {
      if (left === 0) return error instanceof Error ? error.message : String(error)
    }
  }
}

const freeze = async (stack: Stack, part: Part, millis: number): Promise<void> => {
  const pid = stack.process(part)?.pid
  if (pid === undefined) return
  const all = [pid, ...childrenOf(pid)]
  send(all, 'SIGSTOP')
  await pause(millis)
  send(all, 'SIGCONT')
}

/** PostgreSQL works in children of its own sessions. */
const childrenOf = (pid: number): readonly number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number)
  } catch {
    return []
  }
}

const send = (pids: readonly number[], signal: NodeJS.Signals): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended meanwhile.
    }
  }
}
