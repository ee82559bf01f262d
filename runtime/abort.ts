/** Whatever is under way when the signal comes ends with us: the guard sees to that. */
export const unlessAborted = <T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> => {
  if (!signal) return work
  return new Promise((done, fail) => {
    const giveUp = () => fail(new Aborted())
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    work.then(done, fail).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

/** The bringing was given up on request. */
export class Aborted extends Error {
  override readonly name = 'Aborted'
}
