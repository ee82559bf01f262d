import { existsSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Every process of a PostgreSQL server works inside its data folder. */
const workingIn = (data: string): readonly number[] => {
  const folder = realpathSync(data)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder
      } catch {
        return false
      }
    })
    .map(Number)
}

/**
 * Clear the way after a crash: backends that outlived a killed server end, then its pid file goes, whose number may
 * meanwhile belong to another server of the same uid. Never the file alone: it is what keeps a new server
 * from joining old backends on the same data. Where there is no /proc PostgreSQL's own checks must do.
 * Call it with the home's lock held.
 */
export const endStrays = async (data: string): Promise<void> => {
  if (!existsSync('/proc/self/cwd')) return
  for (let strays = workingIn(data); strays.length > 0; strays = workingIn(data)) {
    for (const pid of strays) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
    }
    await pause(50)
  }
  rmSync(join(data, 'postmaster.pid'), { force: true })
}
