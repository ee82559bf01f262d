import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A key of 256 bits, and the name by which a payload says that it was encrypted under it. */
export type Key = { readonly id: string; readonly secret: Uint8Array }

/** The first encrypts, all decrypt; never empty. */
export type Keys = readonly [Key, ...Key[]]

const KEY_BYTES = 32
const ONE = /^([A-Za-z0-9._-]{1,64}):([A-Za-z0-9+/]{43}=)$/

/** `id:base64,id:base64`; undefined when that is not how it is written, or one name stands for two keys. */
export const keysIn = (text: string): Keys | undefined => {
  const keys = text.split(',').flatMap((one) => {
    const [, id, secret] = ONE.exec(one.trim()) ?? []
    return id === undefined || secret === undefined ? [] : [{ id, secret: Buffer.from(secret, 'base64') }]
  })
  const [first, ...rest] = keys
  const distinct = new Set(keys.map(({ id }) => id)).size
  return first && distinct === text.split(',').length ? [first, ...rest] : undefined
}

/** A key by this name, as the environment would say it. */
export const newKey = (id: string): string => `${id}:${randomBytes(KEY_BYTES).toString('base64')}`

const fileOf = (home: string): string => join(home, 'codec-keys')

/** The keys of an installation on one machine, as the environment would say them; undefined when it has none. */
export const homeKeys = (home: string): string | undefined => {
  try {
    return readFileSync(fileOf(home), 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The same, made when there are none yet; whoever owns the home alone may read them. */
export const ensureHomeKeys = (home: string): string => {
  const known = homeKeys(home)
  if (known !== undefined) return known
  const draft = `${fileOf(home)}.${process.pid}`
  writeFileSync(draft, `${newKey(`home-${randomBytes(4).toString('hex')}`)}\n`, { mode: 0o600 })
  try {
    linkSync(draft, fileOf(home))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return homeKeys(home) ?? ensureHomeKeys(home)
}
