import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Identity, identify, isAlive } from './alive.js'

/** What runs on a home, and how others reach it. */
export type RunningHome = {
  readonly launcher: Identity
  readonly databaseUrl: string
  readonly temporalAddress: string
  readonly temporalNamespace: string
  /** An external one may want keys and certificates; those are in the environment, not here. */
  readonly temporalOrigin: 'own' | 'external'
  readonly apiUrl: string
}

const fileOf = (home: string): string => join(home, 'run.json')

/** Says in `<home>/run.json` what runs there; whoever owns the home alone may read it, for it opens the database. */
export const announce = (home: string, running: Omit<RunningHome, 'launcher'>): void => {
  const told: RunningHome = { launcher: identify(process.pid), ...running }
  const draft = `${fileOf(home)}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(told, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(draft, fileOf(home))
}

export const retract = (home: string): void => rmSync(fileOf(home), { force: true })

/** What runs on the home now; undefined when nothing does, also when what did was killed. */
export const runningAt = (home: string): RunningHome | undefined => {
  try {
    const told = JSON.parse(readFileSync(fileOf(home), 'utf8')) as RunningHome
    return isAlive(told.launcher) ? told : undefined
  } catch {
    return undefined
  }
}
