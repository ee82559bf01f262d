import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Identity, identify, isAlive } from './alive.js'
import { projectRoot } from './project.js'
import { Trouble } from './trouble.js'

/** The folder in which one Bihuan keeps its data, held by one process at a time. */
export type Home = {
  readonly path: string
  /** Give it back; after that another may open it. */
  readonly release: () => void
}

/** `--home`, else `BIHUAN_HOME`, else `.bihuan` in the project. */
export const homePath = (option?: string, env: NodeJS.ProcessEnv = process.env): string =>
  resolve(option ?? env.BIHUAN_HOME ?? join(projectRoot, '.bihuan'))

const holderOf = (lock: string): Identity | undefined => {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Identity
  } catch {
    return undefined
  }
}

const takeLock = (lock: string): boolean => {
  // Written beside and linked into place: nobody ever reads half a lock.
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, JSON.stringify(identify(process.pid)))
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Make a folder that another uid may pass through, touching no folder that was there before. */
export const makeFolder = (path: string): void => {
  const made = mkdirSync(path, { recursive: true })
  if (made === undefined) return
  for (let folder = path; folder.startsWith(made); folder = join(folder, '..')) chmodSync(folder, 0o755)
}

/**
 * Open a home and hold it until `release`. A lock left by a process that was killed is taken over.
 *
 * @throws Trouble when another process holds it, or when it cannot be written.
 */
export const openHome = (path: string): Home => {
  const lock = join(path, 'lock')
  try {
    makeFolder(path)
    for (let attempt = 0; attempt < 5; attempt++) {
      if (takeLock(lock)) return { path, release: () => releaseLock(lock) }
      const holder = holderOf(lock)
      if (holder && isAlive(holder)) {
        throw new Trouble(
          `数据目录 ${path} 正由另一个闭环使用(进程 ${holder.pid})。请先停止它,或用 --home 另选目录。`,
        )
      }
      rmSync(lock, { force: true })
    }
  } catch (error) {
    if (error instanceof Trouble) throw error
    throw new Trouble(`数据目录 ${path} 无法写入:${(error as Error).message}`)
  }
  throw new Trouble(`数据目录 ${path} 正被另一个闭环争用,请稍后再试。`)
}

const halfRestored = (path: string): string => join(path, 'restoring')

/** The home is being filled from a backup, until `wholeAgain`: whoever finds it so afterwards must not start on it. */
export const beingRestored = (path: string): { readonly wholeAgain: () => void } => {
  writeFileSync(halfRestored(path), '')
  return { wholeAgain: () => rmSync(halfRestored(path), { force: true }) }
}

/** @throws Trouble when filling the home from a backup was broken off. */
export const refuseHalfRestored = (path: string): void => {
  if (existsSync(halfRestored(path)))
    throw new Trouble(`数据目录 ${path} 上次恢复未做完,不能使用。请删除它,重新运行 bihuan restore。`)
}

const releaseLock = (lock: string): void => {
  if (existsSync(lock) && holderOf(lock)?.pid === process.pid) rmSync(lock, { force: true })
}
