/** How often it is looked whether the parent is still there, in milliseconds. */
const LOOK = 500

/**
 * The one place where this process learns that it should stop: Ctrl-C, a signal, or the death of the process that
 * started it. Further requests change nothing.
 */
export const stopRequest = (): AbortSignal => {
  const request = new AbortController()
  const ask = (): void => request.abort()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  // Under npm the bootstrap is our parent and lives as long as we do; by hand the shell may leave before us.
  if (process.env.BIHUAN_BOOTSTRAPPED) {
    const parent = process.ppid
    setInterval(() => {
      if (process.ppid !== parent) ask()
    }, LOOK).unref()
  }
  return request.signal
}
