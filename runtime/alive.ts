import { readFileSync } from 'node:fs'

/** A process by its number and the moment it began, so that a number used again is not taken for it. */
export type Identity = { readonly pid: number; readonly began: string }

/** Clock ticks since boot at which the process began; empty where the system has no /proc. */
const beganAt = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return afterName[0] === 'Z' ? 'ended' : (afterName[19] ?? '')
  } catch {
    return ''
  }
}

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The identity of a running process. */
export const identify = (pid: number): Identity => ({ pid, began: beganAt(pid) })

/** True while that very process runs; one that ended and was not yet collected does not run. */
export const isAlive = ({ pid, began }: Identity): boolean => exists(pid) && beganAt(pid) === began
