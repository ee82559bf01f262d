import { readdirSync, readFileSync } from 'node:fs'

/** CPU time in milliseconds, by whoever used it. */
export type CpuMillis<Part extends string> = Readonly<Record<Part, number>>

/** Linux counts in hundredths of a second, whatever the machine. */
const MILLIS_A_TICK = 10

type Stat = { readonly pid: number; readonly parent: number; readonly millis: number }

/**
 * /proc/PID/stat: the name may hold anything, so fields are counted after its bracket. utime, stime, and those of children that
 * have ended and been waited for: a tree's sum never falls.
 */
const statOf = (pid: string): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return { pid: Number(pid), parent: Number(fields[1]), millis: ticks * MILLIS_A_TICK }
  } catch {
    // It ended while we looked.
    return undefined
  }
}

const all = (): readonly Stat[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(pid) ?? [])

/** CPU time so far of a process and everything it started, in milliseconds. */
const treeMillis = (stats: readonly Stat[], root: number): number => {
  const own = stats.find(({ pid }) => pid === root)?.millis ?? 0
  return stats
    .filter(({ parent }) => parent === root)
    .reduce((sum, { pid }) => sum + treeMillis(stats, pid), own)
}

const selfMillis = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Processes by their part; `self` is this one, without those it started. */
export type Watched<Part extends string> = Readonly<Record<Part, number | 'self'>>

const reading = <Part extends string>(watched: Watched<Part>): CpuMillis<Part> => {
  const stats = all()
  const entries = Object.entries<number | 'self'>(watched).map(([part, pid]) => [
    part,
    pid === 'self' ? selfMillis() : treeMillis(stats, pid),
  ])
  return Object.fromEntries(entries) as CpuMillis<Part>
}

/** What each part used while `work` was done. */
export const cpuDuring = async <Part extends string, T>(
  watched: Watched<Part>,
  work: () => Promise<T>,
): Promise<{ readonly cpu: CpuMillis<Part>; readonly result: T }> => {
  const before = reading(watched)
  const result = await work()
  const after = reading(watched)
  const cpu = Object.fromEntries(
    (Object.keys(watched) as Part[]).map((part) => [part, after[part] - before[part]]),
  ) as CpuMillis<Part>
  return { cpu, result }
}

export const total = (cpu: CpuMillis<string>): number =>
  Object.values(cpu).reduce((sum, millis) => sum + millis, 0)
