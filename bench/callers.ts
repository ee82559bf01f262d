/** How a number of callers, each one thing after the other, got through some work. */
export type Served = {
  readonly count: number
  /** From the first call to the last answer, in seconds. */
  readonly seconds: number
  /** Of each call, in milliseconds. */
  readonly latencies: readonly number[]
}

/** `callers` people at once, each takes the next thing as soon as the last is answered. */
export const callersDo = async <T>(
  callers: number,
  things: readonly T[],
  call: (thing: T) => Promise<unknown>,
): Promise<Served> => {
  const left = things.values()
  const latencies: number[] = []
  const began = performance.now()
  const caller = async (): Promise<void> => {
    for (const thing of left) {
      const asked = performance.now()
      await call(thing)
      latencies.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return { count: things.length, seconds: (performance.now() - began) / 1_000, latencies }
}

export const ratePerSecond = ({ count, seconds }: Served): number => count / seconds
